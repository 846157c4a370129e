import type { Bytes } from '../crypto/bytes.ts';
import type { Json } from '../json.ts';

/** What a call gets when nothing is wrong. Without `json` and `bytes` the body is empty (§2.5). */
export interface Answer {
  status: number;
  json?: Json;
  bytes?: Bytes;
}

import { deflateRawSync, inflateRawSync } from 'node:zlib';
import { type Bytes, concat, utf8 } from '../crypto/bytes.ts';
import { isObject, type Json } from '../json.ts';

/** Stands for Apple's own format, which only `decodePayload` can read (§4.4). */
const MARK = utf8('bplist00sim');

export function encodePayload(interactive: Json): Bytes {
  return concat(MARK, deflateRawSync(utf8(JSON.stringify(interactive))));
}

export function decodePayload(bytes: Bytes): Json | undefined {
  if (!MARK.every((byte, index) => bytes[index] === byte)) return undefined;
  try {
    const value: unknown = JSON.parse(inflateRawSync(bytes.slice(MARK.length)).toString('utf8'));
    return isObject(value) ? value : undefined;
  } catch {
    return undefined;
  }
}

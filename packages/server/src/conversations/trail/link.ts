/**
 * The chain of a conversation. Each entry's link covers the link before it, the entry, and its place:
 *
 *     link_0 = sha256(the 16 bytes of the conversation's id)
 *     link_n = sha256(link_{n-1} || content_n || int4(seq) || int8(at) || utf8(identity state))
 *
 * numbers big endian, `at` in milliseconds since the epoch; `content_n` is made in `content-hash.ts`. The
 * statements that append compute the same with PostgreSQL's `sha256`, `int4send` and `int8send`.
 */
import { hash } from 'node:crypto';
import type { IdentityState } from '@countersign/protocol';

export interface LinkedPlace {
  seq: number;
  at: number;
  identityState: IdentityState;
}

/** What the first entry's link is made from, and the head of a conversation without entries. */
export const firstLink = (conversationId: string): Buffer =>
  hash('sha256', Buffer.from(conversationId.replaceAll('-', ''), 'hex'), 'buffer');

export function nextLink(before: Buffer, contentHash: string, place: LinkedPlace): Buffer {
  const state = Buffer.from(place.identityState);
  const bytes = Buffer.allocUnsafe(HASHES + PLACE + state.length);
  before.copy(bytes, 0);
  bytes.write(contentHash, HASHES / 2, 'hex');
  bytes.writeInt32BE(place.seq, HASHES);
  bytes.writeBigInt64BE(BigInt(place.at), HASHES + 4);
  state.copy(bytes, HASHES + PLACE);
  return hash('sha256', bytes, 'buffer');
}

/** Bytes of two hashes; of seq and at. */
const HASHES = 64;
const PLACE = 12;

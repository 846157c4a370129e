/**
 * SQL of the statements that append: `before` names what stands before the new entry (`last_seq`, `link` and
 * the conversation's `identity_state`), `i` is the new entry (`content_hash`, `lapsed`).
 */

import type { NewEntry } from '../new-entry.ts';

/**
 * What identifies the entries of a batch, as one value of 64 bytes each: the content's hash, the entry's id,
 * the key under which it is written once. As texts they are most of what a batch sends to PostgreSQL.
 */
export const keysOf = (entries: readonly NewEntry[]): Buffer =>
  Buffer.from(
    entries
      .map(({ contentHash, id, dedupe }) => contentHash + id + dedupe)
      .join('')
      .replaceAll('-', ''),
    'hex',
  );

/** The same as columns, of the entry at `place`. */
export const KEYS = `
  substring($2::bytea from place::int * 64 - 63 for 32) as content_hash,
  encode(substring($2::bytea from place::int * 64 - 31 for 16), 'hex')::uuid as entry_id,
  encode(substring($2::bytea from place::int * 64 - 15 for 16), 'hex')::uuid as dedupe`;

/** The state that the entry carries: what the conversation is, unless its sender's own proof has run out. */
export const identityState = (before: string): string => `
  case when i.lapsed and ${before}.identity_state = 'verified' then 'lapsed'
       else ${before}.identity_state end`;

/** The link of the entry, written at `at`; the same as `trail/link.ts`. */
export const linkOf = (before: string, at: string): string => `
  sha256(${before}.link || i.content_hash || int4send(${before}.last_seq + 1) || int8send(${at}) ||
         convert_to(${identityState(before)}, 'UTF8'))`;

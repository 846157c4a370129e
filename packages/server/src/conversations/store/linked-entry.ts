/**
 * SQL of the statements that append: `c` is the conversation's row before them, `i` the new entry with
 * `content_hash` and `lapsed`.
 */

/** The state that the entry carries: what the conversation is, unless its sender's own proof has run out. */
export const IDENTITY_STATE = `
  case when i.lapsed and c.identity_state = 'verified' then 'lapsed' else c.identity_state end`;

/** The link of the next entry, written at `at`; the same as `trail/link.ts`. */
export const linkOf = (at: string): string => `
  sha256(c.link || i.content_hash || int4send(c.last_seq + 1) || int8send(${at}) ||
         convert_to(${IDENTITY_STATE}, 'UTF8'))`;

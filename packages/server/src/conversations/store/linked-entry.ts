/**
 * SQL of the statements that append: `before` names what stands before the new entry (`last_seq`, `link` and
 * the conversation's `identity_state`), `i` is the new entry (`content_hash`, `lapsed`).
 */

/** The state that the entry carries: what the conversation is, unless its sender's own proof has run out. */
export const identityState = (before: string): string => `
  case when i.lapsed and ${before}.identity_state = 'verified' then 'lapsed'
       else ${before}.identity_state end`;

/** The link of the entry, written at `at`; the same as `trail/link.ts`. */
export const linkOf = (before: string, at: string): string => `
  sha256(${before}.link || i.content_hash || int4send(${before}.last_seq + 1) || int8send(${at}) ||
         convert_to(${identityState(before)}, 'UTF8'))`;

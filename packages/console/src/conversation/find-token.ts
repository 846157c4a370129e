/** A word being written that asks for something: `/refund` for a quick reply, `@tom` for a colleague. */
export interface Token {
  sign: '/' | '@';
  /** What follows the sign, up to the caret. */
  query: string;
  /** Where the sign stands. */
  start: number;
}

/** The token that the caret stands in; a sign within a word, as in "and/or" or an address, is none. */
export function findToken(text: string, caret: number): Token | null {
  const before = text.slice(0, caret);
  const match = /(?:^|\s)([/@])([^\s/@]*)$/u.exec(before);
  const [, sign, query = ''] = match ?? [];
  if (sign !== '/' && sign !== '@') return null;
  return { sign, query, start: caret - query.length - 1 };
}

import type { Refusal } from '../check-log.ts';
import type { TokenAttempt, TokenRules } from '../token-attempt.ts';

/** Claims that only another kind of token has (OpenID Connect Core §2, Back-Channel Logout §2.4). */
const FOREIGN: Record<TokenRules['kind'], readonly string[]> = {
  customer: ['at_hash', 'c_hash', 's_hash', 'azp', 'events'],
  id: ['events'],
  logout: ['at_hash', 'c_hash'],
};

const WANTED: Record<TokenRules['kind'], string> = {
  customer: 'a token that the site signs',
  id: 'an ID token',
  logout: 'a logout token',
};

/** RFC 8725 §3.12: what is valid as one kind of token must not be valid as another. */
export function checkTokenKind({ claims, rules, log }: TokenAttempt): Refusal | null {
  const found = FOREIGN[rules.kind].find((name) => Object.hasOwn(claims, name));
  if (found === undefined) return null;
  const wanted = WANTED[rules.kind];
  return log.refuse('kind of token', 'type', {
    observed: `claim ${found}`,
    expected: wanted,
    hint: `The claim \`${found}\` belongs to another kind of token; this setting takes ${wanted}.`,
  });
}

import type { Refusal } from '../check-log.ts';
import { shown } from '../shown.ts';
import type { TokenAttempt } from '../token-attempt.ts';

/** RFC 7519 §4.1.7: what counts once needs a name of its own. Its value is hashed, and not recorded. */
export function checkTokenId({ claims, log }: TokenAttempt): Refusal | null {
  const { jti } = claims;
  if (typeof jti === 'string' && jti !== '') return log.pass('jti', 'present');
  return log.refuse('jti', 'replay', {
    observed: jti === undefined ? 'absent' : shown(jti),
    expected: 'a string that no other token has',
    hint: 'The token counts once and has no `jti` to know it by: give each token a random `jti`.',
  });
}

import type { Refusal } from '../check-log.ts';
import type { TokenAttempt } from '../token-attempt.ts';

/** Back-Channel Logout 1.0 §2.6 step 7: with a nonce it could pass as an ID token. */
export function checkWithoutNonce({ claims, log }: TokenAttempt): Refusal | null {
  if (!Object.hasOwn(claims, 'nonce')) return log.pass('nonce', 'absent', 'absent');
  return log.refuse('nonce', 'nonce', {
    observed: 'present',
    expected: 'absent',
    hint: 'The logout token has a `nonce`, which is prohibited there: it may be an ID token, or the provider mixes up the two.',
  });
}

import { createHash, timingSafeEqual } from 'node:crypto';
import type { Refusal } from '../check-log.ts';
import type { TokenAttempt } from '../token-attempt.ts';

/**
 * OpenID Connect Core §3.1.3.7 step 11: the ID token belongs to this browser's sign-in. A nonce that
 * only one side knows is a mismatch too. Its value is a secret of the sign-in and is not recorded.
 */
export function checkNonce({ claims, rules, log }: TokenAttempt): Refusal | null {
  const { nonce } = claims;
  if (nonce === undefined && rules.nonce === null) return null;
  if (typeof nonce === 'string' && rules.nonce !== null && same(nonce, rules.nonce))
    return log.pass('nonce', 'equal');
  const [observed, hint] =
    nonce === undefined
      ? [
          'absent',
          'The ID token has no `nonce` although the sign-in sent one: the provider must return it.',
        ]
      : rules.nonce === null
        ? [
            'only in the ID token',
            'The ID token has a `nonce`: the site must pass the one it sent on as `nonce`.',
          ]
        : [
            'differs',
            "The ID token's `nonce` is not this sign-in's: it belongs to another one, or the site made a new one.",
          ];
  return log.refuse('nonce', 'nonce', { observed, expected: 'the nonce of this sign-in', hint });
}

const same = (a: string, b: string): boolean => timingSafeEqual(digest(a), digest(b));
const digest = (text: string): Buffer => createHash('sha256').update(text).digest();

import type { CheckLog, Refusal } from '../check-log.ts';
import { shown } from '../shown.ts';
import type { JsonObject } from '../strict-json.ts';
import type { ProvenIdentity } from '../verdict.ts';
import { numericDate } from './numeric-date.ts';

/**
 * OpenID Connect Core §12.2: the ID token of a renewal is of the same person (`iss` and `aud` have been
 * checked) and of the same sign-in: its `auth_time` is not after the proof that it renews. A nonce may
 * be repeated; the first one is not kept, so it is not compared.
 */
export function checkSameSignIn(
  claims: JsonObject,
  first: Pick<ProvenIdentity, 'subject' | 'since'>,
  { clockTolerance, log }: { clockTolerance: number; log: CheckLog },
): Refusal | null {
  if (claims.sub !== first.subject)
    return log.refuse('same person', 'subject', {
      observed: shown(claims.sub),
      expected: shown(first.subject),
      hint: `The renewed ID token is of ${shown(claims.sub)} and the sign-in of ${shown(first.subject)}: another person needs a sign-in of their own.`,
    });
  log.pass('same person', shown(claims.sub), shown(first.subject));
  if (claims.auth_time === undefined) return null;
  const time = numericDate(claims.auth_time);
  if (typeof time === 'number' && time * 1000 <= first.since + clockTolerance * 1000)
    return log.pass('auth_time', 'that of the sign-in');
  return log.refuse('auth_time', 'max_age', {
    observed: typeof time === 'number' ? 'after the sign-in' : shown(claims.auth_time),
    expected: 'the time of the sign-in that is renewed',
    hint: 'The renewed ID token has an `auth_time` that is not of this sign-in: the customer signed in at the provider again and needs a new sign-in here.',
  });
}

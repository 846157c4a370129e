import type { Refusal } from '../check-log.ts';
import { shown } from '../shown.ts';
import type { TokenAttempt } from '../token-attempt.ts';

/** OpenID Connect Core §3.1.3.7 step 5: `azp`, where present, is our client id. */
export function checkAuthorizedParty({ claims, rules, log }: TokenAttempt): Refusal | null {
  const { azp } = claims;
  if (azp === undefined || rules.audience === null) return null;
  if (azp === rules.audience) return log.pass('azp', shown(azp), rules.audience);
  return log.refuse('azp', 'audience', {
    observed: shown(azp),
    expected: rules.audience,
    hint: `The claim \`azp\` is ${shown(azp)}: the ID token was issued to another client than ${rules.audience}.`,
  });
}

import type { Refusal } from '../check-log.ts';
import { shown } from '../shown.ts';
import type { TokenAttempt } from '../token-attempt.ts';

/**
 * RFC 8725 §3.9, OpenID Connect Core §3.1.3.7 steps 3: for us and for nobody else; a second
 * audience could replay the token here.
 */
export function checkAudience({ claims, rules, log }: TokenAttempt): Refusal | null {
  if (rules.audience === null) return null;
  const { aud } = claims;
  const audiences = Array.isArray(aud) ? aud : [aud];
  if (audiences.length > 0 && audiences.every((one) => one === rules.audience))
    return log.pass('aud', shown(aud), rules.audience);
  return log.refuse('aud', 'audience', {
    observed: shown(aud),
    expected: rules.audience,
    hint: `The claim \`aud\` is ${shown(aud)}; it must be ${rules.audience} and nothing else.`,
  });
}

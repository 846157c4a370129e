import type { Refusal } from '../check-log.ts';
import { shown, shownDuration, shownTime } from '../shown.ts';
import type { TokenAttempt } from '../token-attempt.ts';
import { clockHint } from './clock-hint.ts';
import { numericDate } from './numeric-date.ts';

/** RFC 7519 §4.1.5. Optional; held when present. */
export function checkNotBefore(attempt: TokenAttempt): Refusal | null {
  const { claims, rules, nowMs, log } = attempt;
  if (claims.nbf === undefined) return null;
  const nbf = numericDate(claims.nbf);
  if (typeof nbf !== 'number')
    return log.refuse('nbf', 'not_yet_valid', {
      observed: shown(claims.nbf),
      expected: 'a time in whole seconds, or absent',
      hint: `The claim \`nbf\` ${nbf.problem}.`,
    });
  const ahead = nbf - Math.floor(nowMs / 1000);
  const observed = shownTime(nbf, nowMs);
  const expected = `not after ${shownTime(Math.floor(nowMs / 1000) + rules.clockTolerance, nowMs)}`;
  if (ahead <= rules.clockTolerance) return log.pass('nbf', observed, expected);
  return log.refuse('nbf', 'not_yet_valid', {
    observed,
    expected,
    hint: `\`nbf\` ${observed} is ${shownDuration(ahead)} ahead of this node's clock; the tolerance is ${rules.clockTolerance} s${clockHint(attempt)}.`,
  });
}

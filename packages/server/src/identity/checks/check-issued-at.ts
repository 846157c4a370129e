import type { Refusal } from '../check-log.ts';
import { shown, shownDuration, shownTime } from '../shown.ts';
import type { TokenAttempt } from '../token-attempt.ts';
import { clockHint } from './clock-hint.ts';
import { millisecondsHint, numericDate } from './numeric-date.ts';

/** RFC 7519 §4.1.6. Required, since without it no lifetime can be judged. */
export function checkIssuedAt(attempt: TokenAttempt): Refusal | null {
  const { claims, rules, nowMs, log } = attempt;
  const iat = numericDate(claims.iat);
  if (typeof iat !== 'number')
    return log.refuse('iat', 'lifetime', {
      observed: shown(claims.iat),
      expected: 'a time in whole seconds',
      hint: `The claim \`iat\` ${iat.problem}; without it the token's lifetime cannot be judged.`,
    });
  const ahead = iat - Math.floor(nowMs / 1000);
  const observed = shownTime(iat, nowMs);
  const expected = `not after ${shownTime(Math.floor(nowMs / 1000) + rules.clockTolerance, nowMs)}`;
  if (ahead <= rules.clockTolerance) return log.pass('iat', observed, expected);
  return log.refuse('iat', 'issued_in_future', {
    observed,
    expected,
    hint: `\`iat\` ${observed} is ${shownDuration(ahead)} ahead of this node's clock${millisecondsHint(iat)}; the tolerance is ${rules.clockTolerance} s${clockHint(attempt)}.`,
  });
}

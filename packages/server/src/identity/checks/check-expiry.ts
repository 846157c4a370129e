import type { Refusal } from '../check-log.ts';
import { shown, shownDuration, shownTime } from '../shown.ts';
import type { TokenAttempt } from '../token-attempt.ts';
import { clockHint } from './clock-hint.ts';
import { numericDate } from './numeric-date.ts';

/** RFC 7519 §4.1.4, with the setting's clock tolerance. Required. */
export function checkExpiry(attempt: TokenAttempt): Refusal | null {
  const { claims, rules, nowMs, log } = attempt;
  const exp = numericDate(claims.exp);
  if (typeof exp !== 'number')
    return log.refuse('exp', 'expired', {
      observed: shown(claims.exp),
      expected: 'a time in whole seconds',
      hint: `The claim \`exp\` ${exp.problem}.`,
    });
  const late = Math.floor(nowMs / 1000) - exp;
  const observed = shownTime(exp, nowMs);
  const expected = `after ${shownTime(Math.floor(nowMs / 1000) - rules.clockTolerance, nowMs)}`;
  if (late < rules.clockTolerance) return log.pass('exp', observed, expected);
  return log.refuse('exp', 'expired', {
    observed,
    expected,
    hint: `\`exp\` ${observed} is ${shownDuration(late)} in the past; the tolerance is ${rules.clockTolerance} s${clockHint(attempt)}.`,
  });
}

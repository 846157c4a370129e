import type { Refusal } from '../check-log.ts';
import { shown, shownDuration } from '../shown.ts';
import type { TokenAttempt } from '../token-attempt.ts';
import { numericDate } from './numeric-date.ts';

/** OpenID Connect Core §3.1.3.7 step 13: a sign-in that asked for `max_age` gets a recent one. */
export function checkAuthenticationAge({
  claims,
  rules,
  nowMs,
  log,
}: TokenAttempt): Refusal | null {
  if (rules.maxAge === null) return null;
  const time = numericDate(claims.auth_time);
  const expected = `at most ${rules.maxAge} s ago`;
  if (typeof time !== 'number')
    return log.refuse('auth_time', 'max_age', {
      observed: shown(claims.auth_time),
      expected,
      hint: `The claim \`auth_time\` ${time.problem}; a sign-in with \`max_age\` needs it from the provider.`,
    });
  const age = Math.floor(nowMs / 1000) - time;
  const observed = age >= 0 ? `${age} s ago` : `${-age} s ahead`;
  const inTime = age <= rules.maxAge + rules.clockTolerance && -age <= rules.clockTolerance;
  if (inTime) return log.pass('auth_time', observed, expected);
  return log.refuse('auth_time', 'max_age', {
    observed,
    expected,
    hint: `The customer signed in at the provider ${age >= 0 ? shownDuration(age) : `${-age} s from now`}${age >= 0 ? ' ago' : ''}; the sign-in asked for ${expected}.`,
  });
}

import type { Refusal } from '../check-log.ts';
import { shownDuration } from '../shown.ts';
import type { TokenAttempt } from '../token-attempt.ts';

/** A proof that lives for months is a password: `exp` − `iat` has a limit (row T23). */
export function checkLifetime({ claims, rules, log }: TokenAttempt): Refusal | null {
  if (rules.maxLifetime === null) return null;
  const lifetime = Number(claims.exp) - Number(claims.iat);
  const observed = shownDuration(lifetime);
  const expected = `at most ${shownDuration(rules.maxLifetime)}`;
  if (lifetime > 0 && lifetime <= rules.maxLifetime)
    return log.pass('lifetime', observed, expected);
  const hint =
    lifetime > 0
      ? `The token lives ${observed} (\`exp\` − \`iat\`); the setting allows ${expected}.`
      : 'The token ends before it begins: `exp` is not after `iat`.';
  return log.refuse('lifetime', 'lifetime', { observed, expected, hint });
}

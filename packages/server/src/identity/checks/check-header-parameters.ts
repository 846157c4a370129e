import type { Refusal } from '../check-log.ts';
import type { TokenAttempt } from '../token-attempt.ts';

const KEYS_WITHIN = ['jwk', 'jku', 'x5u', 'x5c'] as const;

/**
 * RFC 7515 §4.1.11: we handle no extension, so any `crit` ends the attempt, and so does `b64`
 * (RFC 7797), which changes what is signed. Keys that a token brings or points to are never used nor
 * fetched (RFC 8725 §3.10); that they were there is recorded.
 */
export function checkHeaderParameters({ header, log }: TokenAttempt): Refusal | null {
  for (const name of ['crit', 'b64'])
    if (Object.hasOwn(header, name))
      return log.refuse(name, 'malformed', {
        observed: 'present',
        expected: 'absent',
        hint: `The header has \`${name}\`, an extension that is not supported; sign a plain JWT.`,
      });
  const ignored = KEYS_WITHIN.filter((name) => Object.hasOwn(header, name));
  if (ignored.length === 0) return null;
  return log.pass('keys in the header', `ignored: ${ignored.join(', ')}`, 'keys of the setting');
}

import type { Refusal } from '../check-log.ts';
import { hasInvisible, shown } from '../shown.ts';
import type { TokenAttempt } from '../token-attempt.ts';

const LONGEST = 2048;

/** RFC 8725 §3.8: the exact string, where one is named; always a string. */
export function checkIssuer({ claims, rules, log }: TokenAttempt): Refusal | null {
  const { iss } = claims;
  const expected = rules.issuer ?? 'any string';
  if (typeof iss !== 'string' || iss === '' || iss.length > LONGEST || hasInvisible(iss))
    return log.refuse('iss', 'issuer', {
      observed: shown(iss),
      expected,
      hint: `The claim \`iss\` must be a string of 1 to ${LONGEST} visible characters.`,
    });
  if (rules.issuer === null || iss === rules.issuer) return log.pass('iss', shown(iss), expected);
  return log.refuse('iss', 'issuer', {
    observed: shown(iss),
    expected,
    hint: `The claim \`iss\` is ${shown(iss)}; the setting expects ${expected}${difference(iss, rules.issuer)}.`,
  });
}

/** The differences that people overlook. */
export function difference(observed: string, expected: string): string {
  if (observed === `${expected}/` || `${observed}/` === expected)
    return ' (they differ in the slash at the end)';
  if (observed.toLowerCase() === expected.toLowerCase()) return ' (they differ in case)';
  if (observed.replace(/^http:/, 'https:') === expected.replace(/^http:/, 'https:'))
    return ' (they differ in http and https)';
  return '';
}

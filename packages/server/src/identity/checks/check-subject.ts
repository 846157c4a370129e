import type { Refusal } from '../check-log.ts';
import { hasInvisible, shown } from '../shown.ts';
import type { TokenAttempt } from '../token-attempt.ts';

const LONGEST = 255;
const PLAIN = /^[\x21-\x7e](?:[\x20-\x7e]*[\x21-\x7e])?$/;
const LATIN = /\p{Script=Latin}/u;
const TAKEN_FOR_LATIN =
  /[\p{Script=Cyrillic}\p{Script=Greek}\p{Script=Armenian}\p{Script=Cherokee}]/u;

/**
 * The person's identifier: what is stored, compared and shown. So that two of them never look
 * alike, nothing invisible, nothing that normalises to something else (NFKC), and no letters mixed
 * from scripts that share shapes (UTS 39 §5.2).
 */
export function checkSubject({ claims, log }: TokenAttempt): Refusal | null {
  const { sub } = claims;
  const problem = subjectProblem(sub);
  if (problem === null) return log.pass('sub', shown(sub));
  return log.refuse('sub', 'subject', {
    observed: shown(sub),
    expected: `a string of 1 to ${LONGEST} plain characters`,
    hint: `The claim \`sub\` ${problem}; use the stable id of the customer's record.`,
  });
}

/** Null: it can be a subject. */
export function subjectProblem(sub: unknown): string | null {
  if (sub === undefined) return 'is missing';
  if (typeof sub !== 'string') return 'is not a string';
  if (sub === '') return 'is empty';
  if (sub.length > LONGEST) return `has ${sub.length} characters, more than ${LONGEST}`;
  if (PLAIN.test(sub)) return null;
  if (sub !== sub.trim()) return 'begins or ends with a space';
  if (hasInvisible(sub)) return 'holds control or invisible characters';
  if (sub !== sub.normalize('NFKC')) return 'holds characters that stand for others (not NFKC)';
  if (LATIN.test(sub) && TAKEN_FOR_LATIN.test(sub)) return 'mixes letters that look alike';
  return null;
}

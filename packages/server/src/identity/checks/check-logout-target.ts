import type { Refusal } from '../check-log.ts';
import { hasInvisible, shown } from '../shown.ts';
import type { TokenAttempt } from '../token-attempt.ts';
import { checkSubject } from './check-subject.ts';

const LONGEST = 255;

/** Back-Channel Logout 1.0 §2.6 step 5: whose sessions end, by `sub`, `sid` or both. */
export function checkLogoutTarget(attempt: TokenAttempt): Refusal | null {
  const { claims, log } = attempt;
  const { sub, sid } = claims;
  if (sub === undefined && sid === undefined)
    return log.refuse('sub', 'subject', {
      observed: 'neither sub nor sid',
      expected: 'sub, sid or both',
      hint: 'The logout token names neither a person (`sub`) nor a session (`sid`): nothing can be ended by it.',
    });
  const refusal = sub === undefined ? null : checkSubject(attempt);
  if (refusal !== null || sid === undefined) return refusal;
  if (typeof sid === 'string' && sid !== '' && sid.length <= LONGEST && !hasInvisible(sid))
    return log.pass('sid', 'present');
  return log.refuse('sid', 'subject', {
    observed: shown(sid),
    expected: `a string of 1 to ${LONGEST} visible characters`,
    hint: `The claim \`sid\` must be a string of 1 to ${LONGEST} visible characters.`,
  });
}

import type { Refusal } from '../check-log.ts';
import { shown } from '../shown.ts';
import type { TokenAttempt } from '../token-attempt.ts';

const LONGEST = 128;

/** RFC 8725 §3.10: `kid` is a key of a map and nothing more. It may be absent. */
export function checkKeyId({ header, log }: TokenAttempt): Refusal | null {
  const { kid } = header;
  if (kid === undefined) return log.pass('kid', 'absent');
  if (typeof kid === 'string' && kid.length >= 1 && kid.length <= LONGEST)
    return log.pass('kid', shown(kid));
  const expected = `1 to ${LONGEST} characters, or absent`;
  return log.refuse('kid', 'malformed', {
    observed: shown(kid),
    expected,
    hint: `The header's \`kid\` must be a string of ${expected}.`,
  });
}

import type { Refusal } from '../check-log.ts';
import { shown } from '../shown.ts';
import type { TokenAttempt } from '../token-attempt.ts';

const ALGORITHM = 'RS256';
const LONGEST_NAME = 64;

/** RFC 8725 §3.1: the algorithm is ours; the header's is compared, never obeyed. */
export function checkAlgorithm({ header, log }: TokenAttempt): Refusal | null {
  const { alg } = header;
  if (alg === ALGORITHM) return log.pass('alg', ALGORITHM, ALGORITHM);
  const named = typeof alg === 'string' && alg.length <= LONGEST_NAME;
  return log.refuse('alg', named ? 'alg_not_allowed' : 'malformed', {
    observed: shown(alg),
    expected: ALGORITHM,
    hint: `The header's \`alg\` is ${shown(alg)}; sign with ${ALGORITHM} and an RSA key of 2048 bits or more.`,
  });
}

import { createHash } from 'node:crypto';
import type { Refusal } from '../check-log.ts';
import type { TokenAttempt } from '../token-attempt.ts';

/** OpenID Connect Core §3.1.3.6: `at_hash`, where present, is of the access token beside it. */
export function checkAccessTokenHash({ claims, rules, log }: TokenAttempt): Refusal | null {
  const { at_hash: observed } = claims;
  if (observed === undefined || rules.accessToken === null) return null;
  const digest = createHash('sha256').update(rules.accessToken, 'ascii').digest();
  if (observed === digest.subarray(0, 16).toString('base64url'))
    return log.pass('at_hash', 'equal');
  return log.refuse('at_hash', 'code_refused', {
    observed: 'differs',
    expected: 'the hash of the access token',
    hint: 'The ID token and the access token of the provider do not belong together.',
  });
}

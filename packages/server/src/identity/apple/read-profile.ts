import type { Outbound } from '../../platform/index.ts';
import type { CheckLog, Refusal } from '../check-log.ts';
import { subjectProblem } from '../checks/check-subject.ts';
import { fetchProblem } from '../fetch-problem.ts';
import type { AppleOauthSetting } from '../setting.ts';
import { shown } from '../shown.ts';
import { type JsonObject, parseStrictText } from '../strict-json.ts';

const TIMEOUT_MS = 30_000;
const MAX_BYTES = 256 * 1024;
const SUBJECT_CLAIMS = ['sub', 'id'];
/** What an Authorization header can carry (RFC 6750 §2.1, and tokens of providers that go beyond it). */
const BEARER = /^[\x21-\x7e]+$/;

/**
 * The profile behind an access token, from the decrypted token URL (Apple Messages spec §10): one GET,
 * 30 s, no redirect, 256 KiB. The token leaves for that URL alone, and of the body only the claims' names
 * and sizes are recorded.
 */
export async function readProfile(
  setting: AppleOauthSetting,
  accessToken: string,
  { outbound, log }: { outbound: Outbound; log: CheckLog },
): Promise<{ profile: JsonObject } | Refusal> {
  const { decryptedTokenUrl: url } = setting;
  const refuse = (observed: string, why: string): Refusal =>
    log.refuse('profile', 'profile_lookup_failed', {
      observed,
      expected: `a JSON object from ${url}`,
      hint: `The decrypted token URL ${url} gave no profile: ${why}.`,
    });
  if (!BEARER.test(accessToken))
    return refuse('not asked', 'the access token holds characters that no header can carry');
  const answer = await ask(url, accessToken, outbound);
  if ('why' in answer) return refuse(answer.why, answer.why);
  if (answer.status !== 200)
    return refuse(`HTTP ${answer.status}`, `it answered with HTTP ${answer.status}`);
  const parsed = parseStrictText(answer.body);
  if ('problem' in parsed) return refuse(parsed.problem, `its answer is ${parsed.problem}`);
  log.pass('profile', `${Object.keys(parsed.value).length} claims`, `a JSON object from ${url}`);
  return { profile: parsed.value };
}

async function ask(
  url: string,
  accessToken: string,
  outbound: Outbound,
): Promise<{ status: number; body: string } | { why: string }> {
  try {
    return await outbound.get(url, {
      headers: { authorization: `Bearer ${accessToken}` },
      maxBytes: MAX_BYTES,
      timeoutMs: TIMEOUT_MS,
    });
  } catch (error) {
    return { why: fetchProblem(error) };
  }
}

/**
 * Who the profile is about: the first of the setting's claims that is there. A number beyond 2⁵³ is
 * refused, since two of them could read alike.
 */
export function subjectOf(
  profile: JsonObject,
  { subjectClaims = SUBJECT_CLAIMS }: AppleOauthSetting,
  log: CheckLog,
): { subject: string } | Refusal {
  const name = subjectClaims.find((claim) => profile[claim] !== undefined);
  const value = name === undefined ? undefined : profile[name];
  const subject = Number.isSafeInteger(value) ? String(value) : value;
  const problem =
    typeof value === 'number' && !Number.isSafeInteger(value)
      ? 'is a number that cannot be held exactly'
      : subjectProblem(subject);
  if (problem === null && typeof subject === 'string') {
    log.pass('subject', shown(subject), subjectClaims.join(', '));
    return { subject };
  }
  return log.refuse('subject', 'subject', {
    observed: shownScalar(value),
    expected: `a string or a whole number in ${subjectClaims.join(' or ')}`,
    hint: `The profile's ${name ?? subjectClaims.join(' or ')} ${problem ?? ''}; the decrypted token URL must name the customer by a stable id.`,
  });
}

/** Of anything but a text or a number only the kind: it could hold the rest of the profile. */
export const shownScalar = (value: unknown): string =>
  typeof value === 'object' && value !== null ? 'an object or a list' : shown(value);

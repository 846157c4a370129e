import type { Outbound } from '../../platform/index.ts';
import { CheckLog, type Refusal } from '../check-log.ts';
import { checkAudience } from '../checks/check-audience.ts';
import { checkIssuer } from '../checks/check-issuer.ts';
import { fetchProblem } from '../fetch-problem.ts';
import type { KeySets } from '../keys/key-sets.ts';
import type { OpenIdConnectSetting } from '../setting.ts';
import { shown } from '../shown.ts';
import { type JsonObject, parseStrictJson } from '../strict-json.ts';
import type { TokenCheck } from '../token-attempt.ts';
import { verifyToken } from '../verify-token.ts';
import { providerRules } from './id-token.ts';
import type { ProviderMetadata } from './provider-metadata.ts';

export interface UserInfoDeps {
  outbound: Outbound;
  signal: AbortSignal;
  keySets: KeySets;
  nowMs: number;
  log: CheckLog;
}

/** `claims` null: the setting does not ask. */
export type UserInfo = { claims: JsonObject | null; refusal: null } | { refusal: Refusal };

/**
 * The claims of the userinfo endpoint (OpenID Connect Core §5.3), where the setting asks for them: JSON,
 * or a JWT signed with the provider's keys. They are of the ID token's person or of nobody (row T31).
 */
export async function readUserInfo(
  setting: OpenIdConnectSetting,
  metadata: ProviderMetadata,
  signIn: { accessToken: string | null; subject: string },
  deps: UserInfoDeps,
): Promise<UserInfo> {
  if (!setting.userInfo) return { claims: null, refusal: null };
  const { log } = deps;
  const { userinfoEndpoint: endpoint } = metadata;
  const unavailable = (observed: string, hint: string): UserInfo => ({
    refusal: log.refuse('userinfo', 'provider_unavailable', {
      observed,
      expected: `claims from ${endpoint ?? 'a userinfo endpoint'}`,
      hint,
    }),
  });
  if (endpoint === null)
    return unavailable(
      'no userinfo_endpoint',
      'The discovery document names no `userinfo_endpoint`: switch `userInfo` off in the setting.',
    );
  if (signIn.accessToken === null)
    return unavailable(
      'no access token',
      'There is no access token to ask the userinfo endpoint with: use the code flow, or switch `userInfo` off in the setting.',
    );
  const answer = await fetchUserInfo(endpoint, signIn.accessToken, deps);
  if ('why' in answer)
    return unavailable(
      answer.why,
      `The provider's userinfo endpoint ${endpoint} gave no usable answer: ${answer.why}.`,
    );
  const read = answer.signed
    ? await verifySigned(answer.text, setting, metadata, deps)
    : readJson(answer.text, log);
  if (read.refusal !== null) return read;
  const refusal = checkSubjectOf(read.claims, signIn.subject, log);
  return refusal === null ? read : { refusal };
}

async function fetchUserInfo(
  endpoint: string,
  accessToken: string,
  { outbound, signal }: UserInfoDeps,
): Promise<{ text: string; signed: boolean } | { why: string }> {
  try {
    const answer = await outbound.fetch(endpoint, {
      headers: { accept: 'application/json', authorization: `Bearer ${accessToken}` },
      redirect: 'manual',
      signal,
    });
    const text = await answer.text();
    if (answer.status !== 200) return { why: `HTTP ${answer.status}` };
    const type = answer.headers.get('content-type') ?? '';
    return { text, signed: type.startsWith('application/jwt') };
  } catch (error) {
    return { why: fetchProblem(error) };
  }
}

type Read = { claims: JsonObject; refusal: null } | { refusal: Refusal };

function readJson(text: string, log: CheckLog): Read {
  const parsed = parseStrictJson(Buffer.from(text));
  if ('value' in parsed) return { claims: parsed.value, refusal: null };
  const { problem } = parsed;
  return {
    refusal: log.refuse('userinfo', 'provider_unavailable', {
      observed: problem,
      expected: 'a JSON object',
      hint: `The provider's userinfo endpoint gave no usable answer: ${problem}.`,
    }),
  };
}

/** Core §5.3.2: `iss` and `aud`, where they are there, are the provider and us. */
const SIGNED_CHECKS: readonly TokenCheck[] = [
  (attempt) => (attempt.claims.iss === undefined ? null : checkIssuer(attempt)),
  (attempt) => (attempt.claims.aud === undefined ? null : checkAudience(attempt)),
];

async function verifySigned(
  token: string,
  setting: OpenIdConnectSetting,
  metadata: ProviderMetadata,
  { keySets, nowMs, log }: UserInfoDeps,
): Promise<Read> {
  const inner = new CheckLog();
  const rules = providerRules('id', setting, metadata);
  const { refusal, claims } = await verifyToken(token.trim(), rules, SIGNED_CHECKS, {
    keySets,
    nowMs,
    log: inner,
  });
  if (refusal === null && claims !== null) {
    log.pass('userinfo signature', 'valid', `RS256 by a key at ${rules.keysUrl}`);
    return { claims, refusal: null };
  }
  const failed = inner.checks.at(-1);
  const reason = refusal?.reason === 'keys_unavailable' ? 'keys_unavailable' : 'userinfo';
  return {
    refusal: log.refuse(`userinfo ${failed?.name ?? ''}`.trimEnd(), reason, {
      observed: failed?.observed ?? '',
      expected: failed?.expected ?? 'a JWT signed by the provider',
      hint: `The provider's userinfo answer is not accepted: ${refusal?.hint ?? ''}`,
    }),
  };
}

/** Core §5.3.2: without this another person's claims could be put in (token substitution). */
function checkSubjectOf({ sub }: JsonObject, subject: string, log: CheckLog): Refusal | null {
  if (sub === subject) return log.pass('userinfo sub', 'equal', 'the sub of the ID token');
  return log.refuse('userinfo sub', 'userinfo', {
    observed: shown(sub),
    expected: shown(subject),
    hint: `The userinfo endpoint speaks of ${shown(sub)} and the ID token of ${shown(subject)}: nothing of it can be used, and the provider must be put right.`,
  });
}

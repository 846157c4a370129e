import { CheckLog, type Refusal } from '../check-log.ts';
import { difference } from '../checks/check-issuer.ts';
import { checkSameSignIn } from '../checks/check-same-sign-in.ts';
import { reproveAt } from '../reprove-at.ts';
import type { OpenIdConnectSetting } from '../setting.ts';
import { shown } from '../shown.ts';
import type { ProvenIdentity } from '../verdict.ts';
import { verifyToken } from '../verify-token.ts';
import type { TokenAnswer } from './ask-token-endpoint.ts';
import {
  type ExaminedSignIn,
  type ProviderDeps,
  refusedSignIn,
  unreachable,
} from './check-open-id-connect.ts';
import { discover } from './discover.ts';
import { providerRules, RENEWED_ID_TOKEN_CHECKS } from './id-token.ts';
import { providerIdentity } from './provider-identity.ts';
import type { ProviderMetadata } from './provider-metadata.ts';
import { type NoTokens, observedOf, tokenEndpointHint } from './redeem-code.ts';
import { readUserInfo } from './user-info.ts';

export interface SignInToRenew {
  refreshToken: string;
  identity: ProvenIdentity;
}

/** Every check of a renewal, in order: discovery, provider, refresh token, ID token, same person, userinfo. */
export async function checkRenewal(
  setting: OpenIdConnectSetting,
  { refreshToken, identity: first }: SignInToRenew,
  deps: ProviderDeps,
): Promise<ExaminedSignIn> {
  const log = new CheckLog();
  const { nowMs } = deps;
  const { checks } = log;
  const known = { claims: { iss: first.issuer, sub: first.subject }, keyId: null };
  const refused = (
    refusal: Refusal,
    seen: Parameters<ReturnType<typeof refusedSignIn>>[1] = known,
  ) => refusedSignIn(log)(refusal, seen);

  const metadata = await discover(setting, deps.readMetadata, log);
  if ('reason' in metadata) return refused(metadata);
  const moved = checkSameProvider(first, metadata, log);
  if (moved !== null) return refused(moved);
  const tokens = await refresh(refreshToken, setting, metadata, { ...deps, log });
  if ('reason' in tokens) return refused(tokens);
  const { accessToken, expiresIn } = tokens;
  const providerRefreshToken = tokens.refreshToken ?? refreshToken;
  if (tokens.idToken === null) {
    log.pass('form', 'no new ID token', 'an ID token or none');
    const identity = prolonged(first, setting, { nowMs, expiresIn });
    return { checks, ...known, identity, refusal: null, providerRefreshToken };
  }

  const rules = providerRules('id', setting, metadata, { accessToken });
  const seen = await verifyToken(tokens.idToken, rules, RENEWED_ID_TOKEN_CHECKS, { ...deps, log });
  const { claims, keyId, refusal } = seen;
  if (refusal !== null || claims === null) return refused(refusal ?? unreachable(), seen);
  const other = checkSameSignIn(claims, first, { clockTolerance: setting.clockTolerance, log });
  if (other !== null) return refused(other, seen);
  const signIn = { accessToken, subject: first.subject };
  const userInfo = await readUserInfo(setting, metadata, signIn, { ...deps, log });
  if (userInfo.refusal !== null) return refused(userInfo.refusal, seen);

  const proof = { claims, keyId, userInfo: userInfo.claims, expiresIn };
  const renewed = providerIdentity(setting, proof, { nowMs, log });
  const providerSession = renewed.providerSession ?? first.providerSession;
  const identity = { ...renewed, providerSession };
  return { checks, claims, keyId, identity, refusal: null, providerRefreshToken };
}

/** A refresh token goes to the provider that gave it and to nobody else, whatever the setting says now. */
function checkSameProvider(
  { issuer }: ProvenIdentity,
  metadata: ProviderMetadata,
  log: CheckLog,
): Refusal | null {
  if (metadata.issuer === issuer) return log.pass('provider', issuer, issuer);
  return log.refuse('provider', 'issuer', {
    observed: shown(metadata.issuer),
    expected: issuer,
    hint: `The customer signed in at ${issuer}, and the setting's provider is now ${shown(metadata.issuer)}${difference(metadata.issuer, issuer)}: a new sign-in is needed.`,
  });
}

type Tokens = Extract<TokenAnswer, { outcome: 'tokens' }>;

/**
 * RFC 6749 §6. Only `invalid_grant` says that the sign-in has ended; a provider that does not answer, or
 * that no longer takes this client, says nothing about the person.
 */
async function refresh(
  refreshToken: string,
  setting: OpenIdConnectSetting,
  metadata: ProviderMetadata,
  { ask, log }: Pick<ProviderDeps, 'ask'> & { log: CheckLog },
): Promise<Tokens | Refusal> {
  const parameters = { grant_type: 'refresh_token', refresh_token: refreshToken };
  const expected = `new tokens from ${metadata.tokenEndpoint}`;
  const answer = await ask(parameters, setting, metadata);
  if (answer.outcome === 'tokens') {
    log.pass('refresh token', 'accepted', expected);
    return answer;
  }
  const hint = tokenEndpointHint(answer, setting, metadata);
  const reason = hint === null ? 'refresh_refused' : 'provider_unavailable';
  const observed = observedOf(answer);
  return log.refuse('refresh token', reason, {
    observed,
    expected,
    hint: hint ?? endedHint(answer),
  });
}

function endedHint(answer: NoTokens): string {
  const says =
    answer.outcome === 'refused' && answer.description !== null
      ? ` (“${shown(answer.description)}”)`
      : '';
  return `The provider no longer renews this sign-in${says}: the customer signed out there, the refresh token has expired or was revoked, or it was used twice; a new sign-in is needed.`;
}

/** Core §12.2 makes the ID token optional: then the person and the facts are those of the first. */
function prolonged(
  first: ProvenIdentity,
  setting: OpenIdConnectSetting,
  { nowMs, expiresIn }: { nowMs: number; expiresIn: number | null },
): ProvenIdentity {
  // RFC 6749 §5.1: a life that is not told is taken to be that of the tokens before.
  const lifetimeMs = expiresIn === null ? first.tokenExpiresAt - first.since : expiresIn * 1000;
  const tokenExpiresAt = nowMs + lifetimeMs;
  return {
    ...first,
    settingName: setting.name,
    since: nowMs,
    tokenExpiresAt,
    reproveAt: reproveAt(setting.reproof, { since: nowMs, tokenExpiresAt }),
  };
}

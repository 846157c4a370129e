import { CheckLog, type Refusal } from '../check-log.ts';
import type { Examined } from '../check-signed-token.ts';
import { checkNonceFirstUse } from '../checks/check-nonce-first-use.ts';
import type { CodeGrant } from '../index.ts';
import { provenClaims } from '../proven-claims.ts';
import type { OpenIdConnectSetting } from '../setting.ts';
import type { JsonObject } from '../strict-json.ts';
import type { UseOnce } from '../used-tokens/store.ts';
import { verifyToken } from '../verify-token.ts';
import type { AskTokenEndpoint } from './ask-token-endpoint.ts';
import { checkGrant, type WellFormedGrant } from './check-grant.ts';
import { checkResponseIssuer } from './check-response-issuer.ts';
import { discover } from './discover.ts';
import { ID_TOKEN_CHECKS, type IdTokenContext, providerRules } from './id-token.ts';
import { providerIdentity } from './provider-identity.ts';
import type { ProviderMetadata, ReadMetadata } from './provider-metadata.ts';
import { redeemCode } from './redeem-code.ts';
import type { RedeemedCodes } from './redeemed-codes.ts';
import { readUserInfo, type UserInfoDeps } from './user-info.ts';

export interface ProviderDeps extends Omit<UserInfoDeps, 'log'> {
  readMetadata: ReadMetadata;
  ask: AskTokenEndpoint;
}

/** What came of a sign-in at a provider, and what renews it there. */
export type ExaminedSignIn = Examined & { providerRefreshToken: string | null };

/** Every check of a provider sign-in, in order: grant, discovery, response, code, ID token, userinfo. */
export async function checkOpenIdConnect(
  setting: OpenIdConnectSetting,
  grant: CodeGrant,
  deps: ProviderDeps & { redeemedCodes: RedeemedCodes; useOnce: UseOnce },
): Promise<ExaminedSignIn> {
  const log = new CheckLog();
  const { nowMs } = deps;
  const refused = refusedSignIn(log);

  const wellFormed = checkGrant(grant, setting, log);
  if ('reason' in wellFormed) return refused(wellFormed);
  const metadata = await discover(setting, deps.readMetadata, log);
  if ('reason' in metadata) return refused(metadata);
  const mixUp = checkResponseIssuer(grant.iss, metadata, log);
  if (mixUp !== null) return refused(mixUp);
  const token = await idTokenOf(wellFormed, setting, metadata, { ...deps, log });
  if ('reason' in token) return refused(token);

  const rules = providerRules('id', setting, metadata, {
    nonce: grant.nonce ?? null,
    maxAge: grant.maxAge ?? null,
    accessToken: token.accessToken,
  });
  const seen = await verifyToken(token.idToken, rules, ID_TOKEN_CHECKS, { ...deps, log });
  const { claims, keyId, refusal } = seen;
  if (refusal !== null || claims === null) return refused(refusal ?? unreachable(), seen);
  const { subject, expiry } = provenClaims(claims);
  const signIn = { accessToken: token.accessToken, subject };
  const userInfo = await readUserInfo(setting, metadata, signIn, { ...deps, log });
  if (userInfo.refusal !== null) return refused(userInfo.refusal, seen);

  if (wellFormed.kind === 'id-token') {
    const once = { nonce: grant.nonce ?? '', expiresAt: expiry * 1000 };
    const replayed = await checkNonceFirstUse(once, setting, { ...deps, log });
    if (replayed !== null) return refused(replayed, seen);
  }

  const proof = { claims, keyId, userInfo: userInfo.claims, expiresIn: token.expiresIn };
  const identity = providerIdentity(setting, proof, { nowMs, log });
  const { checks } = log;
  const { refreshToken: providerRefreshToken } = token;
  return { checks, claims, keyId, identity, refusal: null, providerRefreshToken };
}

/** `seen`: what the token said of itself, for the record. */
export const refusedSignIn =
  ({ checks }: CheckLog) =>
  (
    refusal: Refusal,
    seen?: { claims: JsonObject | null; keyId: string | null },
  ): ExaminedSignIn => ({
    checks,
    claims: seen?.claims ?? null,
    keyId: seen?.keyId ?? null,
    identity: null,
    refusal,
    providerRefreshToken: null,
  });

async function idTokenOf(
  grant: WellFormedGrant,
  setting: OpenIdConnectSetting,
  metadata: ProviderMetadata,
  deps: { ask: AskTokenEndpoint; redeemedCodes: RedeemedCodes; log: CheckLog },
): Promise<IdTokenContext | Refusal> {
  if (grant.kind === 'code') return redeemCode(grant, setting, metadata, deps);
  const { idToken } = grant;
  return { idToken, accessToken: null, expiresIn: null, refreshToken: null };
}

export function unreachable(): never {
  throw new Error('an ID token without claims was not refused');
}

import { CheckLog, type Refusal } from '../check-log.ts';
import type { Examined } from '../check-signed-token.ts';
import { fetchProblem } from '../fetch-problem.ts';
import type { CodeGrant } from '../index.ts';
import type { KeySets } from '../keys/key-sets.ts';
import { personOf } from '../person-claims.ts';
import { provenClaims } from '../proven-claims.ts';
import { readContextClaims } from '../read-facts.ts';
import { reproveAt } from '../reprove-at.ts';
import type { OpenIdConnectSetting } from '../setting.ts';
import { type Examination, verifyToken } from '../verify-token.ts';
import { checkGrant, type WellFormedGrant } from './check-grant.ts';
import { checkResponseIssuer } from './check-response-issuer.ts';
import { type FetchIdToken, fetchIdToken } from './fetch-id-token.ts';
import { ID_TOKEN_CHECKS, type IdTokenContext, idTokenRules } from './id-token.ts';
import { IssuerMismatch, type ProviderMetadata, type ReadMetadata } from './provider-metadata.ts';

export interface OpenIdConnectDeps {
  readMetadata: ReadMetadata;
  keySets: KeySets;
  redeem: FetchIdToken['redeem'];
  nowMs: number;
}

/** Every check of a provider sign-in, in order: grant, discovery, response, code, ID token. */
export async function checkOpenIdConnect(
  setting: OpenIdConnectSetting,
  grant: CodeGrant,
  deps: OpenIdConnectDeps,
): Promise<Examined> {
  const log = new CheckLog();
  const { checks } = log;
  const refused = (refusal: Refusal, seen?: Examination): Examined => ({
    checks,
    claims: seen?.claims ?? null,
    keyId: seen?.keyId ?? null,
    identity: null,
    refusal,
  });

  const wellFormed = checkGrant(grant, setting, log);
  if ('reason' in wellFormed) return refused(wellFormed);
  const metadata = await discover(setting, deps.readMetadata, log);
  if ('reason' in metadata) return refused(metadata);
  const mixUp = checkResponseIssuer(grant.iss, metadata, log);
  if (mixUp !== null) return refused(mixUp);
  const token = await idTokenOf(wellFormed, setting, metadata, deps, log);
  if ('reason' in token) return refused(token);

  const rules = idTokenRules(setting, metadata, grant, token);
  const result = await verifyToken(token.idToken, rules, ID_TOKEN_CHECKS, { ...deps, log });
  const { claims, keyId, refusal } = result;
  if (refusal !== null || claims === null) return refused(refusal ?? unreachable(), result);
  const { issuer, subject, expiry } = provenClaims(claims);
  const { nowMs } = deps;
  // Guest API §9.1: a sign-in ends with the provider's access token, where it says when.
  const tokenExpiresAt = token.expiresIn === null ? expiry * 1000 : nowMs + token.expiresIn * 1000;
  const identity = {
    settingId: setting.id,
    settingName: setting.name,
    method: 'openid-connect' as const,
    issuer,
    subject,
    keyId,
    since: nowMs,
    tokenExpiresAt,
    reproveAt: reproveAt(setting.reproof, { since: nowMs, tokenExpiresAt }),
    providerSession: typeof claims.sid === 'string' ? claims.sid : null,
    ...personOf(claims),
    facts: readContextClaims(claims, setting.contextClaims, log),
  };
  return { checks, claims, keyId, identity, refusal: null };
}

export async function discover(
  setting: OpenIdConnectSetting,
  readMetadata: ReadMetadata,
  log: CheckLog,
): Promise<ProviderMetadata | Refusal> {
  const { discoveryUri } = setting;
  try {
    const metadata = await readMetadata(discoveryUri);
    log.pass('discovery', metadata.issuer, discoveryUri);
    return metadata;
  } catch (error) {
    if (error instanceof IssuerMismatch)
      return log.refuse('discovery', 'issuer', {
        observed: error.observed,
        expected: error.expected,
        hint: `The discovery document at ${discoveryUri} names the issuer ${error.observed}; use the discovery URI of that issuer.`,
      });
    const why = fetchProblem(error);
    return log.refuse('discovery', 'provider_unavailable', {
      observed: why,
      expected: `the discovery document at ${discoveryUri}`,
      hint: `The provider's discovery document at ${discoveryUri} could not be read: ${why}.`,
    });
  }
}

async function idTokenOf(
  grant: WellFormedGrant,
  setting: OpenIdConnectSetting,
  metadata: ProviderMetadata,
  deps: OpenIdConnectDeps,
  log: CheckLog,
): Promise<IdTokenContext | Refusal> {
  if (grant.kind === 'id-token')
    return { idToken: grant.idToken, accessToken: null, expiresIn: null };
  return fetchIdToken(grant, setting, metadata, { redeem: deps.redeem, log });
}

function unreachable(): never {
  throw new Error('an ID token without claims was not refused');
}

import type { CheckLog } from '../check-log.ts';
import { type Person, personOf } from '../person-claims.ts';
import { provenClaims } from '../proven-claims.ts';
import { readContextClaims } from '../read-facts.ts';
import { reproveAt } from '../reprove-at.ts';
import type { OpenIdConnectSetting } from '../setting.ts';
import type { JsonObject } from '../strict-json.ts';
import type { ProvenIdentity } from '../verdict.ts';

/** What a sign-in at a provider has shown. */
export interface ProviderProof {
  /** Of the ID token, checked. */
  claims: JsonObject;
  keyId: string | null;
  /** Of the userinfo endpoint, checked; null: not asked. */
  userInfo: JsonObject | null;
  /** Remaining life of the access token, seconds. */
  expiresIn: number | null;
}

/** The person whom the checks have proven. Aggregated and distributed claims are not looked at. */
export function providerIdentity(
  setting: OpenIdConnectSetting,
  { claims, keyId, userInfo, expiresIn }: ProviderProof,
  { nowMs, log }: { nowMs: number; log: CheckLog },
): ProvenIdentity {
  const { issuer, subject, expiry } = provenClaims(claims);
  // Guest API §9.1: a sign-in ends with the provider's access token, where it says when.
  const tokenExpiresAt = expiresIn === null ? expiry * 1000 : nowMs + expiresIn * 1000;
  return {
    settingId: setting.id,
    settingName: setting.name,
    method: 'openid-connect',
    issuer,
    subject,
    keyId,
    since: nowMs,
    tokenExpiresAt,
    reproveAt: reproveAt(setting.reproof, { since: nowMs, tokenExpiresAt }),
    providerSession: typeof claims.sid === 'string' ? claims.sid : null,
    ...completed(personOf(claims), userInfo),
    // What the ID token itself says wins: it is signed for this very sign-in.
    facts: readContextClaims({ ...userInfo, ...claims }, setting.contextClaims, log),
  };
}

function completed(person: Person, userInfo: JsonObject | null): Person {
  if (userInfo === null) return person;
  const more = personOf(userInfo);
  return {
    name: person.name ?? more.name,
    email: person.email ?? more.email,
    locale: person.locale ?? more.locale,
  };
}

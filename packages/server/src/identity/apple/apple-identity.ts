import type { CheckLog } from '../check-log.ts';
import { personOf } from '../person-claims.ts';
import { readScalarClaims } from '../read-facts.ts';
import type { AppleOauthSetting } from '../setting.ts';
import type { JsonObject } from '../strict-json.ts';
import type { ProvenIdentity } from '../verdict.ts';

/** What an Apple sign-in has shown. */
export interface AppleProof {
  issuer: string;
  subject: string;
  /** Of the ID token; null: the profile alone. */
  keyId: string | null;
  profile: JsonObject;
}

/** The person of a profile (Apple Messages spec §10, §11). It stands as long as the setting says. */
export function appleIdentity(
  setting: AppleOauthSetting,
  { issuer, subject, keyId, profile }: AppleProof,
  { nowMs, log }: { nowMs: number; log: CheckLog },
): ProvenIdentity {
  const until = nowMs + setting.accessTokenExpiry * 1000;
  const person = personOf(profile);
  return {
    settingId: setting.id,
    settingName: setting.name,
    method: 'apple-oauth',
    issuer,
    subject,
    keyId,
    since: nowMs,
    tokenExpiresAt: until,
    reproveAt: until,
    providerSession: null,
    ...person,
    email: profile.email_verified === false ? null : person.email,
    facts: readScalarClaims(profile, log),
  };
}

import { CheckLog, type Refusal } from './check-log.ts';
import { checkAudience } from './checks/check-audience.ts';
import { checkExpiry } from './checks/check-expiry.ts';
import { checkFirstUse } from './checks/check-first-use.ts';
import { checkIssuedAt } from './checks/check-issued-at.ts';
import { checkIssuer } from './checks/check-issuer.ts';
import { checkLifetime } from './checks/check-lifetime.ts';
import { checkNotBefore } from './checks/check-not-before.ts';
import { checkSubject } from './checks/check-subject.ts';
import { checkTokenId } from './checks/check-token-id.ts';
import type { KeySets } from './keys/key-sets.ts';
import { personOf } from './person-claims.ts';
import { provenClaims } from './proven-claims.ts';
import { readContexts } from './read-facts.ts';
import { reproveAt } from './reprove-at.ts';
import type { SignedTokenSetting } from './setting.ts';
import type { JsonObject } from './strict-json.ts';
import type { TokenCheck, TokenRules } from './token-attempt.ts';
import type { UseOnce } from './used-tokens/store.ts';
import type { Check, ProvenIdentity } from './verdict.ts';
import { verifyToken } from './verify-token.ts';

/** What came of a proof, before it is recorded. The claimed values are for the record alone. */
export type Examined = {
  checks: Check[];
  claims: JsonObject | null;
  keyId: string | null;
} & ({ identity: ProvenIdentity; refusal: null } | { identity: null; refusal: Refusal });

/** omnichannel-chat.md §1.3, with what a setting may add. */
const CLAIM_CHECKS: readonly TokenCheck[] = [
  checkIssuer,
  checkAudience,
  checkSubject,
  checkExpiry,
  checkIssuedAt,
  checkLifetime,
  checkNotBefore,
];

/** A setting with `singleUse`. */
const SINGLE_USE_CHECKS: readonly TokenCheck[] = [...CLAIM_CHECKS, checkTokenId];

/**
 * Every check of a site-signed token, and no record: for `proveSignedToken` and `inspect-token`. Without
 * `useOnce` a token that counts once is not used up.
 */
export async function checkSignedToken(
  setting: SignedTokenSetting,
  token: string,
  deps: { keySets: KeySets; nowMs: number; useOnce?: UseOnce },
): Promise<Examined> {
  const log = new CheckLog();
  const rules = rulesOf(setting);
  const claimChecks = setting.singleUse ? SINGLE_USE_CHECKS : CLAIM_CHECKS;
  const result = await verifyToken(token, rules, claimChecks, { ...deps, log });
  const { claims, keyId } = result;
  let { refusal } = result;
  const { useOnce, nowMs } = deps;
  if (setting.singleUse && useOnce && refusal === null && claims !== null)
    refusal = await checkFirstUse(claims, setting, { useOnce, nowMs, log });
  const { checks } = log;
  if (refusal !== null || claims === null)
    return { checks, claims, keyId, identity: null, refusal: refusal ?? neverWithoutClaims() };
  const { issuer, subject, expiry } = provenClaims(claims);
  const identity: ProvenIdentity = {
    settingId: setting.id,
    settingName: setting.name,
    method: 'signed-token',
    issuer,
    subject,
    keyId,
    since: nowMs,
    tokenExpiresAt: expiry * 1000,
    reproveAt: reproveAt(setting.reproof, { since: nowMs, tokenExpiresAt: expiry * 1000 }),
    providerSession: null,
    ...personOf(claims),
    facts: readContexts(claims, log),
  };
  return { checks, claims, keyId, identity, refusal: null };
}

const rulesOf = (setting: SignedTokenSetting): TokenRules => ({
  kind: 'customer',
  keysUrl: setting.publicKeyUrl,
  issuer: setting.issuer ?? null,
  audience: setting.audience ?? null,
  clockTolerance: setting.clockTolerance,
  maxLifetime: setting.maxLifetime,
  nonce: null,
  maxAge: null,
  accessToken: null,
});

function neverWithoutClaims(): never {
  throw new Error('a token without claims was not refused');
}

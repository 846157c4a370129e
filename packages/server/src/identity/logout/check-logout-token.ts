import { CheckLog, type Refusal } from '../check-log.ts';
import { checkAudience } from '../checks/check-audience.ts';
import { checkExpiry } from '../checks/check-expiry.ts';
import { checkFirstUse } from '../checks/check-first-use.ts';
import { checkIssuedAt } from '../checks/check-issued-at.ts';
import { checkIssuer } from '../checks/check-issuer.ts';
import { checkLogoutEvent } from '../checks/check-logout-event.ts';
import { checkLogoutTarget } from '../checks/check-logout-target.ts';
import { checkNotBefore } from '../checks/check-not-before.ts';
import { checkTokenId } from '../checks/check-token-id.ts';
import { checkWithoutNonce } from '../checks/check-without-nonce.ts';
import type { KeySets } from '../keys/key-sets.ts';
import { providerRules } from '../provider/id-token.ts';
import type { ReadMetadata } from '../provider/provider-metadata.ts';
import type { OpenIdConnectSetting } from '../setting.ts';
import type { JsonObject } from '../strict-json.ts';
import type { TokenCheck } from '../token-attempt.ts';
import type { UseOnce } from '../used-tokens/store.ts';
import type { Check } from '../verdict.ts';
import { parseToken, verifyParsedToken } from '../verify-token.ts';
import { findAddressee } from './find-addressee.ts';

/** What came of a logout token, before it is recorded. */
export interface ExaminedLogout {
  checks: Check[];
  claims: JsonObject | null;
  keyId: string | null;
  /** Null: it could not be told which one the token is for. */
  setting: OpenIdConnectSetting | null;
  refusal: Refusal | null;
}

/** Back-Channel Logout 1.0 §2.6; algorithm and signature are checked before. */
const LOGOUT_CHECKS: readonly TokenCheck[] = [
  checkIssuer,
  checkAudience,
  checkIssuedAt,
  checkExpiry,
  checkNotBefore,
  checkLogoutTarget,
  checkLogoutEvent,
  checkWithoutNonce,
  checkTokenId,
];

/** Every check of a logout token, in order: form, addressee, header, key, signature, claims, first use. */
export async function checkLogoutToken(
  settings: readonly OpenIdConnectSetting[],
  token: string,
  deps: { readMetadata: ReadMetadata; keySets: KeySets; useOnce: UseOnce; nowMs: number },
): Promise<ExaminedLogout> {
  const log = new CheckLog();
  const { checks } = log;
  const parsed = parseToken(token, log);
  if ('reason' in parsed)
    return { checks, claims: null, keyId: null, setting: null, refusal: parsed };
  const { claims } = parsed;
  const addressee = await findAddressee(settings, claims, { ...deps, log });
  if ('reason' in addressee)
    return { checks, claims, keyId: null, setting: null, refusal: addressee };

  const { setting, metadata } = addressee;
  const rules = providerRules('logout', setting, metadata);
  const seen = await verifyParsedToken(parsed, rules, LOGOUT_CHECKS, { ...deps, log });
  const refusal = seen.refusal ?? (await checkFirstUse(claims, setting, { ...deps, log }));
  return { checks, claims, keyId: seen.keyId, setting, refusal };
}

import type { TriedToken } from '@countersign/protocol';
import { CheckLog, type Refusal } from '../check-log.ts';
import { checkSignedToken } from '../check-signed-token.ts';
import { checkNonce } from '../checks/check-nonce.ts';
import { discover } from '../provider/discover.ts';
import { ID_TOKEN_CHECKS, providerRules } from '../provider/id-token.ts';
import { providerIdentity } from '../provider/provider-identity.ts';
import type { ReadMetadata } from '../provider/provider-metadata.ts';
import type { OpenIdConnectSetting, TokenSetting } from '../setting.ts';
import type { ProvenIdentity } from '../verdict.ts';
import { verifyToken } from '../verify-token.ts';
import { findingsOf, type Outcome } from './attempt-of.ts';
import type { ProofUnderWay } from './proof-under-way.ts';

/** What a token came to, and who it would prove. */
export interface ExaminedToken {
  tried: TriedToken;
  /** Null: nobody; it is refused. */
  identity: ProvenIdentity | null;
}

/** Holds a token against a setting as a sign-in would. Nothing of it is kept, counted or logged. */
export async function examineToken(
  setting: TokenSetting,
  token: string,
  proof: ProofUnderWay,
  readMetadata: ReadMetadata,
): Promise<ExaminedToken> {
  const outcome =
    setting.type === 'signed-token'
      ? await checkSignedToken(setting, token, proof)
      : await checkAsIdToken(setting, token, proof, readMetadata);
  return { tried: findingsOf(outcome, proof), identity: outcome.identity };
}

type ExaminedOutcome = Outcome & { identity: ProvenIdentity | null };

/** There was no sign-in: what ties the token to one cannot be judged, and is said to be so. */
const WITHOUT_SIGN_IN = ID_TOKEN_CHECKS.filter((check) => check !== checkNonce);

async function checkAsIdToken(
  setting: OpenIdConnectSetting,
  token: string,
  proof: ProofUnderWay,
  readMetadata: ReadMetadata,
): Promise<ExaminedOutcome> {
  const log = new CheckLog();
  const { checks } = log;
  const ended = (refusal: Refusal): ExaminedOutcome => ({
    ...{ checks, claims: null, keyId: null, refusal, identity: null },
  });
  const metadata = await discover(setting, readMetadata, log);
  if ('reason' in metadata) return ended(metadata);
  const rules = providerRules('id', setting, metadata);
  const result = await verifyToken(token, rules, WITHOUT_SIGN_IN, { ...proof, log });
  if (result.refusal === null) {
    log.leaveOpen('nonce', "that of the sign-in's authorization request");
    log.leaveOpen('code', 'a code that the provider redeems');
  }
  const { claims, keyId } = result;
  if (result.refusal !== null || claims === null) return { checks, ...result, identity: null };
  const about = { claims, keyId, userInfo: null, expiresIn: null };
  return { checks, ...result, identity: providerIdentity(setting, about, { ...proof, log }) };
}

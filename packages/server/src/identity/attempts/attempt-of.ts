import type { TriedToken } from '@countersign/protocol';
import { newId } from '../../platform/index.ts';
import type { Refusal } from '../check-log.ts';
import { numericDate } from '../checks/numeric-date.ts';
import type { AttemptSource } from '../index.ts';
import { shortThumbprint } from '../keys/thumbprint.ts';
import { visible } from '../shown.ts';
import type { JsonObject } from '../strict-json.ts';
import type { Check } from '../verdict.ts';
import type { ProofUnderWay } from './proof-under-way.ts';
import { redactClaims } from './redact-claims.ts';
import type { NewAttempt } from './store.ts';

const LONGEST_ISSUER = 500;
const LONGEST_SUBJECT = 255;
const LONGEST_KID = 128;

/** What the checks of a proof came to. */
export interface Outcome {
  checks: Check[];
  claims: JsonObject | null;
  keyId: string | null;
  refusal: Refusal | null;
}

/** The record of a proof: everything but secrets. */
export const attemptOf = (
  outcome: Outcome,
  setting: { id: string | null; name: string },
  source: AttemptSource,
  proof: ProofUnderWay,
): NewAttempt => ({
  id: newId(),
  at: new Date(proof.nowMs).toISOString(),
  settingId: setting.id,
  setting: setting.name,
  deployment: source.deploymentId,
  channel: source.channel,
  ...findingsOf(outcome, proof),
});

/** The part of it that a tried token has too. */
export function findingsOf(
  { checks, claims, keyId, refusal }: Outcome,
  proof: ProofUnderWay,
): TriedToken {
  const used = proof.key;
  return {
    outcome: refusal === null ? 'accepted' : 'refused',
    reason: refusal?.reason ?? null,
    hint: refusal?.hint ?? null,
    issuer: claimed(claims?.iss, LONGEST_ISSUER),
    subject: claimed(claims?.sub, LONGEST_SUBJECT),
    keyId: claimed(keyId, LONGEST_KID),
    checks,
    claims: redactClaims(claims),
    key: used && {
      kid: claimed(used.key.kid, LONGEST_KID),
      url: used.url,
      thumbprint: shortThumbprint(used.key.thumbprint),
    },
    issuedAheadSeconds: issuedAhead(claims?.iat, proof.nowMs),
    clockSkewSeconds: proof.clockSkewSeconds,
    durationMs: Math.round(proof.elapsedMs() * 100) / 100,
  };
}

/** Whether the signature was found to be the key's, whatever the claims then came to. */
export const signatureFits = (checks: readonly Check[]): boolean =>
  checks.some(({ name, passed }) => name === 'signature' && passed);

function issuedAhead(iat: unknown, nowMs: number): number | null {
  const seconds = numericDate(iat);
  return typeof seconds === 'number' ? seconds - Math.floor(nowMs / 1000) : null;
}

const claimed = (value: unknown, longest: number): string | null =>
  typeof value === 'string' ? visible(value, longest) : null;

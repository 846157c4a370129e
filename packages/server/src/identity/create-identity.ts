import { randomBytes } from 'node:crypto';
import type { Logger } from 'pino';
import { type Clock, type Database, newId, type Outbound } from '../platform/index.ts';
import { attemptRecorder, type RecordAttempt } from './attempts/recorder.ts';
import type { Randomness } from './attempts/reference.ts';
import { attemptStore } from './attempts/store.ts';
import { CheckLog, type Refusal } from './check-log.ts';
import { checkSignedToken, type Examined } from './check-signed-token.ts';
import type { AttemptSource, IdentityModule } from './index.ts';
import { createKeySets } from './keys/key-sets.ts';
import { checkLogoutToken } from './logout/check-logout-token.ts';
import { tokenEndpoint } from './provider/ask-token-endpoint.ts';
import { checkOpenIdConnect, type ProviderDeps } from './provider/check-open-id-connect.ts';
import { checkRenewal } from './provider/check-renewal.ts';
import { metadataReader } from './provider/provider-metadata.ts';
import { redeemedCodes } from './provider/redeemed-codes.ts';
import { keySetsWithin, metadataWithin } from './provider/within-time.ts';
import { visible } from './shown.ts';
import type { JsonObject } from './strict-json.ts';
import { usedTokenStore } from './used-tokens/store.ts';
import type { Check, Verdict } from './verdict.ts';

export interface IdentityDeps {
  database: Database;
  outbound: Outbound;
  clock: Clock;
  log?: Logger;
  randomness?: Randomness;
}

/** A provider has this long for everything it is asked in one sign-in (row K12). */
const PROVIDER_TIMEOUT_MS = 5_000;

export function createIdentity(deps: IdentityDeps): IdentityModule {
  const { outbound, clock } = deps;
  const store = attemptStore(deps.database);
  const record = attemptRecorder(store, deps.randomness ?? randomBytes);
  const useOnce = usedTokenStore(deps.database);
  const keySets = createKeySets(deps);
  const readMetadata = metadataReader(deps);
  const codes = redeemedCodes();

  function providerDeps(nowMs: number): ProviderDeps {
    const signal = AbortSignal.timeout(PROVIDER_TIMEOUT_MS);
    return {
      readMetadata: metadataWithin(signal, readMetadata),
      keySets: keySetsWithin(signal, keySets),
      ask: tokenEndpoint({ outbound, signal, nowMs }),
      outbound,
      signal,
      nowMs,
    };
  }

  return {
    async proveSignedToken(setting, token, source) {
      const nowMs = clock.now();
      const examined = await checkSignedToken(setting, token, { keySets, nowMs, useOnce });
      return conclude(examined, setting, source, nowMs, record);
    },
    async proveOpenIdConnect(setting, grant, source) {
      const nowMs = clock.now();
      const deps = { ...providerDeps(nowMs), redeemedCodes: codes, useOnce };
      const examined = await checkOpenIdConnect(setting, grant, deps);
      return conclude(examined, setting, source, nowMs, record);
    },
    async renewOpenIdConnect(setting, signIn, source) {
      const nowMs = clock.now();
      const examined = await checkRenewal(setting, signIn, providerDeps(nowMs));
      return conclude(examined, setting, source, nowMs, record);
    },
    async proveLogout(settings, logoutToken, source) {
      const nowMs = clock.now();
      const deps = { ...providerDeps(nowMs), useOnce };
      const examined = await checkLogoutToken(settings, logoutToken, deps);
      const { setting, refusal, claims } = examined;
      const from = { ...source, channel: 'back-channel' };
      const reference = await recordOutcome(examined, setting ?? NO_SETTING, from, nowMs, record);
      if (refusal !== null) return { outcome: 'refused', reference, ...refusal };
      return {
        outcome: 'accepted',
        reference,
        settingId: setting?.id ?? '',
        subject: textOf(claims?.sub),
        providerSession: textOf(claims?.sid),
      };
    },
    refuseMissingSetting(wanted, source) {
      const log = new CheckLog();
      const refusal = log.refuse('setting', 'setting_missing', {
        observed: 'none',
        expected: wanted,
        hint: `The deployment's messenger configuration has no ${wanted} setting; choose one under Authentication and publish.`,
      });
      const { checks } = log;
      const examined = { checks, claims: null, keyId: null, identity: null, refusal };
      return conclude(examined, NO_SETTING, source, clock.now(), record);
    },
    attempts: (filter) => store.list(filter),
    keySetReport: (url) => keySets.report(url),
  };
}

const NO_SETTING = { id: null, name: '' };
const textOf = (value: unknown): string | null => (typeof value === 'string' ? value : null);

/** Records what came of the checks, then answers it: never the other way round. */
async function conclude(
  examined: Examined & { providerRefreshToken?: string | null },
  setting: { id: string | null; name: string },
  source: AttemptSource,
  nowMs: number,
  record: RecordAttempt,
): Promise<Verdict> {
  const reference = await recordOutcome(examined, setting, source, nowMs, record);
  const { checks, identity, refusal, providerRefreshToken = null } = examined;
  return identity === null
    ? { outcome: 'refused', reference, ...refusal, checks }
    : { outcome: 'accepted', reference, identity, providerRefreshToken, checks };
}

interface Outcome {
  checks: Check[];
  claims: JsonObject | null;
  keyId: string | null;
  refusal: Refusal | null;
}

const LONGEST_ISSUER = 500;
const LONGEST_SUBJECT = 255;
const LONGEST_KID = 128;

const recordOutcome = (
  { checks, claims, keyId, refusal }: Outcome,
  setting: { id: string | null; name: string },
  source: AttemptSource,
  nowMs: number,
  record: RecordAttempt,
): Promise<string> =>
  record({
    id: newId(),
    at: new Date(nowMs).toISOString(),
    settingId: setting.id,
    setting: setting.name,
    deployment: source.deploymentId,
    channel: source.channel,
    outcome: refusal === null ? 'accepted' : 'refused',
    reason: refusal?.reason ?? null,
    hint: refusal?.hint ?? null,
    issuer: claimed(claims?.iss, LONGEST_ISSUER),
    subject: claimed(claims?.sub, LONGEST_SUBJECT),
    keyId: claimed(keyId, LONGEST_KID),
    checks,
  });

const claimed = (value: unknown, longest: number): string | null =>
  typeof value === 'string' ? visible(value, longest) : null;

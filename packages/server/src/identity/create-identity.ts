import { randomBytes } from 'node:crypto';
import type { Logger } from 'pino';
import type { Bus, Clock, Database, Outbound } from '../platform/index.ts';
import { checkAppleSignIn } from './apple/check-apple-sign-in.ts';
import { appleRefusalOutcome } from './apple/refusal-outcome.ts';
import { announceAttempts } from './attempts/announce-attempts.ts';
import { attemptOf, type Outcome, signatureFits } from './attempts/attempt-of.ts';
import { type ProofUnderWay, proofUnderWay } from './attempts/proof-under-way.ts';
import { attemptRecorder } from './attempts/recorder.ts';
import type { Randomness } from './attempts/reference.ts';
import { siteFaultOutcome } from './attempts/site-fault.ts';
import { attemptStore } from './attempts/store.ts';
import { sweepAttempts } from './attempts/sweep-attempts.ts';
import { examineToken } from './attempts/try-token.ts';
import { CheckLog } from './check-log.ts';
import { checkSignedToken, type Examined } from './check-signed-token.ts';
import { housekeeping } from './housekeeping.ts';
import type { AttemptSource, IdentityModule } from './index.ts';
import { keyHealthRecorder } from './keys/key-health-recorder.ts';
import { createKeySets } from './keys/key-sets.ts';
import { refetchKeys } from './keys/refetch-keys.ts';
import { DAYS_SHOWN, dayOf, settingStatuses } from './keys/setting-status.ts';
import { keyHealthStore } from './keys/store.ts';
import { tellExpiring } from './keys/tell-expiring.ts';
import { checkLogoutToken } from './logout/check-logout-token.ts';
import { tokenEndpoint } from './provider/ask-token-endpoint.ts';
import { authorizationUrl } from './provider/authorization-url.ts';
import { checkOpenIdConnect, type ProviderDeps } from './provider/check-open-id-connect.ts';
import { checkRenewal } from './provider/check-renewal.ts';
import { metadataReader } from './provider/provider-metadata.ts';
import { redeemedCodes } from './provider/redeemed-codes.ts';
import { keySetsWithin, metadataWithin } from './provider/within-time.ts';
import type { TokenSetting } from './setting.ts';
import { usedTokenStore } from './used-tokens/store.ts';
import type { Verdict } from './verdict.ts';

export interface IdentityDeps {
  database: Database;
  outbound: Outbound;
  clock: Clock;
  bus?: Bus;
  log?: Logger;
  randomness?: Randomness;
  /** How long attempts are kept. Default 30. */
  attemptDays?: number;
}

/** A provider has this long for everything it is asked in one sign-in (row K12). */
const PROVIDER_TIMEOUT_MS = 5_000;

const ATTEMPT_DAYS = 30;
const DAY_MS = 86_400_000;
const FLUSH_MS = 5_000;
const FOLLOW_MS = 2_000;
const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;

export function createIdentity(deps: IdentityDeps): IdentityModule {
  const { outbound, clock, bus, log, attemptDays = ATTEMPT_DAYS } = deps;
  const store = attemptStore(deps.database);
  const healthStore = keyHealthStore(deps.database);
  const health = keyHealthRecorder(healthStore, deps);
  const announcer = announceAttempts(bus, clock);
  const record = attemptRecorder(store, deps.randomness ?? randomBytes, (attempts) => {
    for (const attempt of attempts) health.concluded(attempt);
    announcer.announce(attempts);
  });
  const keySets = createKeySets({ ...deps, health });
  const metadata = metadataReader({ ...deps, health });
  const refetch = refetchKeys({ keySets, metadata, health, store: healthStore, bus, clock });
  const useOnce = usedTokenStore(deps.database);
  const codes = redeemedCodes();
  let settings: readonly TokenSetting[] = [];
  const sweep = housekeeping(clock, [
    { everyMs: FOLLOW_MS, work: () => refetch.follow() },
    { everyMs: FLUSH_MS, work: () => health.flush() },
    { everyMs: MINUTE_MS, work: warnOfExpiry },
    { everyMs: MINUTE_MS, work: () => sweepAttempts(store, clock.now() - attemptDays * DAY_MS) },
    { everyMs: HOUR_MS, work: () => healthStore.prune(dayOf(clock.now() - DAYS_SHOWN * DAY_MS)) },
  ]);
  const begin = (): ProofUnderWay => proofUnderWay(keySets, clock.now());

  async function warnOfExpiry(): Promise<void> {
    const statuses = await settingStatuses(settings, { store: healthStore, nowMs: clock.now() });
    const urls = statuses.flatMap(({ sources }) => sources.map(({ url }) => url));
    await tellExpiring(urls, clock.now(), { store: healthStore, bus, log });
  }

  function providerDeps({ keySets, nowMs }: ProofUnderWay): ProviderDeps {
    const signal = AbortSignal.timeout(PROVIDER_TIMEOUT_MS);
    return {
      readMetadata: metadataWithin(signal, metadata.read),
      keySets: keySetsWithin(signal, keySets),
      ask: tokenEndpoint({ outbound, signal, nowMs }),
      outbound,
      signal,
      nowMs,
    };
  }

  /** Records what came of the checks, then answers its reference: never the other way round. */
  function recordOutcome(
    outcome: Outcome,
    setting: { id: string | null; name: string },
    source: AttemptSource,
    proof: ProofUnderWay,
  ): Promise<string> {
    const used = proof.key;
    if (used !== null && signatureFits(outcome.checks))
      health.used(used.url, used.key, proof.nowMs);
    return record(attemptOf(outcome, setting, source, proof));
  }

  async function conclude(
    examined: Examined & { providerRefreshToken?: string | null },
    setting: { id: string | null; name: string },
    source: AttemptSource,
    proof: ProofUnderWay,
  ): Promise<Verdict> {
    const reference = await recordOutcome(examined, setting, source, proof);
    const { checks, identity, refusal, providerRefreshToken = null } = examined;
    return identity === null
      ? { outcome: 'refused', reference, ...refusal, checks }
      : { outcome: 'accepted', reference, identity, providerRefreshToken, checks };
  }

  return {
    async proveSignedToken(setting, token, source) {
      const proof = begin();
      const { nowMs } = proof;
      const deps = { keySets: proof.keySets, nowMs, useOnce };
      const examined = await checkSignedToken(setting, token, deps);
      return conclude(examined, setting, source, proof);
    },
    async proveOpenIdConnect(setting, grant, source) {
      const proof = begin();
      const deps = { ...providerDeps(proof), redeemedCodes: codes, useOnce };
      const examined = await checkOpenIdConnect(setting, grant, deps);
      return conclude(examined, setting, source, proof);
    },
    async renewOpenIdConnect(setting, signIn, source) {
      const proof = begin();
      const examined = await checkRenewal(setting, signIn, providerDeps(proof));
      return conclude(examined, setting, source, proof);
    },
    async proveLogout(settings, logoutToken, source) {
      const proof = begin();
      const examined = await checkLogoutToken(settings, logoutToken, {
        ...providerDeps(proof),
        useOnce,
      });
      const { setting, refusal, claims } = examined;
      const from = { ...source, channel: 'back-channel' };
      const reference = await recordOutcome(examined, setting ?? NO_SETTING, from, proof);
      if (refusal !== null) return { outcome: 'refused', reference, ...refusal };
      return {
        outcome: 'accepted',
        reference,
        settingId: setting?.id ?? '',
        subject: textOf(claims?.sub),
        providerSession: textOf(claims?.sid),
      };
    },
    async proveApple(setting, evidence, source) {
      const proof = begin();
      const { nowMs } = proof;
      const deps = { outbound, keySets: proof.keySets, nowMs };
      return conclude(await checkAppleSignIn(setting, evidence, deps), setting, source, proof);
    },
    refuseApple(setting, refusal, source) {
      const examined = {
        claims: null,
        keyId: null,
        identity: null,
        ...appleRefusalOutcome(refusal),
      };
      return conclude(examined, setting ?? NO_SETTING, source, begin());
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
      return conclude(examined, NO_SETTING, source, begin());
    },
    async reportSiteFault(setting, fault, source) {
      const proof = begin();
      const { checks, refusal } = siteFaultOutcome(setting, fault);
      const examined = { checks, claims: null, keyId: null, identity: null, refusal };
      return conclude(examined, setting ?? NO_SETTING, source, proof);
    },
    examineToken: (setting, token) => examineToken(setting, token, begin(), metadata.read),
    tryToken: async (setting, token) =>
      (await examineToken(setting, token, begin(), metadata.read)).tried,
    authorizationUrl: (setting, request) => authorizationUrl(setting, request, metadata.read),
    attempts: (filter) => store.list(filter),
    refusedAttempts: (range) => store.refused(range),
    keySetReport: (url) => keySets.report(url),
    async settingStatuses(asked) {
      await health.flush();
      return settingStatuses(asked, { store: healthStore, nowMs: clock.now() });
    },
    refetchKeys: (setting) => refetch.now(setting),
    async sweep(current) {
      settings = current;
      announcer.settle();
      await sweep();
    },
    async close() {
      refetch.close();
      await health.flush();
    },
  };
}

const NO_SETTING = { id: null, name: '' };
const textOf = (value: unknown): string | null => (typeof value === 'string' ? value : null);

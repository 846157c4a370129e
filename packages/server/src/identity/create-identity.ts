import { randomBytes } from 'node:crypto';
import type { Logger } from 'pino';
import { type Clock, type Database, newId, type Outbound } from '../platform/index.ts';
import { attemptRecorder, type RecordAttempt } from './attempts/recorder.ts';
import type { Randomness } from './attempts/reference.ts';
import { attemptStore } from './attempts/store.ts';
import { CheckLog } from './check-log.ts';
import { checkSignedToken, type Examined } from './check-signed-token.ts';
import type { AttemptSource, IdentityModule } from './index.ts';
import { createKeySets } from './keys/key-sets.ts';
import { checkOpenIdConnect } from './provider/check-open-id-connect.ts';
import { metadataReader } from './provider/provider-metadata.ts';
import { redeemCode } from './provider/redeem-code.ts';
import { visible } from './shown.ts';
import type { Verdict } from './verdict.ts';

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
  const keySets = createKeySets(deps);
  const readMetadata = metadataReader(deps);

  return {
    async proveSignedToken(setting, token, source) {
      const nowMs = clock.now();
      const examined = await checkSignedToken(setting, token, { keySets, nowMs });
      return conclude(examined, setting, source, nowMs, record);
    },
    async proveOpenIdConnect(setting, grant, source) {
      const nowMs = clock.now();
      const signal = AbortSignal.timeout(PROVIDER_TIMEOUT_MS);
      const examined = await checkOpenIdConnect(setting, grant, {
        keySets,
        readMetadata,
        redeem: (code, ...rest) => redeemCode(code, ...rest, { outbound, signal }),
        nowMs,
      });
      return conclude(examined, setting, source, nowMs, record);
    },
    renewOpenIdConnect() {
      throw new Error('not built yet');
    },
    proveLogout() {
      throw new Error('not built yet');
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
      return conclude(examined, { id: null, name: '' }, source, clock.now(), record);
    },
    attempts: (filter) => store.list(filter),
    keySetReport: (url) => keySets.report(url),
  };
}

const LONGEST_ISSUER = 500;
const LONGEST_SUBJECT = 255;
const LONGEST_KID = 128;

/** Records what came of the checks, then answers it: never the other way round. */
async function conclude(
  { checks, claims, keyId, identity, refusal }: Examined,
  setting: { id: string | null; name: string },
  source: AttemptSource,
  nowMs: number,
  record: RecordAttempt,
): Promise<Verdict> {
  const reference = await record({
    id: newId(),
    at: new Date(nowMs).toISOString(),
    settingId: setting.id,
    setting: setting.name,
    deployment: source.deploymentId,
    channel: source.channel,
    outcome: identity === null ? 'refused' : 'accepted',
    reason: refusal?.reason ?? null,
    hint: refusal?.hint ?? null,
    issuer: claimed(claims?.iss, LONGEST_ISSUER),
    subject: claimed(claims?.sub, LONGEST_SUBJECT),
    keyId: claimed(keyId, LONGEST_KID),
    checks,
  });
  return identity === null
    ? { outcome: 'refused', reference, ...refusal, checks }
    : { outcome: 'accepted', reference, identity, providerRefreshToken: null, checks };
}

const claimed = (value: unknown, longest: number): string | null =>
  typeof value === 'string' ? visible(value, longest) : null;

import assert from 'node:assert/strict';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type KeyServer, startKeyServer } from '@countersign/simulators';
import { sql } from 'kysely';
import { pino } from 'pino';
import {
  type Bus,
  createOutbound,
  type Database,
  localBus,
  openDatabase,
} from '../../platform/index.ts';
import type { Randomness } from '../attempts/reference.ts';
import {
  type Attempt,
  createIdentity,
  type IdentityModule,
  identityMigrations,
  type OpenIdConnectSetting,
  type Reason,
  type SignedTokenSetting,
  type TokenSetting,
  type Verdict,
} from '../index.ts';

export interface Page {
  body: string;
  status?: number;
  headers?: Record<string, string>;
}

/** The module over a real database and real HTTP, with a clock that the test moves. */
export interface IdentityUnderTest {
  identity: IdentityModule;
  database: Database;
  bus: Bus;
  /** What a node calls once a second, with everything due. */
  sweep(settings: TokenSetting[]): Promise<void>;
  /** Another node on the same database. Without a bus nothing is heard of the first. */
  anotherNode(bus?: Bus): IdentityModule;
  clock: { now(): number; move(ms: number): void };
  /** By path; a text is a body of JSON. What is not here is answered with 404. */
  pages: Map<string, string | Page>;
  site: KeyServer;
  /** How many attempts are stored. */
  attemptsStored(): Promise<number>;
  /** How many used tokens are remembered. */
  usedTokensStored(): Promise<number>;
  /** Everything that the module has stored, as text. */
  storedText(): Promise<string>;
  /** From here on nothing can be stored. */
  breakStore(): Promise<void>;
  close(): Promise<void>;
}

const ONE_HOUR_MS = 3_600_000;

export const source = { deploymentId: '6c0c2e0e-0000-4000-8000-000000000001', channel: 'web' };

/** `startAt`: ms since the epoch; without it the real time. */
export async function identityUnderTest(
  options: { startAt?: number; alsoAllow?: string[]; randomness?: Randomness } = {},
): Promise<IdentityUnderTest> {
  const dataDir = await mkdtemp(join(tmpdir(), 'identity-'));
  const log = pino({ level: 'silent' });
  const database = await openDatabase({ dataDir, log });
  await database.migrate([identityMigrations]);
  const clock = movableClock(options.startAt);
  const pages = new Map<string, string | Page>();
  const site = await startKeyServer({
    respond: ({ path }) => {
      const page = pages.get(path);
      if (page === undefined) return { kind: 'body', status: 404, body: 'nothing here' };
      const date = new Date(clock.now()).toUTCString();
      const { headers, ...rest } = typeof page === 'string' ? { body: page } : page;
      const withDate = { 'content-type': 'application/json', date, ...headers };
      return { kind: 'body', headers: withDate, ...rest };
    },
  });
  const allowedHosts = [`127.0.0.1:${site.port}`, ...(options.alsoAllow ?? [])];
  const outbound = createOutbound({ allowedHosts });
  const { randomness } = options;
  const deps = { database, outbound, clock, log };
  const bus = localBus();
  const identity = createIdentity({ ...deps, bus, ...(randomness ? { randomness } : {}) });
  const count = async (table: string): Promise<number> => {
    const { rows } = await sql<{ count: number }>`select count(*) from ${sql.table(table)}`.execute(
      database.kysely,
    );
    return rows[0]?.count ?? 0;
  };
  return {
    identity,
    database,
    bus,
    async sweep(settings) {
      // Long enough for everything that is done from time to time
      clock.move(ONE_HOUR_MS);
      await identity.sweep(settings);
      clock.move(-ONE_HOUR_MS);
    },
    anotherNode: (its) => createIdentity({ ...deps, ...(its ? { bus: its } : {}) }),
    clock,
    pages,
    site,
    attemptsStored: () => count('attempts'),
    usedTokensStored: () => count('used_tokens'),
    async storedText() {
      const { rows } = await sql<{ text: string }>`
        select to_jsonb(attempts)::text as text from attempts
        union all select to_jsonb(used_tokens)::text from used_tokens`.execute(database.kysely);
      return rows.map(({ text }) => text).join('\n');
    },
    async breakStore() {
      await sql`drop table attempts`.execute(database.kysely);
    },
    async close() {
      await outbound.close();
      await site.close();
      await database.close();
      await rm(dataDir, { recursive: true, force: true });
    },
  };
}

function movableClock(startAt: number | undefined) {
  let offset = startAt === undefined ? 0 : startAt - Date.now();
  let frozen = startAt;
  return {
    now: () => frozen ?? Date.now() + offset,
    move(ms: number) {
      offset += ms;
      if (frozen !== undefined) frozen += ms;
    },
  };
}

export const signedTokenSetting = (
  publicKeyUrl: string,
  changes: Partial<SignedTokenSetting> = {},
): SignedTokenSetting => ({
  id: 'a5d1f0a0-0000-4000-8000-000000000001',
  name: 'Shop sign-in',
  type: 'signed-token',
  publicKeyUrl,
  clockTolerance: 30,
  maxLifetime: 86_400,
  singleUse: false,
  reproof: 'session',
  ...changes,
});

export const openIdConnectSetting = (
  discoveryUri: string,
  changes: Partial<OpenIdConnectSetting> = {},
): OpenIdConnectSetting => ({
  id: 'a5d1f0a0-0000-4000-8000-000000000002',
  name: 'Fjell account',
  type: 'openid-connect',
  discoveryUri,
  clientId: 'countersign',
  clientSecret: 'the-client-secret-of-the-tests',
  clientAuthentication: 'auto',
  privateKey: null,
  privateKeyId: null,
  providerHosts: [],
  userInfo: false,
  reproof: 'session',
  refreshTokenLifetime: 86_400,
  implicitFlow: false,
  contextClaims: [],
  clockTolerance: 30,
  ...changes,
});

/** What must hold after every refusal: the reason, one attempt that says so, and nothing besides. */
export async function assertRefused(
  bench: IdentityUnderTest,
  prove: () => Promise<Verdict>,
  reason: Reason | readonly Reason[],
): Promise<Attempt> {
  const before = await bench.attemptsStored();
  const verdict = await prove();
  const reasons: readonly string[] = typeof reason === 'string' ? [reason] : reason;
  assert.ok(verdict.outcome === 'refused', `accepted instead of ${reasons.join(' or ')}`);
  assert.ok(reasons.includes(verdict.reason), `${verdict.reason}, not ${reasons}: ${verdict.hint}`);
  assert.match(verdict.reference, /^[0-9A-HJKMNP-TV-Z]{4}-[0-9A-HJKMNP-TV-Z]{4}$/);
  assert.equal(verdict.checks.at(-1)?.passed, false, 'the last check is the one that failed');
  assert.equal(await bench.attemptsStored(), before + 1, 'one attempt and no more');
  const { items } = await bench.identity.attempts({ reference: verdict.reference, limit: 10 });
  const [attempt] = items;
  assert.ok(attempt !== undefined && items.length === 1);
  assert.equal(attempt.outcome, 'refused');
  assert.equal(attempt.reason, verdict.reason);
  assert.equal(attempt.hint, verdict.hint);
  assert.deepEqual(attempt.checks, verdict.checks);
  return attempt;
}

export function assertAccepted(verdict: Verdict): Extract<Verdict, { outcome: 'accepted' }> {
  assert.ok(
    verdict.outcome === 'accepted',
    verdict.outcome === 'refused' ? `${verdict.reason}: ${verdict.hint}` : '',
  );
  return verdict;
}

import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Enforcement } from '@countersign/protocol';
import { pino } from 'pino';
import type { Deployment, Snapshot } from '../../src/configuration/index.ts';
import { conversationMigrations, createConversations } from '../../src/conversations/index.ts';
import {
  createIdentity,
  identityMigrations,
  type ProvenIdentity,
} from '../../src/identity/index.ts';
import {
  createOutbound,
  createSeal,
  type Database,
  localBus,
  newId,
  openDatabase,
} from '../../src/platform/index.ts';
import {
  createSessions,
  type Grant,
  type SessionHint,
  type Sessions,
  sessionMigrations,
  sessionTopic,
} from '../../src/sessions/index.ts';

const log = pino({ level: 'silent' });
export const CONTACT = newId();

export interface SessionsUnderTest {
  database: Database;
  sessions: Sessions;
  clock: { now(): number; move(ms: number): void };
  /** A deployment of its own; seconds in `sessionDuration`. */
  deployment(options?: DeploymentOptions): Deployment;
  /** What the node's other half would answer from another sealing key. */
  otherKey(): Sessions;
  hintsOf(sessionId: string): SessionHint[];
  /** A sign-in of this subject. */
  signIn(deployment: Deployment, subject?: string): Promise<Grant & { jwt: string }>;
  stored(): Promise<unknown>;
  close(): Promise<void>;
}

interface DeploymentOptions {
  enabled?: boolean;
  allowSessionUpgrade?: boolean;
  enforcement?: Enforcement;
  type?: 'openid-connect' | 'signed-token';
  sessionDuration?: number;
}

export async function openSessions(): Promise<SessionsUnderTest> {
  const dataDir = await mkdtemp(join(tmpdir(), 'cs-sessions-'));
  const database = await openDatabase({ dataDir, log });
  await database.migrate([identityMigrations, sessionMigrations, conversationMigrations]);
  let now = Date.parse('2026-11-22T09:00:00Z');
  const clock = {
    now: () => now,
    move(ms: number) {
      now += ms;
    },
  };
  const deployments = new Map<string, Deployment>();
  const configuration = { current: () => snapshotOf(deployments) };
  const bus = localBus();
  const hints = new Map<string, SessionHint[]>();
  const conversations = createConversations({ database, bus, clock, log });
  const outbound = createOutbound({ allowedHosts: [] });
  const identity = createIdentity({ database, outbound, clock });
  const create = (fill: number) =>
    createSessions({
      ...{ database, bus, clock, log, configuration, conversations, identity, sweepMs: 0 },
      seal: createSeal({ key: new Uint8Array(32).fill(fill) }),
    });
  const sessions = create(1);
  return {
    ...{ database, sessions, clock },
    otherKey: () => create(2),
    deployment(options = {}) {
      const made = deploymentOf(options);
      deployments.set(made.id, made);
      return made;
    },
    hintsOf(id) {
      const list = hints.get(id) ?? [];
      if (!hints.has(id)) bus.subscribe(sessionTopic(id), (hint) => list.push(hint as SessionHint));
      hints.set(id, list);
      return list;
    },
    async signIn(deployment, subject = 'u-1007') {
      const { jwt } = await sessions.grant(deployment, proven(deployment, subject, now), CONTACT);
      return { ...(await sessions.verify(jwt, deployment.id)), jwt };
    },
    async stored() {
      const of = async (table: string) =>
        (await database.pool.query(`select * from ${table} order by id`)).rows;
      return [await of('grants'), await of('sessions')];
    },
    async close() {
      await sessions.close();
      await conversations.close();
      await outbound.close();
      await database.close();
      await rm(dataDir, { recursive: true, force: true });
    },
  };
}

export const proven = (deployment: Deployment, subject: string, now: number): ProvenIdentity => ({
  settingId: deployment.setting?.id ?? '',
  settingName: 'Shop sign-in',
  method: 'openid-connect',
  issuer: 'https://id.shop.example',
  subject,
  keyId: '2026-q4',
  since: now,
  tokenExpiresAt: now + 3_600_000,
  reproveAt: null,
  providerSession: null,
  name: 'Ada Ng',
  email: 'ada@example.com',
  locale: null,
  facts: { tier: 'gold', cart: 10_000, member: true },
});

function deploymentOf(options: DeploymentOptions): Deployment {
  const { enabled = true, allowSessionUpgrade = true, sessionDuration = 259_200 } = options;
  const id = newId();
  const { enforcement = 'enforced' } = options;
  const setting = { id: newId(), name: 'Shop sign-in', clockTolerance: 30, enforcement };
  return {
    id,
    name: 'Shop',
    status: 'Active',
    allowAllDomains: true,
    allowedDomains: [],
    configuration: {
      id: newId(),
      name: 'Shop messenger',
      version: 1,
      authentication: { enabled, settingId: setting.id, allowSessionUpgrade },
      languages: ['en-us'],
      conversations: { disconnect: 'Send', clear: true, typing: true, sessionDuration },
      appearance: { primaryColor: '#0165A7', launcher: 'On', position: 'Auto' },
      attachments: { enabled: false, fileTypes: [], maxFileSizeKB: 10_240 },
      preChatSurvey: [],
      rating: { enabled: false, text: null },
    },
    workstream: {
      id: newId(),
      name: 'Web',
      channel: 'web',
      distribution: 'push',
      capacity: 10,
      offerTimeout: 30,
      contextVariables: [],
      classification: [],
      declines: 3,
      wrapUp: 0,
      keepSameAgent: false,
      automatedMessages: [],
      routeToQueue: [],
      fallbackQueueId: newId(),
    },
    operatingHours: null,
    setting: !enabled
      ? null
      : options.type === 'signed-token'
        ? {
            ...setting,
            type: 'signed-token',
            publicKeyUrl: 'https://shop.example/key.pem',
            maxLifetime: 86_400,
            singleUse: false,
            reproof: 'session',
            clientFunction: 'auth.getAuthenticationToken',
          }
        : {
            ...setting,
            type: 'openid-connect',
            discoveryUri: 'https://id.shop.example/.well-known/openid-configuration',
            clientId: 'shop',
            clientSecret: null,
            clientAuthentication: 'auto',
            privateKey: null,
            privateKeyId: null,
            providerHosts: [],
            userInfo: false,
            reproof: 'session',
            refreshTokenLifetime: 86_400,
            implicitFlow: false,
            contextClaims: [],
          },
  };
}

const snapshotOf = (deployments: Map<string, Deployment>): Snapshot => ({
  version: 1,
  settings: new Map(),
  operatingHours: new Map(),
  queues: new Map(),
  quickReplies: new Map(),
  webhooks: new Map(),
  workstreams: new Map(),
  configurations: new Map(),
  deployments,
  appleAccounts: new Map(),
  richMessages: new Map(),
  users: new Map(),
  usersByEmail: new Map(),
  apiKeysByHash: new Map(),
});

// The sign-in of Apple Messages over a real database and real HTTP: the gateway and the provider are
// servers of their own, the device is what calls us back.
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pino } from 'pino';
import { attachmentMigrations, createAttachments } from '../../src/attachments/index.ts';
import {
  type AppleSignIn,
  appleMigrations,
  createAppleChannel,
  createSignIn,
  openThread,
  signInMigrations,
} from '../../src/channels/apple/index.ts';
import type { DeviceReply } from '../../src/channels/apple/sign-in/index.ts';
import type { AppleAccount, RichMessage, Snapshot } from '../../src/configuration/index.ts';
import { type Contacts, contactMigrations, createContacts } from '../../src/contacts/index.ts';
import {
  type ConversationRecord,
  type Conversations,
  conversationMigrations,
  createConversations,
  type EntryRecord,
} from '../../src/conversations/index.ts';
import {
  type AppleOauthSetting,
  createIdentity,
  type IdentityModule,
  identityMigrations,
} from '../../src/identity/index.ts';
import {
  createHttp,
  createOutbound,
  createSeal,
  createTelemetry,
  type Database,
  localBus,
  newId,
  openDatabase,
} from '../../src/platform/index.ts';
import { createSessions, type Sessions, sessionMigrations } from '../../src/sessions/index.ts';
import { startGateway } from './gateway.ts';
import { type AppleProvider, startAppleProvider } from './provider.ts';

export const PUBLIC_URL = 'https://chat.shop.example';
export const REDIRECT = `${PUBLIC_URL}/channels/apple/oauth/callback`;
export const agent = { id: newId(), name: 'Maria', supervises: false };

export const PROFILE = {
  sub: 'u-1007',
  name: 'Ada Ng',
  email: 'ada@shop.example',
  email_verified: true,
  tier: 'gold',
};

/** Somebody who writes from a device. */
export interface Customer {
  conversationId: string;
  opaqueId: string;
  capabilities: string[];
  closed: boolean;
}

export type World = Awaited<ReturnType<typeof startWorld>>;

export async function startWorld() {
  const dataDir = await mkdtemp(join(tmpdir(), 'cs-apple-'));
  const log = pino({ level: 'silent' });
  const database = await openDatabase({ dataDir, log });
  await database.migrate([
    identityMigrations,
    contactMigrations,
    sessionMigrations,
    conversationMigrations,
    attachmentMigrations,
    appleMigrations,
    signInMigrations,
  ]);
  let now = Date.parse('2026-11-24T09:00:00Z');
  const clock = {
    now: () => now,
    move(ms: number) {
      now += ms;
    },
  };
  const provider = await startAppleProvider();
  const apple = await startGateway();
  const outbound = createOutbound({
    allowedHosts: [`127.0.0.1:${provider.port}`, `127.0.0.1:${apple.port}`],
  });
  const seal = createSeal({ key: new Uint8Array(32).fill(7) });
  const bus = localBus();
  const setting = settingOf(provider);
  const account = accountOf(setting, apple.url);
  const other = { ...accountOf(setting, apple.url), id: newId(), businessId: newId() };
  let snapshot = snapshotOf([account, other]);
  const configuration = {
    current: () => snapshot,
    onChange: () => () => {},
    close: async () => {},
  };
  const base = { database, bus, clock, log, seal };
  const conversations = createConversations({ ...base, pollMs: 20, onWritten: openThread });
  const contacts = createContacts(base);
  const identity = createIdentity({ ...base, outbound });
  const sessions = createSessions({ ...base, configuration, conversations, identity, sweepMs: 0 });
  const telemetry = createTelemetry({ level: 'silent' });
  const http = createHttp({ telemetry, publicUrl: PUBLIC_URL, ready: async () => {} });
  const parts = { ...base, http, publicUrl: PUBLIC_URL, configuration, identity, contacts };
  const attachments = createAttachments(base);
  const { metrics } = telemetry;
  const channel = createAppleChannel({
    ...{ ...parts, attachments, conversations, metrics, outbound },
    // Conversations begin in the tests themselves
    routing: { route: async () => {}, endByCustomer: async () => {} },
    signIn: {
      toSend: (request) => signIn.toSend(request),
      sent: (request) => signIn.sent(request),
      notSent: (request, why) => signIn.notSent(request, why),
      replied: (reply) => signIn.replied(reply),
      closed: (customer) => signIn.closed(customer),
    },
  });
  const signIn = createSignIn({
    ...parts,
    conversations,
    async customerOf(id) {
      const thread = await channel.threadOf(id);
      return thread && { ...thread, closed: thread.isSilent !== null };
    },
  });
  await http.listen({ host: '127.0.0.1', port: 0 });
  const address = http.server.address();
  const local = `http://127.0.0.1:${typeof address === 'object' && address ? address.port : 0}`;

  return {
    ...{ database, clock, provider, apple, setting, account, other, conversations, contacts },
    ...{ identity, sessions, signIn, channel, local },
    /** Puts other accounts in force. */
    configure(accounts: AppleAccount[]) {
      snapshot = snapshotOf(accounts, snapshot.version + 1);
    },
    async customer(
      options: Partial<Omit<Customer, 'conversationId'>> & { of?: AppleAccount } = {},
    ) {
      const { of = account, capabilities = ['AUTH', 'AUTH2'], closed = false } = options;
      const opaqueId = options.opaqueId ?? `urn:mbid:${newId().toUpperCase()}/+=`;
      const conversationId = await openConversation(conversations, of, opaqueId);
      await database.pool.query(
        `insert into apple_customers (account_id, opaque_id, capabilities, closed_at, heard_at)
         values ($1, $2, $3, $4, $5)`,
        [of.id, opaqueId, capabilities, closed ? clock.now() : null, clock.now()],
      );
      return { conversationId, opaqueId, capabilities, closed };
    },
    /** The device answers; resolves when everything that this began is done. */
    async reply(
      customer: Pick<Customer, 'opaqueId'>,
      id: string,
      authenticate: unknown,
      of = account,
    ) {
      const reply: DeviceReply = {
        account: of,
        opaqueId: customer.opaqueId,
        requestIdentifier: id,
        authenticate,
      };
      await signIn.replied(reply);
      await signIn.settled();
    },
    /** A browser opens our callback, and follows nothing. */
    async callback(query: string | Record<string, string>, method = 'GET') {
      const search = typeof query === 'string' ? query : new URLSearchParams(query).toString();
      const url = `${local}/channels/apple/oauth/callback?${search}`;
      const answer = await fetch(url, { redirect: 'manual', method });
      return {
        status: answer.status,
        location: answer.headers.get('location'),
        headers: answer.headers,
        text: await answer.text(),
      };
    },
    read: async (customer: Customer): Promise<ConversationRecord> => {
      const record = await conversations.read(customer.conversationId);
      if (!record) throw new Error('no such conversation');
      return record;
    },
    entries: (customer: Customer): Promise<EntryRecord[]> =>
      conversations.entries(customer.conversationId, { after: 0, limit: 1000 }),
    /** Waits until a message has been tried so often and is to be tried again. */
    async tried({ conversationId }: Customer, tries: number): Promise<void> {
      for (;;) {
        const { rows } = await database.pool.query(
          'select tries, lease_until from apple_threads where conversation_id = $1',
          [conversationId],
        );
        if (rows[0].tries === tries && rows[0].lease_until === 0) return;
      }
    },
    /** The stored request. */
    async stored(id: string): Promise<Record<string, unknown>> {
      const { rows } = await database.pool.query('select * from apple_sign_ins where id = $1', [
        id,
      ]);
      return rows[0] ?? {};
    },
    /** Every attempt, newest first. */
    attempts: async () => (await identity.attempts({ limit: 200 })).items,
    /** All that is stored, as text. */
    async storedText(): Promise<string> {
      const tables = ['apple_sign_ins', 'attempts', 'entries', 'conversations', 'contacts'];
      const texts = await Promise.all(
        tables.map((table) =>
          database.pool.query(`select to_jsonb(t)::text as text from ${table} t`),
        ),
      );
      return texts.flatMap(({ rows }) => rows.map(({ text }) => text)).join('\n');
    },
    async close() {
      await http.close();
      await channel.close();
      await sessions.close();
      await conversations.close();
      await identity.close();
      await outbound.close();
      await provider.close();
      await apple.close();
      await database.close();
      await rm(dataDir, { recursive: true, force: true });
    },
  };
}

async function openConversation(
  conversations: Conversations,
  { id, workstream }: AppleAccount,
  opaqueId: string,
): Promise<string> {
  const { record } = await conversations.open(
    {
      ownerKey: `apple:${id}:${opaqueId}`,
      channel: 'apple',
      deploymentId: id,
      workstreamId: workstream.id,
      capacity: 10,
      contactId: null,
      customerName: null,
      customerEmail: null,
      locale: 'de_DE',
      identity: { state: 'anonymous' },
      context: [{ name: 'tier', value: 'platinum', origin: 'customer' }],
    },
    [{ kind: 'message', role: 'customer', text: 'Hello' }],
  );
  await conversations.change(record.id, () => ({ set: { state: 'active', assigneeId: agent.id } }));
  return record.id;
}

const [MESSAGE_ID, SECOND_MESSAGE_ID] = [newId(), newId()];

const settingOf = ({ url, clientId, clientSecret }: AppleProvider): AppleOauthSetting => ({
  id: newId(),
  name: 'Apple sign-in',
  type: 'apple-oauth',
  clientId,
  clientSecret,
  scopes: ['openid', 'profile', 'email'],
  accessTokenUrl: `${url}/token`,
  decryptedTokenUrl: `${url}/me`,
  additionalParameters: 'prompt=login',
  accessTokenExpiry: 3600,
  richMessageIds: [MESSAGE_ID, SECOND_MESSAGE_ID],
});

const accountOf = (setting: AppleOauthSetting, gatewayUrl: string): AppleAccount => ({
  id: newId(),
  name: 'Shop on Apple Messages',
  businessId: '1f0c3f0a-58a4-4a39-8f2e-3f6a2f5f9b77',
  mspId: '7d0f9c52-3a61-4e0b-9a57-2f6f0d9b1c11',
  mspSecrets: ['LCihlNq5J0pGie1oaDWIGJ4wgWC42WbE0pchOf7JA10='],
  gatewayUrl,
  workstream: {
    id: newId(),
    name: 'Apple',
    channel: 'apple',
    distribution: 'push',
    capacity: 10,
    offerTimeout: 30,
    contextVariables: [{ name: 'tier', type: 'text' }],
    classification: [],
    declines: 3,
    wrapUp: 0,
    keepSameAgent: false,
    automatedMessages: [],
    routeToQueue: [],
    fallbackQueueId: newId(),
  },
  setting,
});

const snapshotOf = (accounts: AppleAccount[], version = 1): Snapshot => ({
  version,
  settings: new Map(),
  operatingHours: new Map(),
  queues: new Map(),
  quickReplies: new Map(),
  webhooks: new Map(),
  workstreams: new Map(),
  configurations: new Map(),
  deployments: new Map(),
  appleAccounts: new Map(accounts.map((account) => [account.id, account])),
  richMessages: new Map([
    richMessage(MESSAGE_ID, 'Please sign in', 'Please sign in'),
    richMessage(SECOND_MESSAGE_ID, 'Sign in, please', 'Your turn'),
    richMessage(newId(), 'Not of this setting', 'No'),
  ]),
  users: new Map(),
  usersByEmail: new Map(),
  apiKeysByHash: new Map(),
});

const richMessage = (id: string, name: string, receivedMessage: string): [string, RichMessage] => [
  id,
  { id, name, type: 'authentication', receivedMessage, replyMessage: 'You are signed in' },
];

export type { AppleSignIn, Contacts, Database, IdentityModule, Sessions };

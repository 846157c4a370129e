// A node with two Apple accounts, a gateway that plays Apple, devices that write, and an agent who answers.
import { createCipheriv, createHmac, randomBytes, randomUUID } from 'node:crypto';
import { readdirSync } from 'node:fs';
import { gzipSync } from 'node:zlib';
import type { Conversation, Entry } from '@countersign/protocol';
import { startTestNode, type TestNode, type TestNodeOptions } from '../start-node.ts';
import { type PlayingGateway, startPlayingGateway } from './playing-gateway.ts';

export const BUSINESS_ID = '1f0c3f0a-58a4-4a39-8f2e-3f6a2f5f9b77';
export const OTHER_BUSINESS_ID = '2f0c3f0a-58a4-4a39-8f2e-3f6a2f5f9b78';
export const ACCOUNT_ID = '6c0c2f0e-5a51-4d0e-9d6e-0d6a3c1f7a41';
export const MSP_ID = '7d0f9c52-3a61-4e0b-9a57-2f6f0d9b1c11';
export const SECRET = 'LCihlNq5J0pGie1oaDWIGJ4wgWC42WbE0pchOf7JA10=';
export const OLDER_SECRET = Buffer.alloc(32, 9).toString('base64');
const API_KEY = 'cs-test-key-of-an-agent-0123456789abcdef';

const configuration = (gatewayUrl: string) => `
queues: [{ name: Guests }, { name: Returns }]
workstreams:
  - name: Apple
    channel: apple
    distribution: pick
    contextVariables: [{ name: intent }, { name: group }, { name: locale }, { name: device-agent }]
    routeToQueue: [{ when: { variable: intent, is: returns }, queue: Returns }]
    fallbackQueue: Guests
    automatedMessages: [{ on: agent-joined, locale: en, text: "{AgentName} is here" }]
richMessages:
  - name: Delivery
    type: quick-reply
    summaryText: Delivery question
    items: [{ identifier: home, title: Home }, { identifier: point, title: Pick-up point }]
  - name: Colour
    type: list-picker
    receivedMessage: Choose a colour
    replyMessage: Your choice
    sections:
      - title: Colours
        multipleSelection: true
        items: [{ identifier: red, title: Red, subtitle: In stock }, { identifier: blue, title: Blue }]
  - name: Fitting
    type: time-picker
    receivedMessage: Choose a time
    replyMessage: Your time
    title: Fitting
    timezoneOffset: -420
    timeslots: [{ identifier: s1, startTime: "2027-03-02T17:00Z", duration: 3600 }]
  - { name: Shoes, type: rich-link, url: "https://shop.example/p/42", title: Trail shoes, image: { mediaType: image/png, data: aGVsbG8= } }
  - { name: Sign in, type: authentication, receivedMessage: Sign in, replyMessage: Done }
appleAccounts:
  - id: ${ACCOUNT_ID}
    name: Shop
    businessId: ${BUSINESS_ID}
    mspId: ${MSP_ID}
    mspSecret: [{ env: MSP_SECRET }, { env: OLDER_SECRET }]
    gatewayUrl: ${gatewayUrl}
    workstream: Apple
  - name: Outlet
    businessId: ${OTHER_BUSINESS_ID}
    mspId: ${MSP_ID}
    mspSecret: { env: MSP_SECRET }
    gatewayUrl: ${gatewayUrl}
    workstream: Apple
apiKeys: [{ name: Ada, token: { env: API_KEY }, roles: [agent, supervisor, administrator] }]
`;

export interface Request {
  body?: Record<string, unknown>;
  headers?: Record<string, string | null>;
  /** In place of the gzipped body. */
  bytes?: Buffer;
  method?: string;
}

/** One device of one customer. */
export interface Device {
  opaqueId: string;
  /** Sends what is answered with 200, and answers its id. */
  says(body: Record<string, unknown>, headers?: Record<string, string | null>): Promise<string>;
  conversation(): Promise<Conversation | undefined>;
}

export interface AppleWorld {
  node: TestNode;
  gateway: PlayingGateway;
  clock: { now(): number; move(ms: number): void };
  device(): Device;
  /** A webhook request as Apple makes it, changed as told. */
  post(opaqueId: string, request: Request): Promise<Response>;
  token(claims?: Record<string, unknown>, how?: { alg?: string; secret?: string }): string;
  agent<T>(method: string, path: string, body?: object): Promise<{ status: number; body: T }>;
  /** An agent's file. */
  upload(id: string, name: string, bytes: Buffer): Promise<Response>;
  /** What an agent says in a conversation that they have taken. */
  say(id: string, message: { text?: string; content?: unknown[] }): Promise<Entry>;
  take(device: Device): Promise<string>;
  entries(id: string): Promise<Entry[]>;
  /** Looks until an entry is as wanted. */
  entry(id: string, is: (entry: Entry) => boolean): Promise<Entry>;
  /** Counts of everything that a message could leave behind. */
  stored(): Promise<Record<string, number>>;
  /** Another node on the same database, without a bus between them: every hint is lost. */
  deafNode(): Promise<TestNode>;
  /** Encrypted, and kept by the gateway. */
  attachment(clear: Buffer, changes?: Record<string, unknown>): Record<string, unknown>;
  close(): Promise<void>;
}

export async function openAppleWorld(): Promise<AppleWorld> {
  const gateway = await startPlayingGateway();
  let offset = 0;
  const clock = {
    now: () => Date.now() + offset,
    move(ms: number) {
      offset += ms;
    },
  };
  const options: TestNodeOptions = {
    configuration: configuration(gateway.url),
    environment: {
      API_KEY,
      MSP_SECRET: SECRET,
      COUNTERSIGN_KEY: randomBytes(32).toString('base64'),
      OLDER_SECRET,
      COUNTERSIGN_ALLOW_PRIVATE_HOSTS: `127.0.0.1:${gateway.port}`,
    },
    clock,
  };
  const others: TestNode[] = [];
  const node = await startTestNode(options).catch(async (cause: unknown) => {
    await gateway.close();
    throw cause;
  });
  const world: AppleWorld = {
    node,
    gateway,
    clock,
    device,
    token,
    post,
    agent,
    upload: (id, name, bytes) =>
      fetch(`${node.url}/api/conversations/${id}/attachments?name=${encodeURIComponent(name)}`, {
        method: 'POST',
        headers: {
          authorization: `Bearer ${API_KEY}`,
          'content-type': 'application/octet-stream',
        },
        body: new Uint8Array(bytes),
      }),
    say,
    take,
    async entries(id) {
      const path = `/api/conversations/${id}/entries?limit=500`;
      return (await agent<{ items: Entry[] }>('GET', path)).body.items;
    },
    async entry(id, is) {
      for (;;) {
        const found = (await world.entries(id)).find(is);
        if (found) return found;
      }
    },
    async stored() {
      const tables = ['conversations', 'entries', 'apple_customers', 'apple_threads'];
      const all = [...tables, 'apple_received', 'apple_downloads', 'attachments'];
      const counts = await Promise.all(
        all.map(async (table) => {
          const { rows } = await node.database.pool.query(
            `select count(*)::int as n from ${table}`,
          );
          return [table, rows[0].n] as const;
        }),
      );
      return Object.fromEntries(counts);
    },
    attachment,
    async deafNode() {
      const DATABASE_URL = `postgresql:///postgres?host=${socketFolder(node.dataDir)}&user=countersign`;
      const environment = { ...options.environment, DATABASE_URL };
      const other = await startTestNode({ ...options, environment });
      others.push(other);
      return other;
    },
    async close() {
      await Promise.all(others.map((other) => other.close()));
      await node.close();
      await gateway.close();
    },
  };
  return world;

  function token(
    claims: Record<string, unknown> = {},
    { alg = 'HS256', secret = SECRET }: { alg?: string; secret?: string } = {},
  ): string {
    const part = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url');
    const iat = Math.floor(clock.now() / 1000);
    const signed = `${part({ alg })}.${part({ aud: MSP_ID, iat, ...claims })}`;
    const key = Buffer.from(secret, 'base64');
    return `${signed}.${createHmac('sha256', key).update(signed).digest('base64url')}`;
  }

  async function post(opaqueId: string, { body, headers, bytes, method }: Request) {
    const id = randomUUID();
    const whole = { v: 1, id, sourceId: opaqueId, destinationId: BUSINESS_ID, ...body };
    const all: Record<string, string | null> = {
      authorization: `Bearer ${token()}`,
      id: String(whole.id),
      'source-id': opaqueId,
      'destination-id': BUSINESS_ID,
      'content-encoding': 'gzip',
      'content-type': 'application/json',
      ...headers,
    };
    const given = Object.entries(all).flatMap(([name, value]) =>
      value === null ? [] : [[name, value]],
    );
    return fetch(`${node.url}/channels/apple/message`, {
      signal: AbortSignal.timeout(20_000),
      method: method ?? 'POST',
      headers: Object.fromEntries(given),
      ...(method === 'GET'
        ? {}
        : { body: new Uint8Array(bytes ?? gzipSync(JSON.stringify(whole))) }),
    });
  }

  function device(): Device {
    const opaqueId = `urn:mbid:${randomBytes(24).toString('base64')}`;
    return {
      opaqueId,
      async says(body, headers = {}) {
        const id = randomUUID();
        const capabilities = { 'capability-list': 'auth2, List,QUICK , TIME' };
        const answer = await post(opaqueId, {
          body: { id, ...body },
          headers: { ...capabilities, ...headers },
        });
        if (answer.status !== 200) throw new Error(`Apple got ${answer.status}`);
        return String(body.id ?? id);
      },
      async conversation() {
        const { rows } = await node.database.pool.query(
          'select conversation_id from apple_threads where opaque_id = $1 order by conversation_id desc',
          [opaqueId],
        );
        const id = rows[0]?.conversation_id;
        if (id === undefined) return undefined;
        return (await agent<Conversation>('GET', `/api/conversations/${id}`)).body;
      },
    };
  }

  async function agent<T>(method: string, path: string, body?: object) {
    const response = await fetch(node.url + path, {
      method,
      headers: {
        authorization: `Bearer ${API_KEY}`,
        ...(body && { 'content-type': 'application/json' }),
      },
      ...(body && { body: JSON.stringify(body) }),
    });
    const text = await response.text();
    const answer: T = text === '' ? null : JSON.parse(text);
    return { status: response.status, body: answer };
  }

  async function say(id: string, message: { text?: string; content?: unknown[] }) {
    const path = `/api/conversations/${id}/messages`;
    const { status, body } = await agent<Entry>('POST', path, {
      ...message,
      clientId: randomUUID(),
    });
    if (status !== 200) throw new Error(`${path}: ${status} ${JSON.stringify(body)}`);
    return body;
  }

  async function take(from: Device): Promise<string> {
    const conversation = await from.conversation();
    if (!conversation) throw new Error('they have no conversation');
    const { status } = await agent('POST', `/api/conversations/${conversation.id}/pick`);
    if (status !== 200) throw new Error(`pick: ${status}`);
    return conversation.id;
  }

  function attachment(clear: Buffer, changes: Record<string, unknown> = {}) {
    const key = randomBytes(32);
    const bytes = createCipheriv('aes-256-ctr', key, Buffer.alloc(16)).update(clear);
    const url = `https://content.example/${randomUUID()}`;
    gateway.blobs.set(url, bytes);
    return {
      ...{ name: 'note.txt', mimeType: 'text/plain', size: bytes.length, url, owner: 'owner-1' },
      ...{ signature: 'AB01cd', key: `00${key.toString('hex')}`, ...changes },
    };
  }
}

function socketFolder(dataDir: string): string {
  const entries = readdirSync(dataDir, { recursive: true, withFileTypes: true });
  const socket = entries.find((entry) => entry.name === '.s.PGSQL.5432');
  if (!socket) throw new Error('the embedded database listens nowhere');
  return socket.parentPath;
}

// A node with two queues and somebody of every kind: what each may do is in routes.md.
import assert from 'node:assert/strict';
import { once } from 'node:events';
import type { Conversation, LiveFrame } from '@countersign/protocol';
import {
  type KeyServer,
  type SigningKey,
  signingKey,
  signToken,
  startKeyServer,
} from '@countersign/simulators';
import { WebSocket } from 'ws';
import { GuestClient } from '../guest-api/guest-client.ts';
import { startTestNode, type TestNode } from '../start-node.ts';

export const deployments = {
  ours: '6c0c2f0e-5a51-4d0e-9d6e-0d6a3c1f7b11',
  theirs: '6c0c2f0e-5a51-4d0e-9d6e-0d6a3c1f7b12',
  portal: '6c0c2f0e-5a51-4d0e-9d6e-0d6a3c1f7b13',
};

/** Columns of routes.md, in their order. */
export const actorNames = [
  'nobody',
  'guest',
  'customer',
  'agent of Ours',
  'agent of Theirs',
  'supervisor',
  'administrator',
  'administrator with secrets',
  'developer',
  'agent key',
  'supervisor key',
  'administrator key',
  'developer key',
] as const;
export type ActorName = (typeof actorNames)[number];

const PASSWORD = 'correct horse battery';
const KEYS = {
  'agent key': 'cs-key-of-an-agent-0123456789abcdef0123',
  'supervisor key': 'cs-key-of-a-supervisor-0123456789abcdef',
  'administrator key': 'cs-key-of-an-administrator-0123456789ab',
  'developer key': 'cs-key-of-a-developer-0123456789abcdef0',
};
const PEOPLE = {
  'agent of Ours': 'maria@shop.example',
  'agent of Theirs': 'tom@shop.example',
  supervisor: 'ines@shop.example',
  administrator: 'anna@shop.example',
  'administrator with secrets': 'arne@shop.example',
  developer: 'dev@shop.example',
};

export interface Answer {
  status: number;
  type: string | null;
  text: string;
}

export interface Company {
  node: TestNode;
  url: string;
  /** Who each actor is, as request headers. */
  headersOf: Record<ActorName, Record<string, string>>;
  call(actor: ActorName, method: string, path: string, body?: object | string): Promise<Answer>;
  /** As the supervisor; fails when it is refused. */
  supervise<T = Conversation>(method: string, path: string, body?: object): Promise<T>;
  /** A guest who has said something, and the conversation as agents know it. */
  guest(queue: 'ours' | 'theirs', text: string): Promise<Chat>;
  /** A person whom the portal has signed in. */
  customer(subject: string, text: string, claims?: object): Promise<Chat & { jwt: string }>;
  live(actor: ActorName): Promise<Live>;
  close(): Promise<void>;
}

export interface Chat {
  client: GuestClient;
  conversation: Conversation;
}

export async function openCompany(): Promise<Company> {
  const portalKey = await signingKey({ kid: 'portal-1' });
  const keys = await startKeyServer({
    respond: () => ({ kind: 'body', body: portalKey.publicKeyPem }),
  });
  const node = await startTestNode({
    configuration: configuration(keys),
    environment: {
      PASSWORD,
      AGENT_KEY: KEYS['agent key'],
      SUPERVISOR_KEY: KEYS['supervisor key'],
      ADMINISTRATOR_KEY: KEYS['administrator key'],
      DEVELOPER_KEY: KEYS['developer key'],
      COUNTERSIGN_RATE_LIMITS: 'off',
      COUNTERSIGN_ALLOW_PRIVATE_HOSTS: `127.0.0.1:${keys.port}`,
    },
  });
  const { url } = node;
  const open: { close(): Promise<void> }[] = [];
  const bearer = (token: string) => ({ authorization: `Bearer ${token}` });
  const headersOf = Object.fromEntries([
    ['nobody', {}],
    ...Object.entries(KEYS).map(([name, key]) => [name, bearer(key)]),
    ...(await Promise.all(
      Object.entries(PEOPLE).map(async ([name, email]) => [name, await signIn(url, email)]),
    )),
  ]);

  const company: Company = {
    node,
    url,
    headersOf,
    async call(actor, method, path, body) {
      const yaml = typeof body === 'string';
      const response = await fetch(url + path, {
        method,
        headers: {
          ...headersOf[actor],
          ...(body ? { 'content-type': yaml ? 'text/yaml' : 'application/json' } : {}),
        },
        ...(body ? { body: yaml ? body : JSON.stringify(body) } : {}),
      });
      const type = response.headers.get('content-type');
      return { status: response.status, type, text: await response.text() };
    },
    async supervise(method, path, body) {
      const { status, text } = await company.call('supervisor', method, path, body);
      assert.ok(status < 300, `${method} ${path}: ${status} ${text}`);
      return text === '' ? null : JSON.parse(text);
    },
    async guest(queue, text) {
      const client = await GuestClient.connect(url, { deploymentId: deployments[queue] });
      open.push(client);
      await client.configure();
      assert.equal((await client.say(text)).code, 200);
      return { client, conversation: await conversationThatSays(company, text) };
    },
    async customer(subject, text, claims = {}) {
      const jwt = await exchange(url, portalKey, { sub: subject, ...claims });
      const client = await GuestClient.connect(url, { deploymentId: deployments.portal });
      open.push(client);
      assert.equal((await client.signIn(jwt)).code, 200);
      assert.equal((await client.say(text)).code, 200);
      return { client, jwt, conversation: await conversationThatSays(company, text) };
    },
    async live(actor) {
      const live = await Live.connect(url, headersOf[actor]);
      open.push(live);
      return live;
    },
    async close() {
      await Promise.all(open.map((item) => item.close()));
      await node.close();
      await keys.close();
    },
  };
  const chat = await company.guest('ours', 'I have a history token');
  const { body } = await chat.client.ask({ action: 'getJwt' });
  headersOf.guest = bearer(body.jwt ?? '');
  headersOf.customer = bearer((await company.customer('portal-user-9', 'I have a JWT')).jwt);
  return company;
}

async function conversationThatSays(company: Company, text: string): Promise<Conversation> {
  for (;;) {
    const { items } = await company.supervise<{ items: Conversation[] }>(
      'GET',
      '/api/conversations?limit=200',
    );
    const found = items.findLast(({ preview }) => preview?.text === text);
    assert.ok(found, `a conversation that says ${text}`);
    // Routed after the echo: from then on nothing is written that the test does not cause
    if (found.queue !== null) return found;
  }
}

async function signIn(url: string, email: string): Promise<Record<string, string>> {
  const response = await fetch(`${url}/auth/sign-in/email`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', origin: url },
    body: JSON.stringify({ email, password: PASSWORD }),
  });
  assert.equal(response.status, 200, await response.clone().text());
  const cookies = response.headers.getSetCookie().map((line) => line.split(';')[0]);
  return { cookie: cookies.join('; '), origin: url };
}

async function exchange(url: string, key: SigningKey, claims: object): Promise<string> {
  const now = Math.floor(Date.now() / 1000);
  const token = signToken(key, { iss: 'portal.example', iat: now, exp: now + 900, ...claims });
  const response = await fetch(`${url}/api/v2/webdeployments/token/signedtokenexchange`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ deploymentId: deployments.portal, token }),
  });
  assert.equal(response.status, 200, await response.clone().text());
  const { jwt }: { jwt: string } = await response.json();
  return jwt;
}

/** The status with which the live feed is refused; 101: it opens. */
export async function upgradeStatus(
  url: string,
  path: string,
  headers: Record<string, string>,
): Promise<number> {
  const socket = new WebSocket(url.replace(/^http/, 'ws') + path, { headers });
  socket.on('error', () => {});
  const status = await Promise.race([
    once(socket, 'open').then(() => 101),
    once(socket, 'unexpected-response').then(([, response]) => Number(response.statusCode)),
  ]);
  socket.terminate();
  return status;
}

/** A connection to the live feed that keeps every frame, and asks for nothing by itself. */
export class Live {
  readonly frames: LiveFrame[] = [];
  closedWith: number | null = null;
  #socket: WebSocket;
  #waiting: (() => void)[] = [];

  private constructor(socket: WebSocket) {
    this.#socket = socket;
    socket.on('message', (data) => {
      this.frames.push(JSON.parse(String(data)));
      this.#wake();
    });
    socket.on('close', (code) => {
      this.closedWith = code;
      this.#wake();
    });
  }

  static async connect(url: string, headers: Record<string, string>): Promise<Live> {
    const socket = new WebSocket(`${url.replace(/^http/, 'ws')}/api/live`, { headers });
    const live = new Live(socket);
    await once(socket, 'open');
    live.send({ type: 'start' });
    await live.until((frame) => frame.type === 'ready');
    return live;
  }

  send(request: object): void {
    this.#socket.send(JSON.stringify(request));
  }

  /** The first frame, past or to come, that fits. */
  async until(fits: (frame: LiveFrame) => boolean): Promise<LiveFrame> {
    for (;;) {
      const found = this.frames.find(fits);
      if (found) return found;
      assert.equal(this.closedWith, null, 'the live feed closed');
      await this.#change();
    }
  }

  async closed(): Promise<number> {
    while (this.closedWith === null) await this.#change();
    return this.closedWith;
  }

  /** Every frame so far that mentions this, as text. */
  mentions(text: string): string[] {
    return this.frames.map((frame) => JSON.stringify(frame)).filter((line) => line.includes(text));
  }

  async close(): Promise<void> {
    if (this.#socket.readyState === WebSocket.CLOSED) return;
    this.#socket.close();
    await this.closed();
  }

  #change(): Promise<void> {
    return new Promise((resolve) => this.#waiting.push(resolve));
  }

  #wake(): void {
    for (const resolve of this.#waiting.splice(0)) resolve();
  }
}

const configuration = (keys: KeyServer): string => `
authenticationSettings:
  - name: Portal token
    type: signed-token
    owner: anna@shop.example
    publicKeyUrl: ${keys.url}/publickey
    clientFunction: auth.getAuthenticationToken
    issuer: portal.example
${PEOPLE_AND_QUEUES}
workstreams:
  - { name: Ours, channel: web, distribution: pick, capacity: 10, fallbackQueue: Ours }
  - { name: Theirs, channel: web, distribution: pick, capacity: 10, fallbackQueue: Theirs }
messengerConfigurations:
  - { name: Guests, authentication: { enabled: false } }
  - { name: Portal, authentication: { enabled: true, setting: Portal token, allowSessionUpgrade: true } }
deployments:
  - { id: ${deployments.ours}, name: ours, configuration: Guests, workstream: Ours, status: Active, allowAllDomains: true }
  - { id: ${deployments.theirs}, name: theirs, configuration: Guests, workstream: Theirs, status: Active, allowAllDomains: true }
  - { id: ${deployments.portal}, name: portal, configuration: Portal, workstream: Ours, status: Active, allowAllDomains: true }
apiKeys:
  - { name: Agent bot, token: { env: AGENT_KEY }, roles: [agent] }
  - { name: Supervisor bot, token: { env: SUPERVISOR_KEY }, roles: [supervisor] }
  - { name: Administrator bot, token: { env: ADMINISTRATOR_KEY }, roles: [administrator] }
  - { name: Developer bot, token: { env: DEVELOPER_KEY }, roles: [developer] }
`;

const PEOPLE_AND_QUEUES = `
users:
  - { email: maria@shop.example, name: Maria Santos, nickname: Maria, roles: [agent], capacity: 1000, password: { env: PASSWORD } }
  - { email: tom@shop.example, name: Tom Weber, nickname: Tom, roles: [agent], capacity: 1000, password: { env: PASSWORD } }
  - { email: ines@shop.example, name: Ines Duarte, nickname: Ines, roles: [supervisor], password: { env: PASSWORD } }
  - { email: anna@shop.example, name: Anna Admin, roles: [administrator], password: { env: PASSWORD } }
  - { email: arne@shop.example, name: Arne Admin, roles: [administrator, secrets], password: { env: PASSWORD } }
  - { email: dev@shop.example, name: Dev Eloper, nickname: Dev, roles: [developer], password: { env: PASSWORD } }
queues:
  - { name: Ours, priority: 10, assignment: round-robin, members: [maria@shop.example] }
  - { name: Theirs, priority: 5, assignment: round-robin, members: [tom@shop.example] }
`;

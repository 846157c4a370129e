// A node with two agents and a supervisor at work, and guests who write in.
import assert from 'node:assert/strict';
import { once } from 'node:events';
import type { Conversation, Entry, LiveFrame, Me, Problem } from '@countersign/protocol';
import { WebSocket } from 'ws';
import { GuestClient } from '../guest-api/guest-client.ts';
import { startTestNode, type TestNode } from '../start-node.ts';

export const GUESTS = '6c0c2f0e-5a51-4d0e-9d6e-0d6a3c1f7a13';
export const PICK = '6c0c2f0e-5a51-4d0e-9d6e-0d6a3c1f7a14';
const PASSWORD = 'correct horse battery';

const CONFIGURATION = `
users:
  - { email: maria@shop.example, name: Maria Santos, nickname: Maria, roles: [agent], capacity: 20, password: { env: PASSWORD } }
  - { email: tom@shop.example, name: Tom Weber, nickname: Tom, roles: [agent], capacity: 20, password: { env: PASSWORD } }
  - { email: ines@shop.example, name: Ines Duarte, nickname: Ines, roles: [supervisor], password: { env: PASSWORD } }
  - { email: dev@shop.example, name: Dev Eloper, nickname: Dev, roles: [developer], password: { env: PASSWORD } }
queues:
  - { name: Guests, priority: 10, assignment: round-robin, members: [maria@shop.example, tom@shop.example] }
  - { name: Only Tom, priority: 5, assignment: highest-capacity, members: [tom@shop.example] }
workstreams:
  - { name: Push, channel: web, distribution: push, capacity: 10, offerTimeout: 60, declines: 1, fallbackQueue: Guests }
  - { name: Pick, channel: web, distribution: pick, capacity: 10, offerTimeout: 60, fallbackQueue: Only Tom }
messengerConfigurations:
  - { name: Guests, authentication: { enabled: false }, conversations: { disconnect: Send } }
deployments:
  - { id: ${GUESTS}, name: push, configuration: Guests, workstream: Push, status: Active, allowAllDomains: true }
  - { id: ${PICK}, name: pick, configuration: Guests, workstream: Pick, status: Active, allowAllDomains: true }
`;

export interface Answer<T> {
  status: number;
  body: T & Problem & { items: T[]; next?: string };
}

export interface Staff {
  id: string;
  call<T = Conversation>(method: string, path: string, body?: object): Promise<Answer<T>>;
  /** The answer itself, headers too. */
  raw(path: string): Promise<Response>;
  available(): Promise<void>;
  live(first?: object): Promise<Live>;
}

type StaffName = 'maria' | 'tom' | 'ines' | 'dev';

export interface Office {
  node: TestNode;
  clock: { advance(ms: number): void };
  signIn(name: StaffName): Promise<Staff>;
  /** Two agents and a supervisor, signed in. */
  staff(): Promise<Record<'maria' | 'tom' | 'ines', Staff>>;
  /** A guest who has said something: a conversation towards agents exists. */
  guest(text: string, deploymentId?: string): Promise<GuestClient>;
  close(): Promise<void>;
}

/** `configured` makes of the office's configuration (YAML) what a test needs besides. */
export async function openOffice(
  configured: (configuration: string) => string = (same) => same,
): Promise<Office> {
  let offset = 0;
  const node = await startTestNode({
    configuration: configured(CONFIGURATION),
    environment: { PASSWORD, COUNTERSIGN_RATE_LIMITS: 'off' },
    clock: { now: () => Date.now() + offset },
  });
  const open: { close(): Promise<void> }[] = [];
  const signInAs = (name: StaffName) => signIn(node.url, `${name}@shop.example`, open);
  return {
    node,
    clock: {
      advance(ms) {
        offset += ms;
      },
    },
    signIn: signInAs,
    async staff() {
      return {
        maria: await signInAs('maria'),
        tom: await signInAs('tom'),
        ines: await signInAs('ines'),
      };
    },
    async guest(text, deploymentId = GUESTS) {
      const client = await GuestClient.connect(node.url, { deploymentId });
      open.push(client);
      await client.configure();
      assert.equal((await client.say(text)).code, 200);
      return client;
    },
    async close() {
      await Promise.all(open.map((item) => item.close()));
      await node.close();
    },
  };
}

/**
 * The conversation that shows this text, as this person sees it, once it has its queue: the guest has the
 * echo before that.
 */
export async function conversationOf(staff: Staff, text: string): Promise<Conversation> {
  for (;;) {
    const { body } = await staff.call('GET', '/api/conversations?limit=200');
    const found = body.items.find(({ preview }) => preview?.text === text);
    assert.ok(found, `a conversation that shows ${text}`);
    if (found.queue !== null) return found;
  }
}

async function signIn(
  url: string,
  email: string,
  open: { close(): Promise<void> }[],
): Promise<Staff> {
  const response = await fetch(`${url}/auth/sign-in/email`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', origin: url },
    body: JSON.stringify({ email, password: PASSWORD }),
  });
  assert.equal(response.status, 200, await response.clone().text());
  const cookie = response.headers
    .getSetCookie()
    .map((line) => line.split(';')[0])
    .join('; ');
  const call: Staff['call'] = async (method, path, body) => {
    const answer = await fetch(`${url}${path}`, {
      method,
      headers: { cookie, origin: url, ...(body ? { 'content-type': 'application/json' } : {}) },
      ...(body ? { body: JSON.stringify(body) } : {}),
    });
    const text = await answer.text();
    return { status: answer.status, body: text ? JSON.parse(text) : {} };
  };
  const me = await call<Me>('GET', '/api/me');
  return {
    id: me.body.id,
    call,
    raw: (path) => fetch(`${url}${path}`, { headers: { cookie } }),
    async available() {
      assert.equal((await call('PUT', '/api/me/presence', { presence: 'available' })).status, 204);
    },
    async live(first = { type: 'start' }) {
      const live = await Live.connect(url, cookie, first);
      open.push(live);
      return live;
    },
  };
}

/** A connection to the live feed that keeps every frame. */
export class Live {
  readonly frames: LiveFrame[] = [];
  #socket: WebSocket;
  #waiting: (() => void)[] = [];

  private constructor(socket: WebSocket) {
    this.#socket = socket;
    socket.on('message', (data) => {
      this.frames.push(JSON.parse(String(data)));
      for (const resolve of this.#waiting.splice(0)) resolve();
    });
    socket.on('close', () => {
      for (const resolve of this.#waiting.splice(0)) resolve();
    });
  }

  static async connect(url: string, cookie: string, first: object): Promise<Live> {
    const socket = new WebSocket(`${url.replace(/^http/, 'ws')}/api/live`, {
      headers: { cookie },
      origin: url,
    });
    const live = new Live(socket);
    await once(socket, 'open');
    live.send(first);
    await live.until((frame) => frame.type === 'ready');
    return live;
  }

  send(request: object): void {
    this.#socket.send(JSON.stringify(request));
  }

  /** The first frame, past or to come, that fits. */
  async until<F extends LiveFrame>(fits: (frame: LiveFrame) => boolean): Promise<F> {
    for (;;) {
      const found = this.frames.find(fits);
      if (found) return found as F;
      assert.equal(this.#socket.readyState, WebSocket.OPEN, 'the live feed closed');
      await new Promise<void>((resolve) => this.#waiting.push(resolve));
    }
  }

  offer(): Promise<Extract<LiveFrame, { type: 'offer' }>> {
    return this.until((frame) => frame.type === 'offer');
  }

  entries(conversation: string): Entry[] {
    return this.frames.flatMap((frame) =>
      frame.type === 'entry' && frame.conversation === conversation ? [frame.entry] : [],
    );
  }

  async close(): Promise<void> {
    if (this.#socket.readyState === WebSocket.CLOSED) return;
    const closed = once(this.#socket, 'close');
    this.#socket.close();
    await closed;
  }
}

// A proof that ends in the middle of a chat, against a real node: on a clock that the test moves.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { deployments, startWorld, type World } from '../../server/test/guest-api/world.ts';
import {
  type Entry,
  memoryStore,
  NoProof,
  type Proof,
  type TokenStore,
  Transport,
} from '../src/index.ts';
import { readTimes } from '../src/session-jwt.ts';
import { cuttable } from './cuttable-socket.ts';
import { type MovedClock, movedClock } from './moved-clock.ts';

let world: World;
const opened: Transport[] = [];

before(async () => {
  world = await startWorld(
    { COUNTERSIGN_RATE_LIMITS: 'off' },
    { shop: 'reproof: token', portal: 'reproof: token' },
  );
});
after(async () => {
  for (const transport of opened) transport.disconnect();
  await world.close();
});

/** Time passes for the node and for the client: less than the silence after which a line counts as dead. */
async function pass(clock: MovedClock, ms: number): Promise<void> {
  world.clock.advance(ms);
  await clock.advance(ms);
}

function open(deploymentId: string, store: TokenStore, getProof: () => Promise<Proof>) {
  const clock = movedClock(world.clock.now());
  const { environment } = cuttable('https://shop.example');
  const transport = new Transport({
    url: world.url,
    deploymentId,
    store,
    getProof,
    environment: { ...environment, ...clock.environment, webSocket: environment.webSocket },
  });
  opened.push(transport);
  return { transport, clock };
}

const tokenOf =
  (sub: string, seconds = 30) =>
  async (): Promise<Proof> => {
    const exp = Math.floor(world.clock.now() / 1000) + seconds;
    return { kind: 'signed-token', token: world.portalToken({ sub, exp }) };
  };

function until(transport: Transport, holds: () => boolean): Promise<void> {
  return new Promise((resolve) => {
    if (holds()) return resolve();
    const end = transport.on('change', () => {
      if (!holds()) return;
      end();
      resolve();
    });
  });
}

const isOpen = (transport: Transport) => until(transport, () => transport.state.kind === 'open');
const textsOf = (entries: readonly Entry[]) =>
  entries.flatMap((entry) => (entry.kind === 'message' ? [entry.text] : []));
const allSent = (transport: Transport) => () =>
  transport.entries.every((entry) => entry.kind !== 'message' || entry.delivery.kind === 'sent');

async function said(transport: Transport, text: string): Promise<void> {
  transport.send(text);
  await until(transport, allSent(transport));
}

interface Stored {
  kind: string;
  text?: string;
  identity?: string;
}

async function storedOf(text: string): Promise<{ path: string; entries: Stored[] }> {
  const { body } = await world.agent('GET', '/api/conversations?limit=200');
  const items = (body as { items?: { id: string; preview?: { text: string } }[] }).items ?? [];
  const found = items.find(({ preview }) => preview?.text === text);
  assert.ok(found, `a conversation in which ${text} was said last`);
  const path = `/api/conversations/${found.id}`;
  const answer = await world.agent('GET', `${path}/entries`);
  return { path, entries: (answer.body as { items?: Stored[] }).items ?? [] };
}

/** The JWT that is kept, once it is another one. */
function another(transport: Transport, store: TokenStore): Promise<void> {
  const before = store.get('jwt');
  return until(transport, () => store.get('jwt') !== before && transport.state.kind === 'open');
}

test('tokens of 30 s: renewed by the site’s function, no interruption, every message verified', async () => {
  const store = memoryStore();
  let asked = 0;
  const proof = tokenOf('brief-1');
  const { transport, clock } = open(deployments.portal, store, () => {
    asked += 1;
    return proof();
  });
  const standings = new Set<string>();
  transport.on('change', () => standings.add(`${transport.state.kind} ${transport.standing.kind}`));
  await transport.signIn(await proof());
  await isOpen(transport);
  await said(transport, 'minute 0');
  for (let renewals = 1; renewals <= 3; renewals += 1) {
    const { untilMs } = readTimes(store.get('jwt') ?? '');
    assert.ok(untilMs !== null, 'the JWT says until when');
    const renewed = another(transport, store);
    await pass(clock, untilMs - 5000 - clock.now());
    await renewed;
    assert.equal(asked, renewals);
    await said(transport, `minute ${renewals}`);
  }
  assert.deepEqual([...standings], ['connecting current', 'open current']);
  const { entries } = await storedOf('minute 3');
  const kinds = entries.map(({ kind }) => kind).filter((kind) => /sign|laps/.test(kind));
  assert.deepEqual(kinds, ['signed-in'], 'silent: nothing about it is in the log');
  const marks = transport.entries.flatMap((e) => (e.kind === 'message' ? [e.authenticated] : []));
  assert.deepEqual(marks, [true, true, true, true]);
});

test('nobody can answer: lapsed, what is written waits, and goes out once and verified when it works again', async () => {
  const store = memoryStore();
  let site: () => Promise<Proof> = () => Promise.reject(new NoProof('timeout'));
  const { transport, clock } = open(deployments.portal, store, () => site());
  await transport.signIn(await tokenOf('brief-2')());
  await isOpen(transport);
  await said(transport, 'before');
  await pass(clock, 31_000);
  assert.equal(transport.standing.kind, 'lapsed');
  assert.equal(transport.state.kind, 'open', 'the socket stays');
  transport.draft = 'a half sen';
  transport.send('held 1');
  transport.send('held 2');
  const { path, entries } = await storedOf('before');
  assert.ok(!entries.some(({ text }) => text?.startsWith('held')));
  await world.agent('POST', `${path}/pick`);
  await world.agent('POST', `${path}/messages`, { text: 'I am here', clientId: '1' });
  await until(transport, () => textsOf(transport.entries).includes('I am here'));
  assert.equal(transport.draft, 'a half sen');

  site = tokenOf('brief-2');
  const renewed = another(transport, store);
  await pass(clock, 2000);
  await renewed;
  await until(transport, allSent(transport));
  const after = await storedOf('held 2');
  const texts = after.entries.flatMap(({ kind, text }) => (kind === 'message' ? [text] : []));
  assert.deepEqual(texts, ['before', 'I am here', 'held 1', 'held 2']);
  const mine = transport.entries.filter((e) => e.kind === 'message' && e.direction === 'inbound');
  assert.deepEqual(
    mine.map((e) => e.kind === 'message' && e.authenticated),
    [true, true, true],
  );
});

test('a proof that is refused lapses with its reference, and a good one of the customer ends that', async () => {
  const store = memoryStore();
  const bad = async (): Promise<Proof> => ({
    kind: 'signed-token',
    token: world.portalToken({ sub: 'brief-3', iss: 'somebody-else.example' }),
  });
  const { transport, clock } = open(deployments.portal, store, bad);
  await transport.signIn(await tokenOf('brief-3')());
  await isOpen(transport);
  await said(transport, 'hello from three');
  const lapsed = until(transport, () => transport.standing.kind === 'lapsed');
  await pass(clock, 26_000);
  await lapsed;
  const { standing } = transport;
  assert.match((standing.kind === 'lapsed' && standing.reference) || '', /^\w{4}-\w{4}$/);
  transport.send('held');
  await assert.rejects(transport.signIn(await bad()));
  assert.equal(transport.state.kind, 'open', 'what is open stays so');
  await transport.signIn(await tokenOf('brief-3')());
  await until(transport, allSent(transport));
  assert.deepEqual(textsOf(transport.entries), ['hello from three', 'held']);
});

test('another person at the renewal: the first one’s chat is gone before anything of theirs is shown', async () => {
  const store = memoryStore();
  const { transport, clock } = open(deployments.portal, store, tokenOf('brief-5'));
  await transport.signIn(await tokenOf('brief-4')());
  await isOpen(transport);
  await said(transport, 'only for four');
  transport.draft = 'and this too';
  transport.keep('answers', 'and what was asked');
  const first = transport.person?.identity;
  const shown: unknown[] = [];
  transport.on('change', () => {
    if (transport.person?.identity !== first) {
      shown.push(...transport.entries, transport.draft, transport.kept('answers'));
    }
  });
  const renewed = another(transport, store);
  await pass(clock, 26_000);
  await renewed;
  await until(transport, () => transport.state.kind === 'open');
  assert.deepEqual(
    shown.filter((thing) => thing !== ''),
    [],
  );
  await said(transport, 'I am five');
  assert.deepEqual(textsOf(transport.entries), ['I am five']);
  const { entries } = await storedOf('I am five');
  assert.ok(!entries.some(({ text }) => text === 'only for four'));
});

test('two tabs: one asks, both go on; one signs out, both forget', async () => {
  const store = memoryStore();
  let asked = 0;
  const proof = async () => {
    asked += 1;
    return tokenOf('brief-6')();
  };
  const first = open(deployments.portal, store, proof);
  const second = open(deployments.portal, store, proof);
  await first.transport.signIn(await tokenOf('brief-6')());
  second.transport.connect();
  await Promise.all([isOpen(first.transport), isOpen(second.transport)]);
  const renewed = another(first.transport, store);
  world.clock.advance(26_000);
  await first.clock.advance(26_000);
  await renewed;
  second.transport.tokensChanged();
  await second.clock.advance(26_000);
  assert.equal(asked, 1);
  await said(second.transport, 'from the second');
  await first.transport.signOut();
  second.transport.tokensChanged();
  for (const { transport } of [first, second]) {
    assert.deepEqual(transport.state, { kind: 'closed', reason: 'signed-out' });
    assert.deepEqual(transport.entries, []);
  }
});

test('at a provider: renewed by the refresh token, the customer’s page is not asked', async () => {
  world.provider.setLifetimes({ accessTokenSeconds: 30 });
  const store = memoryStore();
  const { transport, clock } = open(deployments.shop, store, () =>
    Promise.reject(new Error('the page was asked')),
  );
  await transport.signIn(await world.providerProof('u-1012'));
  await isOpen(transport);
  await said(transport, 'at the provider');
  const { untilMs } = readTimes(store.get('jwt') ?? '');
  assert.ok(untilMs !== null && store.get('refresh'));
  const renewed = another(transport, store);
  await pass(clock, untilMs - 3000 - clock.now());
  await renewed;
  assert.equal(transport.standing.kind, 'current');
  assert.ok((readTimes(store.get('jwt') ?? '').untilMs ?? 0) > untilMs);
  await said(transport, 'still verified');
  const { entries } = await storedOf('still verified');
  assert.ok(!entries.some(({ kind }) => kind === 'lapsed'));
});

test('signed out on this device: the other device goes on', async () => {
  const devices = [memoryStore(), memoryStore()].map((store) =>
    open(deployments.shop, store, () => Promise.reject(new NoProof('empty'))),
  );
  const [here, there] = devices.map(({ transport }) => transport);
  assert.ok(here && there);
  for (const transport of [here, there]) {
    await transport.signIn(await world.providerProof('u-1007'));
    await isOpen(transport);
  }
  await said(here, 'from here');
  await until(there, () => textsOf(there.entries).includes('from here'));
  await here.signOut({ everywhere: false });
  assert.equal(here.state.kind, 'closed');
  await said(there, 'from there');
  assert.deepEqual(textsOf(there.entries), ['from here', 'from there']);
});

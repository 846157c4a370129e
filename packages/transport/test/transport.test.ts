// The transport against a real node: what a site's own messenger would rely on.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { deployments, startWorld, type World } from '../../server/test/guest-api/world.ts';
import { type Entry, memoryStore, RestError, type State, Transport } from '../src/index.ts';
import { cuttable } from './cuttable-socket.ts';

let world: World;
const opened: Transport[] = [];

before(async () => {
  world = await startWorld({ COUNTERSIGN_RATE_LIMITS: 'off' });
});
after(async () => {
  for (const transport of opened) transport.disconnect();
  await world.close();
});

function open(deploymentId: string, more: object = {}): Transport {
  const transport = new Transport({
    url: world.url,
    deploymentId,
    store: memoryStore(),
    environment: cuttable('https://shop.example').environment,
    ...more,
  });
  opened.push(transport);
  return transport;
}

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

async function conversationWith(text: string): Promise<string> {
  const { body } = await world.agent('GET', '/api/conversations?limit=200');
  const items = (body as { items?: { id: string; preview?: { text: string } }[] }).items ?? [];
  const found = items.find(({ preview }) => preview?.text === text);
  assert.ok(found, `a conversation in which ${text} was said last`);
  return found.id;
}

test('a guest writes and reads: sending becomes sent, an answer arrives', async () => {
  const transport = open(deployments.open);
  transport.connect();
  await isOpen(transport);
  transport.send('Do you ship to Iceland?');
  const [pending] = transport.entries;
  assert.ok(pending?.kind === 'message' && pending.delivery.kind === 'sending', 'local echo');
  await until(transport, allSent(transport));
  assert.equal(transport.entries.length, 1, 'the echo takes the place of the local one');
  assert.equal(transport.entries[0]?.key, pending.key);

  const path = `/api/conversations/${await conversationWith('Do you ship to Iceland?')}`;
  await world.agent('POST', `${path}/pick`);
  await world.agent('POST', `${path}/messages`, { text: 'We do.', clientId: '1' });
  await until(transport, () => textsOf(transport.entries).includes('We do.'));
  assert.deepEqual(textsOf(transport.entries), ['Do you ship to Iceland?', 'We do.']);
});

test('cut off with messages under way: they arrive once, in order, and nothing said meanwhile is missed', async () => {
  const line = cuttable('https://shop.example');
  const transport = open(deployments.open, { environment: line.environment });
  transport.connect();
  await isOpen(transport);
  transport.send('first');
  await until(transport, allSent(transport));
  const path = `/api/conversations/${await conversationWith('first')}`;
  await world.agent('POST', `${path}/pick`);

  line.muteNext();
  transport.send('stored, but its acknowledgement is lost');
  await line.cutAfterNextFrame();
  transport.send('written while away');
  await world.agent('POST', `${path}/messages`, { text: 'said while away', clientId: '2' });
  transport.wake();
  await until(transport, () => transport.state.kind === 'open');
  await until(transport, allSent(transport));
  await until(transport, () => textsOf(transport.entries).includes('said while away'));
  const texts = textsOf(transport.entries);
  assert.deepEqual([...texts].sort(), [
    'first',
    'said while away',
    'stored, but its acknowledgement is lost',
    'written while away',
  ]);
  const stored = await world.agent('GET', `${path}/entries`);
  const count = stored.text.split('"stored, but its acknowledgement is lost"').length - 1;
  assert.equal(count, 1, 'Invariant 2: once');
});

test('a site-signed token: the person is known, and every message is marked', async () => {
  const transport = open(deployments.portal);
  const person = await transport.signIn({
    kind: 'signed-token',
    token: world.portalToken({ given_name: 'Ada', family_name: 'Ng' }),
  });
  assert.equal(person.name, 'Ada Ng');
  await isOpen(transport);
  transport.send('Signed in');
  await until(transport, allSent(transport));
  const said = transport.entries.find((entry) => entry.kind === 'message');
  assert.ok(said?.kind === 'message' && said.authenticated);
});

test('a refused proof is an error with a reference, and never becomes a guest chat', async () => {
  const transport = open(deployments.portal);
  const states: State[] = [];
  transport.on('state', (state) => states.push(state));
  const token = world.portalToken({ iss: 'somebody-else.example' });
  const refusal = await transport.signIn({ kind: 'signed-token', token }).catch((e: unknown) => e);
  assert.ok(refusal instanceof RestError);
  assert.equal(refusal.status, 401);
  assert.match(refusal.reference ?? '', /^[0-9A-Z]{4}-[0-9A-Z]{4}$/);
  assert.deepEqual(
    states.map((state) => state.kind),
    ['refused'],
    'no socket was opened',
  );
});

test('signing out wipes what was kept, on every connection of the person', async () => {
  const token = world.portalToken({ sub: 'portal-user-2' });
  const first = open(deployments.portal);
  const second = open(deployments.portal);
  for (const transport of [first, second]) {
    await transport.signIn({ kind: 'signed-token', token });
    await isOpen(transport);
  }
  first.send('Nobody else may read this');
  await until(first, allSent(first));
  await first.signOut();
  await until(second, () => second.state.kind === 'closed');
  for (const transport of [first, second]) {
    assert.deepEqual(transport.state, { kind: 'closed', reason: 'signed-out' });
    assert.equal(transport.entries.length, 0);
    assert.equal(transport.person, null);
  }
});

test('another person on the same device never sees the first one’s chat', async () => {
  const store = memoryStore();
  const first = open(deployments.portal, { store });
  await first.signIn({ kind: 'signed-token', token: world.portalToken({ sub: 'person-a' }) });
  await isOpen(first);
  first.send('A secret of person A');
  await until(first, allSent(first));
  first.disconnect();

  const next = open(deployments.portal, { store });
  await next.signIn({ kind: 'signed-token', token: world.portalToken({ sub: 'person-b' }) });
  await isOpen(next);
  next.send('Hello, I am B');
  await until(next, allSent(next));
  await next.loadOlder();
  assert.deepEqual(textsOf(next.entries), ['Hello, I am B']);
});

test('a guest steps up: the conversation goes on, marked from then on', async () => {
  const transport = open(deployments.shop);
  transport.connect();
  await isOpen(transport);
  transport.send('before signing in');
  await until(transport, allSent(transport));
  await transport.signIn(await world.providerProof('u-1012'));
  await until(transport, () => transport.person !== null && transport.state.kind === 'open');
  await until(transport, () =>
    transport.entries.some((entry) => entry.kind === 'notice' && entry.presence === 'SignIn'),
  );
  transport.send('after signing in');
  await until(transport, allSent(transport));
  const marks = transport.entries.flatMap((entry) =>
    entry.kind === 'message' ? [[entry.text, entry.authenticated]] : [],
  );
  assert.deepEqual(marks, [
    ['before signing in', false],
    ['after signing in', true],
  ]);
});

test('a sign-out wins over a sign-in that is under way', async () => {
  const store = memoryStore();
  const { environment } = cuttable('https://shop.example');
  const answered = Promise.withResolvers<void>();
  const released = Promise.withResolvers<void>();
  const fetch = async (url: string, init: RequestInit) => {
    const response = await environment.fetch(url, init);
    if (url.endsWith('signedtokenexchange')) {
      answered.resolve();
      await released.promise;
    }
    return response;
  };
  const transport = open(deployments.portal, { store, environment: { ...environment, fetch } });
  const token = world.portalToken({ sub: 'portal-user-3' });
  const signingIn = transport.signIn({ kind: 'signed-token', token }).catch((e: unknown) => e);
  await answered.promise;
  await transport.signOut();
  released.resolve();
  assert.ok((await signingIn) instanceof RestError);
  assert.deepEqual(transport.state, { kind: 'closed', reason: 'signed-out' });
  assert.deepEqual([store.get('jwt'), store.get('session')], [null, null]);
});

test('a sign-in that can no longer be renewed asks the site for a new proof', async () => {
  const store = memoryStore();
  store.set('jwt', 'of.another.time');
  store.set('refresh', 'r-that-is-unknown');
  const token = world.portalToken({ sub: 'portal-user-4', given_name: 'Mihai' });
  const getProof = async () => ({ kind: 'signed-token', token }) as const;
  const transport = open(deployments.portal, { store, getProof });
  transport.connect();
  await isOpen(transport);
  assert.match(transport.person?.name ?? '', /^Mihai/);
});

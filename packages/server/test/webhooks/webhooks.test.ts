// Webhooks against a real receiver: signed, tried again, never lost, never with a message's text.
import assert from 'node:assert/strict';
import { after, before, beforeEach, test } from 'node:test';
import type { WebhookDelivery, WebhookStatus } from '@countersign/protocol';
import { GuestClient } from '../guest-api/guest-client.ts';
import { startTestNode, type TestNode } from '../start-node.ts';
import { isSigned, type Receiver, startReceiver } from './receiver.ts';

const DEPLOYMENT = '6c0c2f0e-5a51-4d0e-9d6e-0d6a3c1f7a13';
const SECRET = 'a secret between two servers';
const API_KEY = 'cs-test-key-of-an-administrator-0123456789';
const MINUTE = 60_000;

const configuration = (url: string) => `
queues: [{ name: Guests, members: [] }]
workstreams: [{ name: Web, fallbackQueue: Guests }]
messengerConfigurations: [{ name: Open, conversations: { clear: true } }]
deployments: [{ id: ${DEPLOYMENT}, name: open, configuration: Open, workstream: Web, allowAllDomains: true }]
apiKeys: [{ name: tests, token: { env: API_KEY }, roles: [agent, supervisor, administrator] }]
webhooks:
  - { url: ${url}, secret: { env: SECRET }, events: [conversation.opened, conversation.queued, conversation.ended] }
`;

let offset = 0;
let receiver: Receiver;
let node: TestNode;
before(async () => {
  receiver = await startReceiver();
  node = await startTestNode({
    configuration: configuration(receiver.url),
    environment: {
      API_KEY,
      SECRET,
      COUNTERSIGN_ALLOW_PRIVATE_HOSTS: `127.0.0.1:${receiver.port}`,
      COUNTERSIGN_RATE_LIMITS: 'off',
    },
    clock: { now: () => Date.now() + offset },
  });
});
after(async () => {
  await node.close();
  await receiver.close();
});
beforeEach(() => {
  receiver.received.length = 0;
  receiver.answer = (response) => response.writeHead(204).end();
});

async function call<T>(method: string, path: string): Promise<{ status: number; body: T }> {
  const headers = { authorization: `Bearer ${API_KEY}` };
  const response = await fetch(node.url + path, { method, headers });
  return { status: response.status, body: await response.json() };
}

async function webhook(): Promise<WebhookStatus> {
  const { body } = await call<{ items: WebhookStatus[] }>('GET', '/api/webhooks');
  const [first] = body.items;
  assert.ok(first);
  return first;
}

const deliveries = async (): Promise<WebhookDelivery[]> => {
  const { id } = await webhook();
  const path = `/api/webhooks/${id}/deliveries`;
  return (await call<{ items: WebhookDelivery[] }>('GET', path)).body.items;
};

/** Looks until the log of deliveries says so. */
async function settled(id: string, is: (delivery: WebhookDelivery) => boolean) {
  for (;;) {
    const found = (await deliveries()).find((delivery) => delivery.id === id);
    if (found && is(found)) return found;
  }
}

const idOf = (index: number): string => String(receiver.received[index]?.headers['webhook-id']);

async function guest(text: string): Promise<GuestClient> {
  const client = await GuestClient.connect(node.url, { deploymentId: DEPLOYMENT });
  await client.configure();
  assert.equal((await client.say(text)).code, 200);
  return client;
}

test('events arrive signed, with the conversation and the entry, and without what was written', async () => {
  const client = await guest('My secret is 4711');
  await receiver.until(2);
  const types = receiver.received.map(({ event }) => event.type).sort();
  assert.deepEqual(types, ['conversation.opened', 'conversation.queued']);
  for (const received of receiver.received) {
    assert.ok(isSigned(received, SECRET));
    assert.ok(!received.body.includes('4711'));
    assert.ok(!received.body.includes(SECRET));
  }
  const queued = receiver.received.find(({ event }) => event.type === 'conversation.queued');
  assert.equal(queued?.event.data.conversation?.queue, 'Guests');
  assert.equal(queued?.event.data.entry?.kind, 'queued');
  const opened = receiver.received.find(({ event }) => event.type === 'conversation.opened');
  await settled(String(opened?.headers['webhook-id']), ({ state }) => state === 'delivered');
  await client.close();
});

test('a receiver that fails is tried again, later and later, with the same id', async () => {
  receiver.answer = (response) => response.writeHead(500).end();
  const { id } = await webhook();
  const sent = await call<WebhookDelivery>('POST', `/api/webhooks/${id}/test`);
  assert.equal(sent.status, 201);
  await receiver.until(1);
  const first = await settled(sent.body.id, ({ lastStatus }) => lastStatus === 500);
  assert.equal(first.state, 'pending');
  assert.ok(Date.parse(first.nextTryAt ?? '') > Date.now() + offset + 3000);
  offset += MINUTE;
  await receiver.until(2);
  // While it is under way the log has the answer before, and the end of the node's lease
  const second = await settled(
    sent.body.id,
    ({ tries, nextTryAt = '' }) =>
      tries === 2 && Date.parse(nextTryAt) > Date.now() + offset + MINUTE,
  );
  assert.ok(Date.parse(second.nextTryAt ?? '') > Date.now() + offset + 4 * MINUTE);
  receiver.answer = (response) => response.writeHead(200).end('thanks');
  offset += 10 * MINUTE;
  await receiver.until(3);
  const done = await settled(sent.body.id, ({ state }) => state === 'delivered');
  assert.equal(done.tries, 3);
  assert.deepEqual([idOf(0), idOf(1), idOf(2)], [sent.body.id, sent.body.id, sent.body.id]);
  assert.ok(receiver.received.every((received) => isSigned(received, SECRET)));
});

test('after the last try it is given up, and can be sent again by hand', async () => {
  receiver.answer = (response) => response.writeHead(503).end();
  const { id } = await webhook();
  const { body } = await call<WebhookDelivery>('POST', `/api/webhooks/${id}/test`);
  for (let tries = 1; tries <= 10; tries += 1) {
    await receiver.until(tries);
    await settled(body.id, (delivery) => delivery.tries === tries && delivery.lastStatus === 503);
    offset += 30 * 60 * MINUTE;
  }
  assert.equal((await settled(body.id, ({ state }) => state === 'failed')).nextTryAt, undefined);
  receiver.answer = (response) => response.writeHead(204).end();
  const path = `/api/webhook-deliveries/${body.id}/resend`;
  assert.equal((await call<WebhookDelivery>('POST', path)).body.state, 'pending');
  await settled(body.id, ({ state }) => state === 'delivered');
});

test('redirects are not followed, and the log says so', async () => {
  receiver.answer = (response) => response.writeHead(302, { location: receiver.url }).end();
  const { id } = await webhook();
  const { body } = await call<WebhookDelivery>('POST', `/api/webhooks/${id}/test`);
  const tried = await settled(body.id, ({ lastError }) => lastError !== undefined);
  assert.match(tried.lastError ?? '', /redirect/i);
  assert.equal(receiver.received.length, 1);
  receiver.answer = (response) => response.writeHead(410).end();
  offset += MINUTE;
  await settled(body.id, ({ state }) => state === 'failed');
});

test('410 ends what waits', async () => {
  receiver.answer = (response) => response.writeHead(500).end();
  const { id } = await webhook();
  const waits = (await call<WebhookDelivery>('POST', `/api/webhooks/${id}/test`)).body.id;
  await settled(waits, ({ lastStatus }) => lastStatus === 500);
  receiver.answer = (response) => response.writeHead(410).end();
  const gone = (await call<WebhookDelivery>('POST', `/api/webhooks/${id}/test`)).body.id;
  await settled(gone, ({ state }) => state === 'failed');
  assert.equal(
    (await settled(waits, ({ state }) => state === 'failed')).lastError,
    'The receiver wants no more (410).',
  );
});

test('what happened while the node could not write is not told: the event is in the same transaction', async () => {
  const { pool } = node.database;
  await pool.query('alter table webhook_deliveries rename to webhook_deliveries_away');
  const before = await pool.query('select count(*)::int as n from conversations');
  const client = await GuestClient.connect(node.url, { deploymentId: DEPLOYMENT });
  await client.configure();
  assert.equal((await client.say('nobody will know')).code, 500);
  const now = await pool.query('select count(*)::int as n from conversations');
  await pool.query('alter table webhook_deliveries_away rename to webhook_deliveries');
  assert.deepEqual(now.rows, before.rows);
  await client.close();
});

test('no answer holds the secret; who is not an administrator gets none', async () => {
  const text = JSON.stringify([await webhook(), await deliveries()]);
  assert.ok(!text.includes(SECRET));
  const anonymous = await fetch(`${node.url}/api/webhooks`);
  assert.equal(anonymous.status, 401);
});

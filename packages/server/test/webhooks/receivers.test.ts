// Several receivers of one node: one that hangs, one where it may not go, and one that does as it should.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import type { WebhookDelivery, WebhookStatus } from '@countersign/protocol';
import { GuestClient } from '../guest-api/guest-client.ts';
import { startTestNode, type TestNode } from '../start-node.ts';
import { isSigned, type Receiver, startReceiver } from './receiver.ts';

const DEPLOYMENT = '6c0c2f0e-5a51-4d0e-9d6e-0d6a3c1f7a13';
const API_KEY = 'cs-test-key-of-an-administrator-0123456789';
const SECRETS = {
  PREFIXED: `whsec_${Buffer.from('twenty-four random bytes').toString('base64')}`,
  PLAIN: 'a secret between two servers',
};

const configuration = ([good, hanging, forbidden]: Receiver[]) => `
queues: [{ name: Guests, members: [] }]
workstreams: [{ name: Web, fallbackQueue: Guests }]
messengerConfigurations: [{ name: Open, conversations: { clear: true } }]
deployments: [{ id: ${DEPLOYMENT}, name: open, configuration: Open, workstream: Web, allowAllDomains: true }]
apiKeys: [{ name: tests, token: { env: API_KEY }, roles: [agent, supervisor, administrator] }]
webhooks:
  - { url: ${good?.url}, secret: { env: PREFIXED }, events: [conversation.opened, conversation.queued] }
  - { url: ${hanging?.url}, secret: { env: PLAIN }, events: [conversation.opened] }
  - { url: ${forbidden?.url}, secret: { env: PLAIN }, events: [conversation.opened] }
`;

let good: Receiver;
let hanging: Receiver;
let forbidden: Receiver;
let node: TestNode;
before(async () => {
  [good, hanging, forbidden] = await Promise.all([
    startReceiver(),
    startReceiver(),
    startReceiver(),
  ]);
  hanging.answer = () => {};
  node = await startTestNode({
    configuration: configuration([good, hanging, forbidden]),
    environment: {
      API_KEY,
      ...SECRETS,
      COUNTERSIGN_ALLOW_PRIVATE_HOSTS: `127.0.0.1:${good.port},127.0.0.1:${hanging.port}`,
      COUNTERSIGN_RATE_LIMITS: 'off',
    },
  });
});
after(async () => {
  await node.close();
  await Promise.all([good.close(), hanging.close(), forbidden.close()]);
});

async function call<T>(method: string, path: string): Promise<T> {
  const headers = { authorization: `Bearer ${API_KEY}` };
  const response = await fetch(node.url + path, { method, headers });
  assert.ok(response.ok, `${method} ${path}: ${response.status}`);
  return response.json();
}

async function deliveriesTo({ url }: Receiver): Promise<WebhookDelivery[]> {
  const webhooks = await call<{ items: WebhookStatus[] }>('GET', '/api/webhooks');
  const id = webhooks.items.find((webhook) => webhook.url === url)?.id;
  assert.ok(id);
  const path = `/api/webhooks/${id}/deliveries`;
  return (await call<{ items: WebhookDelivery[] }>('GET', path)).items;
}

/** Looks until the log of this receiver has one like it. */
async function logged(receiver: Receiver, is: (delivery: WebhookDelivery) => boolean) {
  for (;;) {
    const found = (await deliveriesTo(receiver)).find(is);
    if (found) return found;
  }
}

async function guest(text: string): Promise<void> {
  const client = await GuestClient.connect(node.url, { deploymentId: DEPLOYMENT });
  await client.configure();
  assert.equal((await client.say(text)).code, 200);
  await client.close();
}

/** Throws when the library of the specification does not take it. */

test('a receiver that hangs holds up no other, and is told again later', async () => {
  for (let count = 0; count < 10; count += 1) await guest(`Hello ${count}`);
  await hanging.until(8);
  await good.until(20);
  const hung = await deliveriesTo(hanging);
  assert.ok(hung.every(({ state, lastError }) => state === 'pending' && lastError === undefined));
  const late = await logged(hanging, ({ lastError }) => lastError !== undefined);
  assert.match(late.lastError ?? '', /did not answer within 10000 ms/);
  assert.equal(late.state, 'pending');
  hanging.answer = (response) => response.writeHead(204).end();
  await logged(hanging, ({ tries, state }) => tries === 2 && state === 'delivered');
});

test('each receiver gets signatures of its own secret, over the body that it got', () => {
  const key = Buffer.from(SECRETS.PREFIXED.slice('whsec_'.length), 'base64');
  for (const received of good.received) {
    assert.ok(isSigned(received, key));
    assert.ok(!isSigned(received, SECRETS.PLAIN));
    assert.ok(!isSigned({ ...received, body: `${received.body} ` }, key));
  }
  for (const received of hanging.received) assert.ok(isSigned(received, SECRETS.PLAIN));
});

test('a private address that nobody has allowed is not asked, and the log says why', async () => {
  const refused = await logged(forbidden, ({ lastError }) => lastError !== undefined);
  assert.equal(refused.lastStatus, undefined);
  assert.match(refused.lastError ?? '', /127\.0\.0\.1/);
  assert.equal(forbidden.received.length, 0);
});

test('what a customer writes to a rating is the company’s: a delivery has the score alone', async () => {
  const [queued] = (await deliveriesTo(good)).filter(
    ({ event }) => event === 'conversation.queued',
  );
  assert.ok(queued?.conversation);
  // Told again after the fact, as the entry of a rating is told
  await node.database.pool.query(
    `update entries set kind = 'rated', role = 'customer', data = '{"score":2,"comment":"my words"}'
     where conversation_id = $1 and kind = 'queued'`,
    [queued.conversation],
  );
  const before = good.received.length;
  await call('POST', `/api/webhook-deliveries/${queued.id}/resend`);
  await good.until(before + 1);
  const received = good.received.at(-1);
  assert.deepEqual(received?.event.data.entry?.data, { score: 2 });
  assert.ok(!received?.body.includes('my words'));
});

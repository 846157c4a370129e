// What routing would do, asked over HTTP: nothing is stored by it.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import type { Conversation, DryRun } from '@countersign/protocol';
import { signingKey, signToken, startKeyServer } from '@countersign/simulators';
import { startTestNode, type TestNode } from '../start-node.ts';

const SHOP = '6c0c2f0e-5a51-4d0e-9d6e-0d6a3c1f7a21';
const SETTING = '6c0c2f0e-5a51-4d0e-9d6e-0d6a3c1f7a22';
const KEYS = {
  supervisor: 'key-of-the-supervisor',
  developer: 'key-of-the-developer',
  agent: 'key-of-the-agent',
};

let node: TestNode;
let site: Awaited<ReturnType<typeof startKeyServer>>;
let key: Awaited<ReturnType<typeof signingKey>>;

before(async () => {
  key = await signingKey({ kid: 'k' });
  const body = JSON.stringify({ keys: [key.jwk] });
  site = await startKeyServer({ respond: () => ({ kind: 'body', body }) });
  node = await startTestNode({
    environment: { COUNTERSIGN_ALLOW_PRIVATE_HOSTS: `127.0.0.1:${site.port}` },
    configuration: `
authenticationSettings:
  - { id: ${SETTING}, name: Shop, type: signed-token, publicKeyUrl: "${site.url}/keys" }
queues: [{ name: VIP, priority: 1 }, { name: Guests, priority: 9 }]
workstreams:
  - name: Shop
    contextVariables: [{ name: msdyn_cartvalue, type: number }]
    classification: [{ name: Carts, rules: [{ when: { variable: msdyn_cartvalue, atLeast: 5000, signed: true }, priority: 0 }] }]
    routeToQueue: [{ when: { all: [{ authenticated: true }, { variable: msdyn_cartvalue, atLeast: 5000, signed: true }] }, queue: VIP, priority: 2 }]
    fallbackQueue: Guests
messengerConfigurations:
  - { name: Shop, authentication: { enabled: true, setting: Shop } }
deployments:
  - { id: ${SHOP}, name: Shop, configuration: Shop, workstream: Shop, allowAllDomains: true }
apiKeys:
  - { name: Supervisor, token: ${KEYS.supervisor}, roles: [supervisor] }
  - { name: Developer, token: ${KEYS.developer}, roles: [developer] }
  - { name: Agent, token: ${KEYS.agent}, roles: [agent] }
`,
  });
});
after(async () => {
  await node.close();
  await site.close();
});

async function call<T>(as: keyof typeof KEYS, method: string, path: string, body?: object) {
  const response = await fetch(`${node.url}${path}`, {
    method,
    headers: { authorization: `Bearer ${KEYS[as]}`, 'content-type': 'application/json' },
    ...(body && { body: JSON.stringify(body) }),
  });
  const answer: T & { code: string } = JSON.parse(await response.text());
  return { status: response.status, body: answer };
}

const dryRun = (as: keyof typeof KEYS, body: object) =>
  call<DryRun>(as, 'POST', '/api/routing/dry-run', body);

function token(cart: number, lifetime = 600): string {
  const now = Math.floor(Date.now() / 1000);
  const lwicontexts = JSON.stringify({ msdyn_cartvalue: String(cart) });
  const claims = {
    iss: 'shop',
    sub: 'u-1',
    iat: now - 10,
    nbf: now - 10,
    exp: now + lifetime,
    lwicontexts,
  };
  return signToken(key, claims);
}

async function attempts(): Promise<number> {
  return (await call<{ items: object[] }>('developer', 'GET', '/api/attempts')).body.items.length;
}

test('a token: who it proves, what it says, which rule and why', async () => {
  const before = await attempts();
  const { status, body } = await dryRun('developer', { deployment: SHOP, token: token(10_000) });
  assert.equal(status, 200, JSON.stringify(body));
  assert.deepEqual([body.identity.state, body.identity.subject], ['verified', 'u-1']);
  assert.deepEqual(body.context, [{ name: 'msdyn_cartvalue', value: 10_000, origin: 'signed' }]);
  assert.deepEqual(body.classification[0]?.rule, 1);
  assert.deepEqual(body.rules[0]?.targets, [{ queue: 'VIP', priority: 2 }]);
  assert.deepEqual(body.result, {
    queue: 'VIP',
    priority: 0,
    routing: {
      rule: 1,
      because: ['authenticated is true', 'msdyn_cartvalue 10000 is at least 5000 (signed)'],
    },
  });
  assert.equal(await attempts(), before, 'no attempt was recorded');
});

test('a token that is refused: why, and where its bearer would go as a guest', async () => {
  const { body } = await dryRun('supervisor', { deployment: SHOP, token: token(10_000, -3600) });
  assert.equal(body.refusal?.reason, 'expired');
  assert.deepEqual([body.identity.state, body.result.queue], ['anonymous', 'Guests']);
});

test('what a customer says is not signed, beside a token or without one', async () => {
  const context = { msdyn_cartvalue: '99999' };
  const guest = await dryRun('supervisor', { deployment: SHOP, context });
  assert.deepEqual(guest.body.context, [
    { name: 'msdyn_cartvalue', value: 99_999, origin: 'customer' },
  ]);
  assert.equal(guest.body.result.queue, 'Guests');
  const beside = await dryRun('supervisor', { deployment: SHOP, token: token(10), context });
  assert.deepEqual(beside.body.context, [{ name: 'msdyn_cartvalue', value: 10, origin: 'signed' }]);
});

test('an agent may not try; a developer may name no conversation; unknown ones answer alike', async () => {
  assert.equal((await dryRun('agent', { deployment: SHOP })).status, 403);
  const unknown = { conversation: '01980000-0000-7000-8000-000000000000' };
  assert.equal((await dryRun('developer', unknown)).status, 403);
  assert.equal((await dryRun('supervisor', unknown)).status, 404);
  assert.equal((await dryRun('supervisor', { ...unknown, token: 'x' })).status, 400);
  assert.equal((await dryRun('supervisor', {})).body.code, 'unknown_deployment');
  const list = await call<{ items: Conversation[] }>('supervisor', 'GET', '/api/conversations');
  assert.deepEqual(list.body.items, [], 'nothing was opened');
});

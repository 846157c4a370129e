import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { after, before, test } from 'node:test';
import { refusedUpgrade } from './guest-client.ts';
import { deployments, startWorld, type World } from './world.ts';

let world: World;
before(async () => {
  world = await startWorld();
});
after(() => world.close());

const shop = deployments.shop;

test('[GA1] an active deployment opens a socket, also with a slash at the end of the path', async () => {
  for (const path of ['/v1', '/v1/']) {
    const client = await world.connect({ path });
    assert.equal((await client.configure()).body.connected, true);
  }
});

test('[GA2] unknown, missing and inactive deployments are refused with 403', async () => {
  for (const deploymentId of [randomUUID(), '', deployments.inactive, '__proto__']) {
    assert.equal(await refusedUpgrade(world.url, { deploymentId }), 403);
  }
});

test('[GA3] S01 pages of other sites are refused with 403 before the upgrade', async () => {
  const foreign = [
    'https://evil.example',
    'null',
    'https://shop.example.evil.example',
    'https://notshop.example',
    'https://evil.example/?shop.example',
    'evil.example',
  ];
  for (const origin of foreign) {
    assert.equal(await refusedUpgrade(world.url, { deploymentId: shop, origin }), 403, origin);
  }
});

test('[GA3] pages of allowed domains and below them are admitted', async () => {
  const allowed = [
    'https://shop.example',
    'http://www.shop.example:8443',
    'https://SHOP.example',
    'shop.example',
  ];
  for (const origin of allowed) await world.connect({ deploymentId: shop, origin });
});

test('[GA4] bare hosts of the node itself are admitted', async () => {
  const { hostname } = new URL(world.url);
  for (const origin of [hostname, `webmessaging.${hostname}`, `api.${hostname}`]) {
    await world.connect({ deploymentId: shop, origin });
  }
});

test('[GA5] without an origin only a deployment of all domains admits', async () => {
  await world.connect({ deploymentId: deployments.open, origin: null });
  assert.equal(await refusedUpgrade(world.url, { deploymentId: shop, origin: null }), 403);
});

test('[GA6] the node’s own origin, where the panel lives, is admitted', async () => {
  await world.connect({ deploymentId: shop, origin: world.url });
  const other = world.url.replace(/\d+$/, '1');
  assert.equal(await refusedUpgrade(world.url, { deploymentId: shop, origin: other }), 403);
});

test('[GA7] pings are answered', async () => {
  const client = await world.guest();
  client.socket.ping();
  await once(client.socket, 'pong');
});

test('[GA8] S04 one byte too many closes with 1009, a binary frame with 1003', async () => {
  const large = await world.guest();
  large.socket.send(' '.repeat(65_537));
  assert.equal(await large.closed(), 1009);
  const binary = await world.guest();
  binary.socket.send(Buffer.from('{"action":"echo"}'));
  assert.equal(await binary.closed(), 1003);
});

test('[GA8] S04 a text frame that is not UTF-8 closes with 1007, and no compression is agreed', async () => {
  const client = await world.guest();
  assert.equal(client.socket.extensions, '');
  client.socket.send(Buffer.from([0x22, 0xff, 0xfe, 0x22]), { binary: false });
  assert.equal(await client.closed(), 1007);
});

test('[GA22] S04 what is no request is answered with 400, and the socket stays open', async () => {
  const client = await world.guest();
  const malformed = ['', '{', '[]', 'null', '"x"', '{"action":5}', '[]'.repeat(3)];
  for (const text of malformed) {
    client.socket.send(text);
    assert.equal((await client.nextOf('string')).code, 400, text);
  }
  assert.equal((await client.ask({ action: 'disconnectCustomer' })).code, 400);
  assert.equal((await client.ask({ action: 'constructor' })).code, 400);
  assert.equal((await client.ask({ action: 'onMessage' })).code, 400);
  assert.equal((await client.say('Still here')).code, 200);
});

test('[GA21] unknown members are ignored, null counts as left out', async () => {
  const client = await world.connect();
  const journeyContext = { customer: { id: client.token, idType: 'cookie' } };
  const configured = await client.configure({ startNew: null, journeyContext, resumeToken: null });
  assert.equal(configured.code, 200);
  const message = { type: 'Text', text: 'x', metadata: null, channel: null, verified: true };
  assert.equal((await client.ask({ action: 'onMessage', message })).code, 200);
});

test('[GA23] answers keep the order of the requests', async () => {
  const client = await world.guest();
  const ids = ['1', '2', '3', '4'].map((n) => `order-${n}`);
  for (const tracingId of ids) {
    const message = { type: 'Text', text: tracingId };
    client.send({ action: 'onMessage', token: client.token, tracingId, message });
  }
  await client.settled();
  const answered = client.frames.map(({ tracingId }) => tracingId ?? '');
  assert.deepEqual(
    answered.filter((id) => id.startsWith('order-')),
    ids,
  );
});

test('[GA33] S03 nothing before a session is configured, nothing with another token', async () => {
  const other = await world.guest();
  const client = await world.connect();
  const message = { type: 'Text', text: 'x' };
  const requests = [
    { action: 'onMessage', message },
    { action: 'getJwt' },
    { action: 'closeSession', closeAllConnections: true },
    { action: 'onAttachment', fileName: 'a.png' },
  ];
  for (const token of [client.token, other.token]) {
    for (const request of requests) {
      assert.equal((await client.ask({ ...request, token })).code, 4007);
    }
  }
  await client.configure();
  const foreign = await client.ask({ action: 'onMessage', message, token: other.token });
  const unknown = await client.ask({ action: 'onMessage', message, token: randomUUID() });
  assert.deepEqual([foreign.code, foreign.error], [unknown.code, unknown.error]);
  assert.equal(foreign.code, 4007);
});

test('[GA34] S03 a deployment that is not the connection’s is answered with 400', async () => {
  const client = await world.connect();
  assert.equal((await client.configure({ deploymentId: shop })).code, 400);
  assert.equal((await client.say('x')).code, 4007);
});

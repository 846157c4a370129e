import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { after, before, test } from 'node:test';
import { setImmediate } from 'node:timers/promises';
import { WebSocket } from 'ws';
import { conversationWith, readConversation } from './agent.ts';
import { type FrameParts, RawSocket } from './raw-socket.ts';
import { type Answer, deployments, type ProviderProof, startWorld, type World } from './world.ts';

let world: World;
before(async () => {
  world = await startWorld({ COUNTERSIGN_RATE_LIMITS: 'off' });
});
after(() => world.close());

const ROOT = '/api/v2/webdeployments/token';
const MEBIBYTE = 1024 * 1024;
const atShop = (token?: string) =>
  world.connect({ deploymentId: deployments.shop, ...(token && { token }) });
const atPortal = (token?: string) =>
  world.connect({ deploymentId: deployments.portal, ...(token && { token }) });

function exchange(
  { kind: _, authCode, ...rest }: ProviderProof,
  changes: object = {},
  origin?: string,
): Promise<Answer> {
  const oauth = { code: authCode, ...rest, ...changes };
  const body = { deploymentId: deployments.shop, oauth };
  return world.post(`${ROOT}/oauthcodegrantjwtexchange`, body, origin ? { origin } : {});
}

async function stored(): Promise<{ grants: number; sessions: number }> {
  const { rows } = await world.node.database.pool.query(
    `select (select count(*)::int from grants) as grants,
            (select count(*)::int from sessions) as sessions`,
  );
  return rows[0];
}

async function isRefused(answer: Promise<Answer>, before: object): Promise<void> {
  const { status, body } = await answer;
  assert.deepEqual([status, body.code, body.jwt], [401, 'authentication.failed', undefined]);
  assert.deepEqual(await stored(), before);
}

test('T25 the same site-signed token again: a reload, a second tab, a later call', async () => {
  const token = world.portalToken({ sub: 'reloads' });
  const body = { deploymentId: deployments.portal, token };
  const client = await atPortal();
  for (const each of [client, await atPortal(client.token), await atPortal()]) {
    const { status, body: tokens } = await world.post(`${ROOT}/signedtokenexchange`, body);
    assert.equal(status, 200);
    assert.equal((await each.signIn(tokens.jwt ?? '')).code, 200);
  }
});

test('T27 a code works once, with its own verifier, and for the page that asked for it', async () => {
  const [proof, other] = [await world.providerProof(), await world.providerProof('u-1012')];
  const before = await stored();
  await isRefused(exchange(proof, { codeVerifier: undefined }), before);
  await isRefused(exchange(other, { codeVerifier: proof.codeVerifier }), before);
  await isRefused(exchange(await world.providerProof(), { nonce: other.nonce }), before);
  const used = await world.providerProof();
  assert.equal((await exchange(used)).status, 200);
  await isRefused(exchange(used), await stored());
});

test('T28 a page that may not use the deployment redeems nothing: the code is still its owner’s', async () => {
  const proof = await world.providerProof();
  const before = await stored();
  const refused = await exchange(proof, {}, 'https://evil.example');
  assert.deepEqual([refused.status, refused.body.code], [403, 'origin.not.allowed']);
  assert.deepEqual(await stored(), before);
  assert.equal((await exchange(proof, {}, 'https://shop.example')).status, 200);
});

test('T28 a sign-in that was refused makes no session, and leaves a guest’s alone', async () => {
  const client = await atShop();
  await client.configure();
  const before = await stored();
  const refused = await exchange(await world.providerProof(), { nonce: 'of another browser' });
  assert.equal((await client.signIn(refused.body.jwt ?? '')).code, 401);
  assert.deepEqual(await stored(), before);
  assert.equal((await client.say('As a guest')).body.metadata?.authenticated, undefined);
});

test('T34 who set or knows a session token before the sign-in is not let in after it', async () => {
  const fixed = randomUUID();
  const victim = await atShop(fixed);
  await victim.configure();
  await victim.say('As a guest, token known');
  const { jwt } = await world.signInAtProvider('u-1012');
  await victim.signIn(jwt);
  await victim.say('For the company alone');
  const { id } = await conversationWith(world, 'For the company alone');
  const attacker = await atShop(fixed);
  for (const startNew of [false, true])
    assert.equal((await attacker.configure({ startNew })).code, 4017);
  assert.equal((await attacker.ask({ action: 'getJwt' })).code, 4007);
  assert.equal((await attacker.say('Let me in')).code, 4007);
  // As somebody else the token opens a session of theirs, and nothing of the first
  const own = await world.signInAtProvider('u-1019');
  assert.equal((await attacker.signIn(own.jwt)).body.newSession, true);
  assert.equal((await world.history(attacker)).body.total, 0);
  assert.equal(
    attacker.frames.some(({ body }) => body.text !== undefined),
    false,
  );
  assert.equal((await readConversation(world, id)).contact?.name, 'Lena Vogt');
});

test('T34 a guessed token, a token of elsewhere, and the JWT of another purpose open nothing', async () => {
  const { jwt } = await world.signInAtPortal({ sub: 'guessed' });
  const owner = await atPortal();
  await owner.signIn(jwt);
  await owner.say('Mine');
  const history = (await owner.ask({ action: 'getJwt' })).body.jwt ?? '';
  const elsewhere = await atShop(owner.token);
  assert.equal((await elsewhere.configure()).body.newSession, true);
  assert.equal((await elsewhere.signIn(jwt)).code, 401);
  assert.equal((await world.history(elsewhere)).body.total, 0);
  const guess = await atPortal();
  assert.equal((await guess.signIn(history)).code, 401);
  assert.equal((await guess.configure()).code, 403);
  const read = (token: string) =>
    world.request('GET', '/api/v2/webmessaging/messages', { authorization: `bearer ${token}` });
  assert.equal((await read(jwt)).status, 401);
  assert.equal((await read(history)).body.total, 2);
});

test('T34 after signing out nothing that was given opens anything', async () => {
  const { jwt, refreshToken } = await world.signInAtProvider('u-1007');
  const client = await atShop();
  await client.signIn(jwt);
  const history = (await client.ask({ action: 'getJwt' })).body.jwt ?? '';
  const authorization = `bearer ${jwt}`;
  await world.request('DELETE', `${ROOT}/revoke`, { authorization });
  await client.closed();
  const again = await atShop(client.token);
  assert.equal((await again.configure()).code, 4017);
  assert.equal((await again.signIn(jwt)).code, 401);
  assert.equal((await world.post(`${ROOT}/refresh`, { refreshToken })).status, 401);
  const headers = { authorization: `bearer ${history}` };
  assert.equal((await world.request('GET', '/api/v2/webmessaging/messages', headers)).status, 401);
});

test('S01 the agents’ feed takes its own origin alone: no other site, port or scheme', async () => {
  const own = new URL(world.url);
  const origins = [
    'https://evil.example',
    'null',
    `https://${own.hostname}.evil`,
    `http://${own.hostname}:${Number(own.port) + 1}`,
    `https://${own.host}`,
    own.hostname,
    undefined,
  ];
  for (const origin of origins) {
    const url = `${world.url.replace(/^http/, 'ws')}/api/live`;
    const socket = new WebSocket(url, origin === undefined ? {} : { origin });
    socket.on('error', () => {});
    const [, response] = await once(socket, 'unexpected-response');
    assert.equal(response.statusCode, 403, origin ?? 'none');
    socket.terminate();
  }
});

test('S03 a connection that is configured as another leaves nothing of the first to be reached', async () => {
  const client = await atPortal();
  await client.signIn((await world.signInAtPortal({ sub: 's03-first' })).jwt);
  await client.say('Of the first');
  const first = client.token;
  const other = randomUUID();
  const { jwt } = await world.signInAtPortal({ sub: 's03-second' });
  const { body } = await client.signIn(jwt, { token: other });
  assert.equal(body.newSession, true);
  assert.equal((await client.ask({ action: 'getJwt', token: first })).code, 4007);
  const { id } = await conversationWith(world, 'Of the first');
  await world.agent('POST', `/api/conversations/${id}/pick`);
  const reply = { text: 'To the first', clientId: 's03' };
  assert.equal((await world.agent('POST', `/api/conversations/${id}/messages`, reply)).status, 200);
  await client.settled();
  assert.ok(!client.frames.some((frame) => frame.body.text === 'To the first'));
});

const wrongFrames: [string, string | Buffer, FrameParts][] = [
  ['an unmasked frame', '{}', { masked: false }],
  ['the bit of a compressed frame', Buffer.alloc(64), { reserved: 4 }],
  ['other reserved bits', '{}', { reserved: 3 }],
  ['a reserved kind of frame', '{}', { opcode: 3 }],
  ['a control frame in parts', '', { opcode: 9, final: false }],
  ['a control frame that is too long', 'x'.repeat(126), { opcode: 9 }],
  ['a continuation of nothing', '{}', { opcode: 0 }],
];
for (const [what, payload, parts] of wrongFrames) {
  test(`S04 ${what} closes the socket with 1002`, async () => {
    const raw = await RawSocket.open(world.url, deployments.shop);
    raw.send(payload, parts);
    assert.equal(await raw.closedWith(), 1002);
  });
}

test('S04 no compression is agreed, whoever offers it', async () => {
  const offer = 'Sec-WebSocket-Extensions: permessage-deflate; client_max_window_bits';
  const raw = await RawSocket.open(world.url, deployments.shop, [offer]);
  assert.match(raw.handshake, /^HTTP\/1\.1 101 /);
  assert.doesNotMatch(raw.handshake, /Extensions/i);
  raw.close();
  assert.equal(await raw.closedWith(), 1000);
});

test('S04 fragments without end close with 1009 at the limit of one frame', async () => {
  const raw = await RawSocket.open(world.url, deployments.shop);
  raw.send('x', { final: false });
  for (let sent = 1; sent <= 65_536; sent += 1024)
    raw.send('x'.repeat(1024), { opcode: 0, final: false });
  assert.equal(await raw.closedWith(), 1009);
});

test('S04 a hundred thousand tiny frames cost a bounded memory', async () => {
  const raw = await RawSocket.open(world.url, deployments.shop);
  const before = process.memoryUsage().rss;
  for (let sent = 0; sent < 100_000; sent += 1) {
    raw.send('x');
    if (sent % 1000 === 0) await setImmediate();
  }
  const grown = process.memoryUsage().rss - before;
  assert.ok(grown < 256 * MEBIBYTE, `${Math.round(grown / MEBIBYTE)} MiB`);
  raw.close();
  assert.equal(await raw.closedWith(), 1000);
});

test('S05 a reader that was cut off comes back to its session and finds what it missed', async () => {
  const slow = await world.guest();
  const tab = await world.connect({ token: slow.token });
  await tab.configure();
  const open = await connections();
  slow.socket.pause();
  const text = 'x'.repeat(4000);
  while ((await connections()) === open) {
    for (let count = 0; count < 200; count += 1) slow.send({ action: 'echo', message: { text } });
    await setImmediate();
  }
  await tab.say('While you were gone');
  slow.socket.resume();
  assert.equal(await slow.closed(), 1006);
  const back = await world.connect({ token: slow.token });
  assert.equal((await back.configure()).body.newSession, false);
  assert.equal((await world.history(back)).body.entities?.[0]?.text, 'While you were gone');
});

async function connections(): Promise<number> {
  const { text } = await world.request('GET', '/metrics');
  return Number(/^countersign_guest_connections (\d+)/m.exec(text)?.[1]);
}

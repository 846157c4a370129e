import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { after, before, test } from 'node:test';
import { signingKey, signToken } from '@countersign/simulators';
import { attempts, conversationWith, entries, readConversation, reply, take } from './agent.ts';
import { presenceOf } from './guest-client.ts';
import { deployments, startWorld, type World } from './world.ts';

let world: World;
before(async () => {
  world = await startWorld();
});
after(() => world.close());

const ROOT = '/api/v2/webdeployments/token';
const exchange = (token: string) =>
  world.post(`${ROOT}/signedtokenexchange`, { deploymentId: deployments.portal, token });
const atShop = (token?: string) =>
  world.connect({ deploymentId: deployments.shop, ...(token && { token }) });
const atPortal = () => world.connect({ deploymentId: deployments.portal });

test('[GA50] [GA55] a person signs in at the provider and writes as themselves', async () => {
  const { jwt, refreshToken } = await world.signInAtProvider();
  assert.ok(refreshToken);
  const client = await atShop();
  const { body } = await client.signIn(jwt);
  assert.deepEqual([body.connected, body.newSession], [true, true]);
  const echo = await client.say('It is me');
  assert.equal(echo.body.metadata?.authenticated, 'true');
  const conversation = await conversationWith(world, 'It is me');
  assert.equal(conversation.authenticated, true);
  assert.equal(conversation.identity.subject, 'u-1007');
  assert.equal(conversation.contact?.name, 'Ada Ng');
  const [first, second] = await entries(world, conversation.id);
  assert.deepEqual([first?.kind, second?.kind], ['signed-in', 'message']);
  assert.equal(second?.authenticated, true);
});

test('[GA51] [GA62] a site-signed token; its facts become signed context, what does not fit is said', async () => {
  const lwicontexts = JSON.stringify({
    msdyn_cartvalue: '12400',
    msdyn_isvip: true,
    MSDYN_ISVIP: 'x',
    orderId: 'A-1',
  });
  const { jwt, refreshToken } = await world.signInAtPortal({ sub: 'facts', lwicontexts });
  assert.equal(refreshToken, undefined);
  const client = await atPortal();
  await client.signIn(jwt);
  const customAttributes = { msdyn_isvip: 'forged', colour: 'blue' };
  await client.say('Facts', { channel: { metadata: { customAttributes } } });
  const { id, context } = await conversationWith(world, 'Facts');
  assert.deepEqual(
    context.toSorted((a, b) => a.name.localeCompare(b.name)),
    [
      { name: 'colour', value: 'blue', origin: 'customer' },
      { name: 'msdyn_cartvalue', value: 12_400, origin: 'signed' },
      { name: 'msdyn_isvip', value: 'true', origin: 'signed' },
      { name: 'orderId', value: 'A-1', origin: 'signed' },
    ],
  );
  const [signedIn] = await entries(world, id);
  assert.deepEqual(signedIn?.data?.ignoredFacts, [{ name: 'MSDYN_ISVIP', why: 'unknown_name' }]);
  assert.equal(signedIn?.data?.setting, 'Portal token');
});

test('[GA52] every refused proof is answered alike, recorded, and leaves nothing behind', async () => {
  const stranger = await signingKey({ kid: 'portal-1' });
  const now = Math.floor(world.clock.now() / 1000);
  const claims = {
    sub: 'nobody',
    iss: 'portal.example',
    aud: 'countersign',
    iat: now,
    exp: now + 60,
  };
  const sub = `refused-${randomUUID()}`;
  const proofs = [
    signToken(stranger, claims),
    world.portalToken({ sub, iss: 'elsewhere.example' }),
    world.portalToken({ sub, exp: now - 3600, iat: now - 7200, nbf: now - 7200 }),
    'garbage',
  ];
  const reasons = ['bad_signature', 'issuer', 'expired', 'malformed'];
  for (const [index, proof] of proofs.entries()) {
    const { status, body } = await exchange(proof);
    assert.equal(status, 401);
    assert.equal(body.code, 'authentication.failed');
    assert.match(body.reference ?? '', /^[0-9A-HJKMNP-TV-Z]{4}-[0-9A-HJKMNP-TV-Z]{4}$/);
    assert.equal(body.message, `Sign-in was refused. Reference ${body.reference}.`);
    assert.ok(body.contextId);
    const [attempt] = await attempts(world, body.reference ?? '');
    assert.deepEqual([attempt?.outcome, attempt?.reason], ['refused', reasons[index]]);
  }
  const { pool } = world.node.database;
  const grants = await pool.query('select from grants where subject = any($1)', [[sub, 'nobody']]);
  assert.equal(grants.rowCount, 0);
});

test('[GA52] a deployment without such a setting refuses in the same way', async () => {
  const { status, body } = await world.post(`${ROOT}/signedtokenexchange`, {
    deploymentId: deployments.open,
    token: world.portalToken(),
  });
  assert.equal(status, 401);
  const [attempt] = await attempts(world, body.reference ?? '');
  assert.equal(attempt?.reason, 'setting_missing');
});

test('[GA52] a wrong code is refused with a reference', async () => {
  const { status, body } = await world.post(`${ROOT}/oauthcodegrantjwtexchange`, {
    deploymentId: deployments.shop,
    oauth: {
      code: 'made-up',
      redirectUri: 'https://shop.example/signed-in',
      iss: world.provider.issuer,
    },
  });
  assert.equal(status, 401);
  const [attempt] = await attempts(world, body.reference ?? '');
  assert.equal(attempt?.reason, 'code_refused');
});

test('[GA53] A03 wrong bodies are answered with 400, foreign pages and deployments with 4xx', async () => {
  const path = `${ROOT}/oauthcodegrantjwtexchange`;
  const deploymentId = deployments.shop;
  const bodies: object[] = [
    {},
    { deploymentId },
    { deploymentId, oauth: {} },
    { deploymentId, oauth: { code: 'x' } },
    { deploymentId, oauth: { code: 'x', idToken: 'y', redirectUri: 'z' } },
    { deploymentId, oauth: { code: 'x', redirectUri: 'z', maxAge: 'soon' } },
    [],
  ];
  for (const body of bodies) {
    const answer = await world.post(path, body);
    assert.equal(answer.status, 400, JSON.stringify(body));
    assert.equal(answer.body.code, 'bad.request');
  }
  const oauth = { code: 'x', redirectUri: 'z' };
  assert.equal((await world.post(path, { deploymentId: randomUUID(), oauth })).status, 404);
  const origin = 'https://evil.example';
  assert.equal((await world.post(path, { deploymentId, oauth }, { origin })).status, 403);
});

test('[GA54] a refresh token works again and again, until revoked', async () => {
  const { jwt, refreshToken } = await world.signInAtProvider();
  for (const deploymentId of [undefined, deployments.shop]) {
    const { status, body } = await world.post(`${ROOT}/refresh`, { refreshToken, deploymentId });
    assert.equal(status, 200);
    const client = await atShop();
    assert.equal((await client.signIn(body.jwt ?? '')).code, 200);
  }
  const wrong = await world.post(`${ROOT}/refresh`, { refreshToken: 'made-up' });
  assert.equal(wrong.status, 401);
  const authorization = `bearer ${jwt}`;
  assert.equal((await world.request('DELETE', `${ROOT}/revoke`, { authorization })).status, 204);
  assert.equal((await world.post(`${ROOT}/refresh`, { refreshToken })).status, 401);
});

test('[GA56] bad JWTs are answered with 401, and the guest stays a guest', async () => {
  const { jwt } = await world.signInAtProvider();
  const portal = await world.signInAtPortal();
  const client = await atShop();
  await client.configure();
  const [head, payload, signature = ''] = jwt.split('.');
  const last = signature.endsWith('A') ? 'B' : 'A';
  const forged = `${head}.${payload}.${signature.slice(0, -1)}${last}`;
  for (const code of [forged, portal.jwt, 'x', '', world.portalToken()]) {
    assert.equal((await client.signIn(code)).code, 401);
  }
  assert.equal((await client.signIn('', { data: null })).code, 401);
  const echo = await client.say('Nobody in particular');
  assert.equal(echo.body.metadata?.authenticated, undefined);
  const { identity } = await conversationWith(world, 'Nobody in particular');
  assert.equal(identity.state, 'anonymous');
});

test('[GA56] a JWT that has expired is answered with 401; a session configured before goes on', async () => {
  const { jwt } = await world.signInAtPortal({ sub: 'slow' });
  const early = await atPortal();
  await early.signIn(jwt);
  world.clock.advance(1_000_000);
  assert.equal((await early.say('Going on')).body.metadata?.authenticated, 'true');
  const late = await atPortal();
  assert.equal((await late.signIn(jwt)).code, 401);
});

test('[GA56] where sign-in is off it is answered with 403 and the text that clients look for', async () => {
  const { jwt } = await world.signInAtProvider();
  const client = await world.connect();
  const refused = await client.signIn(jwt);
  assert.equal(refused.code, 403);
  assert.match(refused.error ?? '', /^Session authentication failed/);
});

test('[GA57] [GA59] a guest steps up and cannot go back', async () => {
  const client = await atShop();
  await client.configure();
  const guestEcho = await client.say('As a guest');
  assert.equal(guestEcho.body.metadata?.authenticated, undefined);
  const { id } = await conversationWith(world, 'As a guest');
  const { jwt } = await world.signInAtProvider('u-1012');
  const { body } = await client.signIn(jwt);
  assert.deepEqual([body.connected, body.newSession], [true, false]);
  const signIn = client.frames.find((frame) => presenceOf(frame.body) === 'SignIn');
  assert.deepEqual(signIn?.body.channel?.from, { firstName: 'Lena', lastName: 'Vogt' });
  assert.equal(signIn?.body.direction, 'Inbound');
  const echo = await client.say('As Lena');
  assert.equal(echo.body.metadata?.authenticated, 'true');
  const conversation = await readConversation(world, id);
  assert.equal(conversation.identity.state, 'verified');
  assert.equal(conversation.contact?.name, 'Lena Vogt');
  const log = await entries(world, id);
  const states = log.filter(({ kind }) => kind === 'message').map((entry) => entry.authenticated);
  assert.deepEqual(states, [false, true]);
  assert.equal((await client.configure()).code, 4017);
  const history = await world.history(client);
  assert.equal(history.body.total, 3);
});

test('[GA57] stepping up before the first message tells the client too', async () => {
  const client = await atShop();
  await client.configure();
  const { jwt } = await world.signInAtProvider('u-1019');
  await client.signIn(jwt);
  assert.ok(client.frames.some((frame) => presenceOf(frame.body) === 'SignIn'));
  await client.say('First words');
  const { identity } = await conversationWith(world, 'First words');
  assert.equal(identity.subject, 'u-1019');
});

test('[GA58] stepping up ends the person’s session on another device', async () => {
  const { jwt } = await world.signInAtProvider('u-1007');
  const phone = await atShop();
  await phone.signIn(jwt, { startNew: true });
  await phone.say('On the phone');
  const desk = await atShop();
  await desk.configure();
  await desk.say('On the desk');
  const { body } = await desk.signIn(jwt);
  assert.equal(body.clearedExistingSession, true);
  const event = await phone.nextOf('ConnectionClosedEvent');
  assert.deepEqual(event.body, { reason: 'signedIn', reasonCode: 'signedIn' });
  await phone.closed();
  assert.equal((await desk.say('And now here')).code, 200);
});

test('[GA60] a second device joins the running conversation', async () => {
  const { jwt } = await world.signInAtPortal({ sub: 'two-devices' });
  const [phone, desk, late] = [await atPortal(), await atPortal(), await atPortal()];
  await phone.signIn(jwt);
  await desk.signIn(jwt);
  await phone.say('From the phone');
  await desk.nextText('From the phone');
  await late.signIn(jwt);
  await reply(world, await take(world, 'From the phone'), 'To all devices');
  for (const device of [phone, desk, late]) await device.nextText('To all devices');
  assert.equal((await world.history(late)).body.entities?.[0]?.text, 'To all devices');
  await late.say('From the third');
  await phone.nextText('From the third');
});

test('[GA61] revoking tells and closes every socket of the sign-in; the identity lapses', async () => {
  const { jwt } = await world.signInAtPortal({ sub: 'leaving' });
  const clients = [await atPortal(), await atPortal()];
  for (const client of clients) await client.signIn(jwt);
  await clients[0]?.say('Before leaving');
  const { id } = await conversationWith(world, 'Before leaving');
  const authorization = `Bearer ${jwt}`;
  assert.equal((await world.request('DELETE', `${ROOT}/revoke`, { authorization })).status, 204);
  for (const client of clients) {
    await client.nextOf('LogoutEvent');
    await client.closed();
  }
  assert.equal((await world.request('DELETE', `${ROOT}/revoke`, { authorization })).status, 401);
  const again = await atPortal();
  assert.equal((await again.signIn(jwt)).code, 401);
  const { identity, authenticated } = await readConversation(world, id);
  assert.deepEqual([identity.state, authenticated], ['lapsed', false]);
  const log = await entries(world, id);
  assert.equal(log.at(-1)?.kind, 'signed-out');
});

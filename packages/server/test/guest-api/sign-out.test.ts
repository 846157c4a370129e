import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { after, before, test } from 'node:test';
import type { SigningKey } from '@countersign/simulators';
import { signingKey } from '@countersign/simulators';
import { byRsa, forge, unsigned } from '../../src/identity/testing/forged-token.ts';
import { conversationWith, devices, readConversation, signInEntries } from './agent.ts';
import type { GuestClient } from './guest-client.ts';
import { API_KEY, type CookieJar, deployments, startWorld, type World } from './world.ts';

const ROOT = '/api/v2/webdeployments/token';
const BACK_CHANNEL = '/auth/back-channel-logout';
const FRONT_CHANNEL = '/auth/front-channel-logout';
const EVENT = 'http://schemas.openid.net/event/backchannel-logout';
const FIREFOX = 'Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0';
const SAFARI =
  'Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) AppleWebKit/605.1.15 Version/18.0 Safari/604.1';

let world: World;
before(async () => {
  world = await startWorld();
});
after(() => world.close());

const atPortal = (more: object = {}) =>
  world.connect({ deploymentId: deployments.portal, ...more });
const atShop = () => world.connect({ deploymentId: deployments.shop });
const revoke = (jwt: string, scope = '') =>
  world.request('DELETE', `${ROOT}/revoke${scope}`, { authorization: `bearer ${jwt}` });
const refresh = (refreshToken: string | undefined) =>
  world.post(`${ROOT}/refresh`, { refreshToken });

/** One more device of the person, in the running conversation. */
async function device(sub: string, more: object = {}): Promise<GuestClient & { jwt: string }> {
  const { jwt } = await world.signInAtPortal({ sub });
  const client = await atPortal(more);
  assert.equal((await client.signIn(jwt)).code, 200);
  return Object.assign(client, { jwt });
}

/** At the provider's site, in a browser of its own. */
async function deviceAtShop(person: string) {
  const cookies: CookieJar = new Map();
  const tokens = await world.signInAtProvider(person, cookies);
  const client = await atShop();
  assert.equal((await client.signIn(tokens.jwt)).code, 200);
  return Object.assign(client, { ...tokens, cookies });
}

async function isToldToGo(client: GuestClient): Promise<void> {
  await client.nextOf('LogoutEvent');
  await client.closed();
}

const goesOn = async (client: GuestClient): Promise<void> => {
  assert.equal((await client.ask({ action: 'getJwt' })).code, 200);
};

test('[GA69] one device signs out alone; the last one leaves the identity lapsed', async () => {
  const [phone, desk] = [await device('alone'), await device('alone')];
  await phone.say('From both');
  const { id } = await conversationWith(world, 'From both');
  assert.equal((await revoke(phone.jwt, '?scope=device')).status, 204);
  await isToldToGo(phone);
  await goesOn(desk);
  assert.equal((await desk.say('Still me')).body.metadata?.authenticated, 'true');
  assert.equal((await readConversation(world, id)).authenticated, true);
  const left = (await signInEntries(world, id)).at(-1);
  assert.deepEqual(left?.data, { by: 'customer', sessions: 1, stillVerified: true });
  const again = await atPortal();
  assert.equal((await again.signIn(phone.jwt)).code, 401);
  await revoke(desk.jwt, '?scope=device');
  await isToldToGo(desk);
  const { identity, authenticated } = await readConversation(world, id);
  assert.deepEqual([identity.state, authenticated], ['lapsed', false]);
});

test('[GA69] an unknown scope is refused, and nobody is signed out', async () => {
  const client = await device('careful');
  assert.equal((await revoke(client.jwt, '?scope=devices')).status, 400);
  await goesOn(client);
});

test('[GA69] T34 a device takes the sign-ins with it that it had before', async () => {
  const first = await world.signInAtProvider('u-1007');
  const client = await atShop();
  await client.signIn(first.jwt);
  const second = await world.signInAtProvider('u-1007');
  assert.equal((await client.signIn(second.jwt)).body.newSession, false);
  assert.equal((await refresh(first.refreshToken)).status, 200);
  await revoke(second.jwt, '?scope=device');
  await isToldToGo(client);
  assert.equal((await refresh(first.refreshToken)).status, 401);
  assert.equal((await refresh(second.refreshToken)).status, 401);
});

test('[GA61] who signs in again joins the running conversation, verified', async () => {
  const client = await device('returns');
  await client.say('Before I left');
  const { id } = await conversationWith(world, 'Before I left');
  await revoke(client.jwt);
  await isToldToGo(client);
  const back = await device('returns');
  assert.equal((await readConversation(world, id)).authenticated, true);
  assert.equal((await back.say('Back')).body.metadata?.authenticated, 'true');
  const kinds = (await signInEntries(world, id)).map(({ kind, data }) => [kind, data?.renewed]);
  assert.deepEqual(kinds, [
    ['signed-in', undefined],
    ['signed-out', undefined],
    ['signed-in', true],
  ]);
});

test('T32 signing out at the provider ends the sessions of that browser, and no others', async () => {
  const [here, there] = [await deviceAtShop('u-1012'), await deviceAtShop('u-1012')];
  await here.say('Signed in twice');
  const { id } = await conversationWith(world, 'Signed in twice');
  await signOutAtProvider(here.cookies);
  await isToldToGo(here);
  await goesOn(there);
  assert.equal((await refresh(here.refreshToken)).status, 401);
  assert.equal((await refresh(there.refreshToken)).status, 200);
  const left = (await signInEntries(world, id)).at(-1);
  assert.deepEqual(
    [left?.kind, left?.from.role, left?.data?.by],
    ['signed-out', 'system', 'provider'],
  );
  assert.equal((await readConversation(world, id)).authenticated, true);
});

test('T32 a logout token of a person ends all of their sessions, on every node, once', async () => {
  const deaf = await world.deafNode();
  const { jwt } = await world.signInAtProvider('u-1019');
  const [here, there] = [
    await atShop(),
    await world.connect({ deploymentId: deployments.shop }, deaf),
  ];
  for (const client of [here, there]) await client.signIn(jwt);
  const token = logoutToken({ sub: 'u-1019' });
  const answer = await postForm(`logout_token=${token}`);
  assert.deepEqual([answer.status, answer.headers.get('cache-control')], [200, 'no-store']);
  await isToldToGo(here);
  // No hint reaches the other node: it finds out by itself
  await isToldToGo(there);
  const back = await world.signInAtProvider('u-1019');
  const client = await atShop();
  await client.signIn(back.jwt);
  const replayed = await postForm(`logout_token=${token}`);
  assert.deepEqual(
    [replayed.status, JSON.parse(await replayed.text()).error],
    [400, 'invalid_request'],
  );
  await goesOn(client);
});

test('T32 whatever else is posted is refused, ends nothing and is not cached', async () => {
  const { jwt } = await world.signInAtProvider('u-1007');
  const client = await atShop();
  await client.signIn(jwt);
  const stranger = await signingKey({ kid: world.provider.key.kid });
  const now = Math.floor(world.clock.now() / 1000);
  const sub = 'u-1007';
  const tokens = [
    logoutToken({ sub }, {}, stranger),
    logoutToken({ sub, aud: 'somebody-else' }),
    logoutToken({ sub, iss: 'https://elsewhere.example' }),
    logoutToken({ sub, events: {} }),
    logoutToken({ sub, nonce: 'n' }),
    logoutToken({ sub }, { typ: 'JWT+other' }),
    logoutToken({ sub, exp: now - 600, iat: now - 1200 }),
    logoutToken({}),
    forge({ alg: 'none', typ: 'logout+jwt' }, logoutClaims({ sub }), unsigned),
    world.portalToken({ sub }),
    jwt,
    'x',
  ];
  const bodies = [
    ...tokens.map((token) => `logout_token=${token}`),
    '',
    'logout_token=',
    `logout_token=${logoutToken({ sub })}&logout_token=${logoutToken({ sub })}`,
    `id_token=${logoutToken({ sub })}`,
  ];
  for (const body of bodies) {
    const answer = await postForm(body);
    assert.equal(answer.status, 400, body.slice(0, 80));
    assert.equal(answer.headers.get('cache-control'), 'no-store');
    const { error, error_description } = JSON.parse(await answer.text());
    assert.equal(error, 'invalid_request');
    assert.ok(!error_description.includes(sub));
  }
  const large = `logout_token=${logoutToken({ sub })}&x=${'x'.repeat(65_536)}`;
  assert.equal((await postForm(large)).status, 413);
  const json = { 'content-type': 'application/json' };
  const wrongType = JSON.stringify({ logout_token: logoutToken({ sub }) });
  assert.equal((await postForm(wrongType, json)).status, 400);
  await goesOn(client);
  assert.equal((await refresh(jwt)).status, 401);
});

test('T32 front channel: the provider’s frame ends that browser’s session, and tells nobody whether', async () => {
  const [here, there] = [await deviceAtShop('u-1012'), await deviceAtShop('u-1012')];
  const sid = await providerSession(here.jwt);
  const { issuer } = world.provider;
  const open = (iss: string, session: string) =>
    world.request('GET', `${FRONT_CHANNEL}?${new URLSearchParams({ iss, sid: session })}`);
  const foreign = await open('https://elsewhere.example', sid);
  assert.match(foreign.headers.get('content-security-policy') ?? '', /frame-ancestors 'none'/);
  assert.equal((await open(`${issuer}/other`, sid)).status, 200);
  await goesOn(here);
  const unknown = await open(issuer, 'made-up');
  const known = await open(issuer, sid);
  await isToldToGo(here);
  await goesOn(there);
  const policy = known.headers.get('content-security-policy') ?? '';
  assert.ok(policy.endsWith(`frame-ancestors ${issuer}`), policy);
  assert.equal(known.headers.get('x-frame-options'), null);
  assert.equal(known.headers.get('cache-control'), 'no-store');
  assert.deepEqual(shape(unknown), shape(known));
  assert.equal((await world.request('GET', FRONT_CHANNEL)).status, 400);
});

test('Invariant 5: a hint that is lost is repaired, whoever ended the session and how', async () => {
  const deaf = await world.deafNode();
  const there = (token: string) => world.connect({ deploymentId: deployments.portal, token }, deaf);
  const [leaving, closing] = [await device('deaf-1'), await device('deaf-2')];
  const [told, closed] = [await there(leaving.token), await there(closing.token)];
  await told.signIn(leaving.jwt);
  await closed.signIn(closing.jwt);
  await revoke(leaving.jwt);
  await closing.ask({ action: 'closeSession', closeAllConnections: true });
  await isToldToGo(told);
  await closed.nextOf('ConnectionClosedEvent');
  await closed.closed();
});

test('staff: the devices of a customer are listed, one is ended, then all', async () => {
  const phone = await device('listed', { userAgent: SAFARI });
  const desk = await device('listed', { userAgent: FIREFOX });
  const other = await device('not-listed');
  await phone.say('On two devices');
  const { id, contact } = await conversationWith(world, 'On two devices');
  const contactId = contact?.id ?? '';
  const listed = await devices(world, contactId);
  assert.deepEqual(listed.map((each) => [each.device, each.deployment, each.state]).sort(), [
    ['Firefox on Linux', 'portal', 'verified'],
    ['Safari on iPhone', 'portal', 'verified'],
  ]);
  const path = `/api/contacts/${contactId}`;
  const onPhone = listed.find((each) => each.device === 'Safari on iPhone');
  assert.equal((await world.agent('DELETE', `${path}/sessions/${randomUUID()}`)).status, 404);
  const ended = await world.agent('DELETE', `${path}/sessions/${onPhone?.id}`);
  assert.equal(ended.status, 204);
  await isToldToGo(phone);
  await goesOn(desk);
  const entry = (await signInEntries(world, id)).at(-1);
  assert.deepEqual(
    [entry?.kind, entry?.from.role, entry?.from.name],
    ['signed-out', 'agent', 'tests'],
  );
  assert.deepEqual(entry?.data, {
    by: 'staff',
    sessions: 1,
    device: 'Safari on iPhone',
    stillVerified: true,
  });
  const all = await world.agent('POST', `${path}/sign-out`);
  assert.deepEqual(JSON.parse(all.text), { ended: 1 });
  await isToldToGo(desk);
  assert.equal((await readConversation(world, id)).identity.state, 'lapsed');
  assert.deepEqual(await devices(world, contactId), []);
  await goesOn(other);
  const { status } = await world.agent('POST', `/api/contacts/${randomUUID()}/sign-out`);
  assert.equal(status, 404);
  for (const [method, what] of [
    ['GET', 'sessions'],
    ['POST', 'sign-out'],
  ] as const)
    assert.equal((await world.request(method, `${path}/${what}`)).status, 401);
  assert.ok(API_KEY);
});

function logoutClaims(changes: Record<string, unknown>): Record<string, unknown> {
  const now = Math.floor(world.clock.now() / 1000);
  return {
    iss: world.provider.issuer,
    aud: 'countersign',
    iat: now,
    exp: now + 120,
    jti: randomUUID(),
    events: { [EVENT]: {} },
    ...changes,
  };
}

/** As the provider would post it. */
function logoutToken(
  changes: Record<string, unknown>,
  header: object = {},
  key: SigningKey = world.provider.key,
): string {
  const head = { alg: 'RS256', typ: 'logout+jwt', kid: key.kid, ...header };
  return forge(head, logoutClaims(changes), byRsa(key.privateKey));
}

const postForm = (body: string, headers: Record<string, string> = {}): Promise<Response> =>
  fetch(world.url + BACK_CHANNEL, {
    method: 'POST',
    headers: { 'content-type': 'application/x-www-form-urlencoded', ...headers },
    body,
  });

async function providerSession(jwt: string): Promise<string> {
  const { sub } = JSON.parse(Buffer.from(jwt.split('.')[1] ?? '', 'base64url').toString());
  const { pool } = world.node.database;
  const { rows } = await pool.query('select provider_session from grants where id = $1', [sub]);
  return rows[0].provider_session;
}

/** What somebody who looks at an answer could learn from it. */
const shape = ({ status, text, headers }: { status: number; text: string; headers: Headers }) => [
  status,
  text,
  [...headers].filter(([name]) => name !== 'date'),
];

/** RP-initiated logout, as the person does it in their browser: the page, then "Sign out". */
async function signOutAtProvider(cookies: CookieJar): Promise<void> {
  const headers = () => ({ cookie: [...cookies].map(([k, v]) => `${k}=${v}`).join('; ') });
  const page = await fetch(`${world.provider.issuer}/session/end`, { headers: headers() });
  for (const cookie of page.headers.getSetCookie()) {
    const [name = '', value = ''] = (cookie.split(';')[0] ?? '').split(/=(.*)/);
    cookies.set(name, value);
  }
  const html = await page.text();
  const [, xsrf = ''] = /name="xsrf" value="([^"]+)"/.exec(html) ?? [];
  const answer = await fetch(`${world.provider.issuer}/session/end/confirm`, {
    method: 'POST',
    headers: headers(),
    body: new URLSearchParams({ xsrf, logout: 'yes' }),
    redirect: 'manual',
  });
  assert.ok(answer.status < 400, await answer.text());
}

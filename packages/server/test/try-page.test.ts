// The try page by its rules: who gets it, what binds a provider's answer, and where the domain list holds.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { signInAt, startKeyServer } from '@countersign/simulators';
import { createIdentity } from '../src/identity/index.ts';
import { createOutbound, systemClock } from '../src/platform/index.ts';
import { API_KEY, CLIENT_SECRET, deployments, startWorld, type World } from './guest-api/world.ts';

const PEOPLE = `users:
  - { email: dev@shop.example, name: Devi, roles: [developer], password: correct horse battery }
  - { email: ines@shop.example, name: Ines, roles: [supervisor], password: correct horse battery }
`;
const PAGE = `/try/${deployments.shop}`;
const SIGN_INS = `${PAGE}/sign-ins`;

let world: World;
/** Staff sessions, as `Cookie` headers. */
let admin: string;
let developer: string;
before(async () => {
  world = await startWorld();
  await apply(PEOPLE);
  [admin, developer] = await Promise.all([
    signedIn('admin@shop.example'),
    signedIn('dev@shop.example'),
  ]);
  world.provider.addRedirectUris('countersign', [`${world.url}/try/callback`]);
});
after(() => world?.close());

async function apply(body: string): Promise<void> {
  const headers = { authorization: `Bearer ${API_KEY}`, 'content-type': 'text/yaml' };
  const answer = await fetch(`${world.url}/api/configuration`, { method: 'POST', headers, body });
  assert.equal(answer.status, 200, await answer.text());
}

async function signedIn(email: string): Promise<string> {
  const credentials = { email, password: 'correct horse battery' };
  const answer = await world.post('/auth/sign-in/email', credentials, { origin: world.url });
  assert.equal(answer.status, 200, answer.text);
  return cookieIn(answer.headers);
}

const cookieIn = (headers: Headers): string =>
  headers
    .getSetCookie()
    .map((line) => line.split(';')[0])
    .join('; ');

async function begin(staff: string, known = '') {
  const cookie = [staff, known].filter(Boolean).join('; ');
  const answer = await world.post(
    SIGN_INS,
    { redirect: false, again: false },
    { cookie, origin: world.url },
  );
  assert.equal(answer.status, 200, answer.text);
  const { id, url }: { id: string; url: string } = JSON.parse(answer.text);
  const query = new URL(url).searchParams;
  const of = (name: string) => query.get(name) ?? '';
  return { id, url, of, browser: cookieIn(answer.headers), headers: answer.headers };
}

const callback = (cookie: string, query: Record<string, string>) =>
  world.request('GET', `/try/callback?${new URLSearchParams(query)}`, { cookie });

async function pending(): Promise<number> {
  const { rows } = await world.node.database.pool.query('select count(*)::int from try_sign_ins');
  return rows[0].count;
}

test('[A01] administrators and developers get the page; others, and API keys, do not', async () => {
  const ines = await signedIn('ines@shop.example');
  const maria = await signedIn('maria@shop.example');
  for (const [cookie, status] of [
    [admin, 200],
    [developer, 200],
    [ines, 403],
    [maria, 403],
    ['', 401],
  ] as const) {
    const page = await world.request('GET', PAGE, { cookie });
    assert.equal(page.status, status);
    const before = await pending();
    const body = { redirect: false, again: false };
    const begun = await world.post(SIGN_INS, body, { cookie, origin: world.url });
    assert.equal(begun.status, status);
    assert.equal((await pending()) - before, status === 200 ? 1 : 0);
  }
  assert.equal((await world.agent('GET', PAGE)).status, 403);
  assert.equal(
    (await world.agent('POST', SIGN_INS, { redirect: false, again: false })).status,
    403,
  );
  const unknown = await world.request('GET', '/try/00000000-0000-4000-8000-000000000000', {
    cookie: admin,
  });
  assert.equal(unknown.status, 404);
});

test('[P01] the page has no secret, no inline script, and nobody frames it', async () => {
  const { text, headers } = await world.request('GET', PAGE, { cookie: admin });
  assert.doesNotMatch(text, new RegExp(CLIENT_SECRET));
  assert.doesNotMatch(text, /<script(?![^>]* src=)|\son\w+=|<style| style=/);
  const policy = headers.get('content-security-policy') ?? '';
  assert.match(policy, /default-src 'none'; script-src 'self'; style-src 'self'/);
  assert.match(policy, /frame-ancestors 'none'/);
  assert.doesNotMatch(policy, /unsafe|\*/);
  assert.match(text, new RegExp(`${world.url}/try/callback`));
});

test('[T26] [T27] the provider is asked with PKCE, state and nonce, new each time', async () => {
  const [first, second] = [await begin(admin), await begin(admin)];
  assert.equal(first.of('response_type'), 'code');
  assert.equal(first.of('code_challenge_method'), 'S256');
  assert.equal(first.of('redirect_uri'), `${world.url}/try/callback`);
  for (const name of ['state', 'nonce', 'code_challenge']) {
    assert.match(first.of(name), /^[\w-]{43}$/);
    assert.notEqual(first.of(name), second.of(name));
  }
  const [line = ''] = first.headers.getSetCookie();
  assert.match(line, /^countersign-try=[\w-]{43}; Path=\/; Max-Age=3600; HttpOnly; SameSite=Lax$/);
  const { rows } = await world.node.database.pool.query('select * from try_sign_ins');
  const stored = JSON.stringify(rows);
  for (const name of ['state', 'nonce']) assert.ok(!stored.includes(first.of(name)));
});

test('[T28] an answer counts once, in the browser and for the person that began it', async () => {
  const begun = await begin(admin);
  const { code, iss, state } = await signInAt(world.provider, {
    clientId: 'countersign',
    redirectUri: begun.of('redirect_uri'),
    codeChallenge: begun.of('code_challenge'),
    nonce: begun.of('nonce'),
    state: begun.of('state'),
  });
  const elsewhere = await begin(admin);
  const answer = { code, iss, state };
  const before = await pending();
  for (const [cookie, query] of [
    [admin, answer],
    [`${admin}; ${elsewhere.browser}`, answer],
    [`${developer}; ${begun.browser}`, answer],
    [`${admin}; ${begun.browser}`, { ...answer, state: 'guessed' }],
    [`${admin}; ${begun.browser}`, { code, iss }],
    [`${admin}; ${begun.browser}`, { iss, state }],
  ] as [string, Record<string, string>][]) {
    const refused = await callback(cookie, query);
    assert.equal(refused.status, 400);
    assert.doesNotMatch(refused.text, /data-answer/);
  }
  assert.equal((await callback(begun.browser, answer)).status, 401);
  assert.equal(await pending(), before, 'a refusal uses nothing up');
  const cookie = `${admin}; ${begun.browser}`;
  const head = await fetch(`${world.url}/try/callback?${new URLSearchParams(answer)}`, {
    method: 'HEAD',
    headers: { cookie },
  });
  assert.notEqual(head.status, 200);
  const good = await callback(cookie, answer);
  assert.equal(good.status, 200);
  const told = /data-answer="([^"]+)"/.exec(good.text)?.[1]?.replaceAll('&quot;', '"') ?? '';
  const { id, to, proof } = JSON.parse(told);
  assert.deepEqual([id, to], [begun.id, null]);
  assert.equal(proof.nonce, begun.of('nonce'));
  assert.equal((await callback(cookie, answer)).status, 400, 'replay');
  const oauth = { ...proof, code: proof.authCode };
  const exchanged = await world.post('/api/v2/webdeployments/token/oauthcodegrantjwtexchange', {
    deploymentId: deployments.shop,
    oauth,
  });
  assert.equal(exchanged.status, 200, exchanged.text);
});

test('[T28] an answer that comes too late counts nowhere', async () => {
  const begun = await begin(admin);
  world.clock.advance(600_001);
  const cookie = `${admin}; ${begun.browser}`;
  assert.equal((await callback(cookie, { code: 'x', state: begun.of('state') })).status, 400);
});

test('[X01] what a provider says of an error is text', async () => {
  const begun = await begin(admin);
  const error_description = '"><script>alert(1)</script>';
  const query = { error: 'access_denied', error_description, state: begun.of('state') };
  const { status, text } = await callback(`${admin}; ${begun.browser}`, query);
  assert.equal(status, 200);
  assert.doesNotMatch(text, /<script>/);
});

test('a page of another origin begins no sign-in', async () => {
  const before = await pending();
  const body = { redirect: false, again: false };
  for (const origin of ['https://shop.example', 'null'])
    assert.equal((await world.post(SIGN_INS, body, { cookie: admin, origin })).status, 403);
  assert.equal((await world.post(SIGN_INS, body, { cookie: admin })).status, 403);
  assert.equal(await pending(), before);
  const portal = `/try/${deployments.portal}/sign-ins`;
  const signedToken = await world.post(portal, body, { cookie: admin, origin: world.url });
  assert.equal(signedToken.status, 409);
});

test('[X04] the node’s own pages frame the panel for staff on the try page alone', async () => {
  const ancestors = async (path: string, cookie = '') => {
    const { headers } = await world.request('GET', path, cookie ? { cookie } : {});
    return /frame-ancestors (.*)$/.exec(headers.get('content-security-policy') ?? '')?.[1];
  };
  const panel = `/messenger/${deployments.shop}`;
  const listed = 'shop.example:* *.shop.example:*';
  assert.equal(await ancestors(`${panel}?try`, admin), "'self'");
  for (const [path, cookie] of [
    [panel, admin],
    [panel, ''],
    [`${panel}?try`, ''],
    [`${panel}?try`, await signedIn('maria@shop.example')],
  ] as const)
    assert.equal(await ancestors(path, cookie), listed);
  for (const origin of ['https://evil.example', 'https://shop.example.evil'])
    await assert.rejects(world.connect({ deploymentId: deployments.shop, origin }));
});

test('[T30] a discovery document cannot send staff to a script', async () => {
  const hostile = await startKeyServer({
    respond: ({ path }) => ({
      kind: 'body',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({
        issuer: hostile.url,
        authorization_endpoint: 'javascript:alert(1)',
        token_endpoint: `${hostile.url}/token`,
        jwks_uri: `${hostile.url}/keys`,
        path,
      }),
    }),
  });
  const outbound = createOutbound({ allowedHosts: [`127.0.0.1:${hostile.port}`] });
  const { database } = world.node;
  const identity = createIdentity({ database, outbound, clock: systemClock });
  const setting: Parameters<typeof identity.authorizationUrl>[0] = {
    ...{ id: 'x', name: 'x', type: 'openid-connect', discoveryUri: hostile.url, clientId: 'c' },
    ...{ clientSecret: null, clientAuthentication: 'auto', privateKey: null, privateKeyId: null },
    ...{ providerHosts: [], userInfo: false, reproof: 'session', refreshTokenLifetime: 900 },
    ...{ implicitFlow: false, contextClaims: [], clockTolerance: 30 },
  };
  const request = { redirectUri: 'https://x.example', state: 's', nonce: 'n', codeChallenge: 'c' };
  await assert.rejects(identity.authorizationUrl(setting, request), {
    code: 'provider_unavailable',
  });
  await outbound.close();
  await hostile.close();
});

// The way to a first authenticated conversation, on a node that has none yet.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { IdentityTest, Setup, type SetupStep, SnippetTest } from '@countersign/protocol';
import { type KeyServer, startKeyServer } from '@countersign/simulators';
import type { Static, TSchema } from 'typebox';
import { Value } from 'typebox/value';
import { deployments, startWorld, type World } from './guest-api/world.ts';

let world: World;
let site: KeyServer;
/** What the site answers. */
let page: { body: string; headers?: Record<string, string> } = { body: '' };
let asked = 0;
before(async () => {
  site = await startKeyServer({
    respond: () => {
      asked += 1;
      return { kind: 'body', ...page };
    },
  });
  world = await startWorld({ COUNTERSIGN_ALLOW_PRIVATE_HOSTS: `127.0.0.1:${site.port}` });
});
after(async () => {
  await world?.close();
  await site?.close();
});

async function ask<S extends TSchema>(schema: S, method: string, path: string, body?: object) {
  const { status, text } = await world.agent(method, path, body);
  assert.equal(status, 200, text);
  const answer: Static<S> = Value.Parse(schema, JSON.parse(text));
  return answer;
}

async function stepOf(id: SetupStep['id']): Promise<SetupStep> {
  const { steps } = await ask(Setup, 'GET', '/api/setup');
  const found = steps.find((step) => step.id === id);
  assert.ok(found);
  return found;
}

const testIdentity = (setting: string) =>
  ask(IdentityTest, 'POST', '/api/setup/identity/test', { setting });
const testSnippet = (url = `${site.url}/`) =>
  ask(SnippetTest, 'POST', '/api/setup/snippet/test', { deployment: deployments.shop, url });
const statuses = ({ checks }: { checks: { name: string; status: string }[] }) =>
  Object.fromEntries(checks.map(({ name, status }) => [name, status]));

test('the steps of a node that nobody has used yet', async () => {
  const { steps } = await ask(Setup, 'GET', '/api/setup');
  assert.deepEqual(
    steps.map(({ id, state }) => [id, state]),
    [
      ['identity', 'doing'],
      ['messenger', 'done'],
      ['deployment', 'done'],
      ['snippet', 'todo'],
      ['test', 'todo'],
      ['agents', 'doing'],
    ],
  );
  const messenger = await stepOf('messenger');
  assert.match(messenger.why, /^“Portal messenger” is published as version 1 .* “Portal token”/);
  assert.deepEqual(
    messenger.objects.map(({ section, name }) => [section, name]),
    [
      ['messengerConfigurations', 'Portal messenger'],
      ['messengerConfigurations', 'Shop messenger'],
    ],
  );
  const { objects } = await stepOf('deployment');
  assert.deepEqual(objects.map(({ name }) => name).toSorted(), ['portal', 'shop']);
});

test('identity: done once both settings could really be fetched, failing when one cannot be', async () => {
  const shop = await testIdentity('Shop sign-in');
  assert.equal(shop.ok, true);
  assert.deepEqual(
    shop.checks.slice(0, 3).map(({ name, status }) => [name, status]),
    [
      ['discovery document', 'ok'],
      ['keys', 'ok'],
      ['keys: usable', 'ok'],
    ],
  );
  assert.match((await stepOf('identity')).why, /“Portal token”: Its public keys were not fetched/);
  assert.equal((await testIdentity('Portal token')).ok, true);
  const done = await stepOf('identity');
  assert.equal(done.state, 'done');
  assert.match(done.why, /were fetched on 2\d{3}-.* UTC; nobody has signed in yet\.$/);
  await world.provider.goDown();
  const down = await testIdentity('Shop sign-in');
  assert.equal(down.ok, false);
  assert.match(down.checks[0]?.observed ?? '', /openid-configuration: .*cannot be reached/);
  const failing = await stepOf('identity');
  assert.equal(failing.state, 'failing');
  assert.deepEqual(
    failing.objects.map(({ name }) => name),
    ['Shop sign-in'],
  );
  await world.provider.comeBack();
  await testIdentity('Shop sign-in');
  assert.equal((await stepOf('identity')).state, 'done');
});

test('snippet: seen where an allowed site asks for it, and nowhere else', async () => {
  const config = `/webdeployments/v1/deployments/${deployments.shop}/config.json`;
  const panel = `/messenger/${deployments.shop}`;
  for (const headers of [
    { origin: 'https://evil.example' },
    { referer: 'https://shop.example.evil/' },
    { origin: world.url },
    { referer: `${world.url}/try/${deployments.shop}` },
    { origin: 'null' },
    { origin: 'shop.example' },
  ]) {
    await world.request('GET', config, headers);
    await world.request('GET', panel, headers);
    await world.request('GET', '/messenger/loader.js', headers);
  }
  assert.equal((await stepOf('snippet')).state, 'todo');
  const referer = 'https://www.shop.example/cart?secret=1';
  await world.request('GET', '/messenger/loader.js', { referer });
  const loaded = await stepOf('snippet');
  assert.equal(loaded.state, 'doing');
  assert.match(loaded.why, /^https:\/\/www\.shop\.example has loaded the snippet's script/);
  await world.request('GET', panel, { referer });
  const opened = await stepOf('snippet');
  assert.equal(opened.state, 'done');
  assert.deepEqual(
    opened.objects.map(({ name }) => name),
    ['shop'],
  );
  const { rows } = await world.node.database.pool.query('select * from messenger_sightings');
  assert.ok(rows.every(({ origin }) => origin === 'https://www.shop.example'));
});

test('sightings are written at most once a minute, and at most a hundred of a deployment', async () => {
  const config = `/webdeployments/v1/deployments/${deployments.open}/config.json`;
  const stored = async (where = '') => {
    await stepOf('snippet');
    const { pool } = world.node.database;
    const { rows } = await pool.query(
      `select * from messenger_sightings where deployment_id = '${deployments.open}' ${where}`,
    );
    return rows;
  };
  const seenAt = async () => (await stored("and origin = 'https://a.example'"))[0]?.last_seen;
  world.clock.stop();
  const ask = () => world.request('GET', config, { origin: 'https://a.example' });
  await ask();
  const first = await seenAt();
  world.clock.advance(59_000);
  await ask();
  assert.equal(await seenAt(), first);
  world.clock.advance(1_000);
  await ask();
  assert.equal(await seenAt(), first + 60_000);
  for (const round of ['b', 'c']) {
    world.clock.advance(60_000);
    const origins = Array.from({ length: 150 }, (_, at) => `https://${round}${at}.example`);
    await Promise.all(origins.map((origin) => world.request('GET', config, { origin })));
    await stored();
  }
  assert.equal((await stored()).length, 151, 'the first round came whole, the second not at all');
});

test('the snippet test says whether the snippet is on the page, and what its policy forbids', async () => {
  const snippet = (id: string, node = world.url) =>
    `<script>(function(){})(window,'Countersign','${node}/messenger/loader.js',{deploymentId:'${id}'})</script>`;
  page = { body: snippet(deployments.shop) };
  assert.deepEqual(statuses(await testSnippet()), {
    page: 'ok',
    domain: 'failed',
    snippet: 'ok',
    deployment: 'ok',
    policy: 'ok',
  });
  page = {
    body: snippet(deployments.open, 'https://other.example'),
    headers: { 'content-security-policy': "script-src 'self'; frame-src 'none'" },
  };
  const wrong = await testSnippet();
  assert.deepEqual(statuses(wrong), {
    page: 'ok',
    domain: 'failed',
    snippet: 'failed',
    deployment: 'failed',
    'policy: script-src': 'failed',
    'policy: frame-src': 'failed',
    'policy: the snippet itself': 'failed',
  });
  assert.equal(wrong.ok, false);
  page = { body: '<p>Nothing' };
  assert.equal(statuses(await testSnippet()).snippet, 'failed');
  const before = asked;
  await testSnippet();
  assert.equal(asked - before, 1, 'the page is fetched once');
});

test('[T30] the snippet test asks no private address that is not allowed', async () => {
  const before = asked;
  for (const url of [
    'http://169.254.169.254/latest/meta-data',
    'https://127.0.0.1:1/',
    'file:///etc/passwd',
    `http://localhost:${site.port}/`,
    'no url',
  ]) {
    const { ok, checks } = await testSnippet(url);
    assert.equal(ok, false);
    assert.deepEqual(
      checks.map(({ name, status }) => [name, status]),
      [['page', 'failed']],
    );
  }
  assert.equal(asked, before);
});

test('test: done with an accepted sign-in and a verified customer who has written', async () => {
  const token = world.portalToken({ exp: 1_000_000_000 });
  const path = '/api/v2/webdeployments/token/signedtokenexchange';
  await world.post(path, { deploymentId: deployments.portal, token });
  const refused = await stepOf('test');
  assert.equal(refused.state, 'failing');
  assert.match(refused.why, /the last one was refused: expired \(reference /);
  const { jwt } = await world.signInAtPortal({ sub: 'first' });
  const accepted = await stepOf('test');
  assert.equal(accepted.state, 'doing');
  assert.match(accepted.why, /no customer who is verified has written yet/);
  const guest = await world.guest();
  await guest.say('nobody in particular');
  assert.equal((await stepOf('test')).state, 'doing');
  const client = await world.connect({ deploymentId: deployments.portal });
  await client.signIn(jwt);
  await client.say('It is me');
  const done = await stepOf('test');
  assert.equal(done.state, 'done');
  assert.match(done.why, /reference [A-Z0-9]{4}-[A-Z0-9]{4}/);
});

test('agents: done while somebody of the queues is available', async () => {
  const doing = await stepOf('agents');
  assert.match(doing.why, /“Maria Lopez” is in the queues that “Web chat” reaches, but nobody/);
  const origin = world.url;
  const signedIn = await fetch(`${world.url}/auth/sign-in/email`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', origin },
    body: JSON.stringify({ email: 'maria@shop.example', password: 'correct horse battery' }),
  });
  const cookie = signedIn.headers.getSetCookie()[0]?.split(';')[0] ?? '';
  const presence = (value: string) =>
    fetch(`${world.url}/api/me/presence`, {
      method: 'PUT',
      headers: { 'content-type': 'application/json', cookie },
      body: JSON.stringify({ presence: value }),
    });
  assert.equal((await presence('available')).status, 204);
  const done = await stepOf('agents');
  assert.deepEqual([done.state, done.why], ['done', '“Maria Lopez” is available now.']);
  await presence('away');
  assert.match((await stepOf('agents')).why, /nobody is available now: 1 away\.$/);
});

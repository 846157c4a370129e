import assert from 'node:assert/strict';
import { after, before, beforeEach, test } from 'node:test';
import { hashPassword } from 'better-auth/crypto';
import { getMigrations } from 'better-auth/db/migration';
import { sql } from 'kysely';
import { Registry } from 'prom-client';
import {
  type ConfiguredWorld,
  environment,
  example,
  log,
  openWorld,
  seal,
} from '../../test/configuration-fixtures.ts';
import { configurationMigrations } from '../configuration/index.ts';
import { createConversations } from '../conversations/index.ts';
import { createIdentity, identityMigrations } from '../identity/index.ts';
import { createHttp, createOutbound, type Http, newId } from '../platform/index.ts';
import { createSessions, sessionMigrations } from '../sessions/index.ts';
import { type Administration, administrationMigrations, createAdministration } from './index.ts';
import { createStaffAuth } from './staff/staff-auth.ts';

const ORIGIN = 'http://127.0.0.1:8080';
const ADMIN = { email: 'admin@shop.example', password: 'marker-admin-password' };
const HOME = '203.0.113.7';

const PEOPLE = `users:
  - { email: admin@shop.example, name: Ada Admin, roles: [administrator], password: { env: ADMIN_PASSWORD } }
  - { email: maria@shop.example, name: Maria, roles: [agent], password: { env: MARIA_PASSWORD } }
  - { email: dev@shop.example, name: Devi, roles: [developer] }
apiKeys:
  - { name: admin key, token: admin-key-0123456789, roles: [administrator] }
  - { name: agent key, token: agent-key-0123456789, roles: [agent, supervisor, secrets] }
  - { name: developer key, token: developer-key-0123, roles: [developer] }
`;

let world: ConfiguredWorld;
let http: Http;
let administration: Administration;

before(async () => {
  world = await openWorld();
  await world.database.migrate([
    configurationMigrations,
    administrationMigrations,
    identityMigrations,
    sessionMigrations,
  ]);
  await world.apply(PEOPLE);
  ({ http, administration } = await startNode(ORIGIN));
});
beforeEach(async () => {
  await sql`delete from staff_sign_in_counts`.execute(world.database.kysely);
  await sql`delete from staff_known_networks`.execute(world.database.kysely);
});
after(async () => {
  await http.close();
  await world.close();
});

async function startNode(publicUrl: string) {
  const telemetry = { log, metrics: new Registry() };
  const http = createHttp({ telemetry, publicUrl, ready: async () => {} });
  const { parts, configuration, writer } = world;
  const outbound = createOutbound({ allowedHosts: [] });
  const identity = createIdentity({ ...parts, outbound });
  const conversations = createConversations(parts);
  const sessions = createSessions({ ...parts, configuration, conversations, identity, sweepMs: 0 });
  const administration = await createAdministration({
    ...{ ...parts, http, configuration, writer, identity, conversations, sessions, publicUrl },
  });
  await http.ready();
  return { http, administration };
}

const signIn = (
  credentials: { email: string; password: string },
  { from = HOME, origin = ORIGIN, node = http } = {},
) =>
  node.inject({
    method: 'POST',
    url: '/auth/sign-in/email',
    headers: { origin },
    remoteAddress: from,
    payload: credentials,
  });

const cookieOf = (answer: { headers: Record<string, unknown> }): string => {
  const [first] = [answer.headers['set-cookie']].flat();
  return String(first);
};

test('the tables are those that the sign-in library and its plugins ask for', async () => {
  const { kysely } = world.database;
  const { clock } = world;
  const secret = seal.derive('staff-sessions');
  const publicUrl = 'https://chat.shop.example';
  const auth = await createStaffAuth({ kysely, publicUrl, secret, clock, log });
  const { toBeCreated, toBeAdded } = await getMigrations(auth.options);
  assert.deepEqual([toBeCreated, toBeAdded], [[], []]);
});

test('a person signs in, is identified on requests and upgrades, and signs out', async () => {
  const answer = await signIn(ADMIN);
  assert.equal(answer.statusCode, 200);
  const cookie = cookieOf(answer);
  assert.match(cookie, /^countersign\.session_token=[^;]+;.*HttpOnly.*SameSite=Lax/i);
  assert.doesNotMatch(cookie, /Secure|Domain/i);

  const headers = { cookie: cookie.split(';')[0] ?? '' };
  const staff = await administration.identify({ headers });
  assert.ok(staff?.kind === 'user');
  assert.equal(staff.user.email, ADMIN.email);
  const session = await http.inject({ url: '/auth/get-session', headers });
  assert.equal(session.json().user.email, ADMIN.email);

  const out = await http.inject({
    method: 'POST',
    url: '/auth/sign-out',
    headers: { ...headers, origin: ORIGIN },
  });
  assert.equal(out.statusCode, 200);
  assert.equal(await administration.identify({ headers }), null, 'the session has ended');
});

test('over https the cookie is Secure and bound to the host', async () => {
  const { http: node } = await startNode('https://chat.shop.example');
  const answer = await signIn(ADMIN, { origin: 'https://chat.shop.example', node });
  assert.match(cookieOf(answer), /^__Host-countersign\.session_token=.*; Path=\/;.*Secure/);
  await node.close();
});

test('a wrong password and an unknown person are refused alike', async () => {
  const wrong = await signIn({ ...ADMIN, password: 'not-the-password' });
  const unknown = await signIn({ email: 'nobody@shop.example', password: 'not-the-password' });
  const without = await signIn({ email: 'dev@shop.example', password: 'not-the-password' });
  for (const answer of [wrong, unknown, without]) {
    assert.equal(answer.statusCode, 401);
    assert.equal(answer.body, wrong.body);
    assert.equal(answer.headers['set-cookie'], undefined);
  }
});

test('nobody signs up, and no other path of the sign-in library answers', async () => {
  const paths = ['/auth/sign-up/email', '/auth/change-password', '/auth/update-user'];
  for (const url of [...paths, '/auth/delete-user', '/auth/request-password-reset']) {
    const payload = { email: 'new@shop.example', password: 'a-long-password', name: 'New' };
    const answer = await http.inject({ method: 'POST', url, payload, headers: { origin: ORIGIN } });
    assert.equal(answer.statusCode, 404, url);
  }
  const { rows } = await sql`select 1 from staff_users`.execute(world.database.kysely);
  assert.equal(rows.length, 3);
});

test('a page of another origin cannot sign anybody in', async () => {
  const answer = await signIn(ADMIN, { origin: 'https://evil.example' });
  assert.equal(answer.statusCode, 403);
  assert.equal(answer.headers['set-cookie'], undefined);
});

test('[R04] guessing is slowed down, and the person is not locked out', async () => {
  assert.equal((await signIn(ADMIN)).statusCode, 200, 'signed in from home before');
  const guess = { ...ADMIN, password: 'a-guess' };
  const oneNetwork = await Promise.all(
    Array.from({ length: 20 }, () => signIn(guess, { from: '198.51.100.1' })),
  );
  assert.equal(oneNetwork.filter(({ statusCode }) => statusCode === 401).length, 10);
  const refused = oneNetwork.find(({ statusCode }) => statusCode === 429);
  assert.equal(refused?.json().code, 'too_many_attempts');
  assert.ok(Number(refused?.headers['retry-after']) > 0);
  const right = await signIn(ADMIN, { from: '198.51.100.1' });
  assert.equal(right.statusCode, 429, 'from there not even the right password');

  const many = Array.from({ length: 35 }, (_, n) => `192.0.2.${n}`);
  const botnet = await Promise.all(many.map((from) => signIn(guess, { from })));
  assert.ok(
    botnet.some(({ statusCode }) => statusCode === 429),
    'the account as a whole',
  );
  assert.equal((await signIn(ADMIN)).statusCode, 200, 'from home all the same');

  world.clock.move(15 * 60_000);
  assert.equal((await signIn(ADMIN, { from: '198.51.100.1' })).statusCode, 200, 'later again');
});

test('[R04] one network cannot try all accounts', async () => {
  const guesses = Array.from({ length: 55 }, (_, n) =>
    signIn({ email: `person-${n}@shop.example`, password: 'a-guess' }, { from: '198.51.100.9' }),
  );
  const answers = await Promise.all(guesses);
  assert.equal(answers.filter(({ statusCode }) => statusCode === 401).length, 50);
});

test('an API key is a caller with its own roles; a wrong one is nobody, cookie or not', async () => {
  const staff = await administration.identify({
    headers: { authorization: 'Bearer agent-key-0123456789' },
  });
  assert.ok(staff?.kind === 'api-key');
  assert.deepEqual([staff.name, staff.roles], ['agent key', ['agent', 'supervisor', 'secrets']]);
  const cookie = cookieOf(await signIn(ADMIN)).split(';')[0] ?? '';
  for (const authorization of ['Bearer agent-key-012345678', 'Bearer', 'Basic YTpi', '']) {
    assert.equal(await administration.identify({ headers: { authorization, cookie } }), null);
  }
});

const apply = (payload: string, authorization?: string) =>
  http.inject({
    method: 'POST',
    url: '/api/configuration',
    payload,
    headers: { 'content-type': 'text/yaml', ...(authorization ? { authorization } : {}) },
  });

test('[A01] only administrators apply, only administrators and developers read attempts', async () => {
  const maria = await signIn({ email: 'maria@shop.example', password: 'marker-maria-password' });
  const cookie = cookieOf(maria).split(';')[0] ?? '';
  const keys = {
    admin: 'admin-key-0123456789',
    agent: 'agent-key-0123456789',
    dev: 'developer-key-0123',
  };
  const callers: [Record<string, string>, number, number][] = [
    [{}, 401, 401],
    [{ authorization: 'Bearer unknown-key-000' }, 401, 401],
    [{ cookie: 'countersign.session_token=forged.forged' }, 401, 401],
    [{ cookie }, 403, 403],
    [{ authorization: `Bearer ${keys.agent}` }, 403, 403],
    [{ authorization: `Bearer ${keys.dev}` }, 403, 200],
    [{ authorization: `Bearer ${keys.admin}` }, 200, 200],
  ];
  for (const [headers, configuration, attempts] of callers) {
    const post = await http.inject({
      method: 'POST',
      url: '/api/configuration',
      payload: 'queues: [{ name: Matrix }]\n',
      headers: { ...headers, 'content-type': 'text/yaml' },
    });
    assert.equal(post.statusCode, configuration, post.body);
    if (configuration !== 200) {
      const names = [...world.configuration.current().queues.values()].map(({ name }) => name);
      assert.ok(!names.includes('Matrix'), 'a refusal changes nothing');
      assert.equal(post.json().code, configuration === 401 ? 'unauthenticated' : 'forbidden');
    }
    const get = await http.inject({ url: '/api/attempts?limit=5&outcome=refused', headers });
    assert.equal(get.statusCode, attempts);
    const others: { method: 'GET' | 'POST'; url: string; found: number; payload?: object }[] = [
      { method: 'GET', url: '/api/attempts/ABCD-EFGH', found: 404 },
      { method: 'GET', url: '/api/authentication-settings', found: 200 },
      {
        method: 'POST',
        url: '/api/attempts/try',
        found: 404,
        payload: { setting: 'x', token: 'y' },
      },
      { method: 'POST', url: `/api/authentication-settings/${newId()}/refetch`, found: 404 },
    ];
    for (const { found, ...request } of others) {
      const answer = await http.inject({ ...request, headers });
      assert.equal(answer.statusCode, attempts === 200 ? found : attempts, request.url);
    }
  }
});

test('a file over HTTP is in force once it is answered, and says what changed', async () => {
  const answer = await apply('queues: [{ name: Over HTTP }]\n', 'Bearer admin-key-0123456789');
  assert.equal(answer.statusCode, 200);
  assert.deepEqual(answer.json(), {
    changes: [{ kind: 'queues', name: 'Over HTTP', action: 'created' }],
  });
  const names = [...world.configuration.current().queues.values()].map(({ name }) => name);
  assert.ok(names.includes('Over HTTP'));
});

test('faults over HTTP name line, path and expectation, and secrets of this machine stay here', async () => {
  const answer = await apply(example, 'Bearer admin-key-0123456789');
  assert.equal(answer.statusCode, 422);
  assert.match(String(answer.headers['content-type']), /^application\/problem\+json/);
  const { code, faults } = answer.json();
  assert.equal(code, 'invalid_configuration');
  const secret = faults.find(({ path }: { path: string }) => path === 'apiKeys[0].token');
  assert.match(secret.message, /expected the secret itself/);
  assert.doesNotMatch(answer.body, /marker-/);
  const wrongType = await http.inject({
    method: 'POST',
    url: '/api/configuration',
    payload: { queues: [] },
    headers: { authorization: 'Bearer admin-key-0123456789' },
  });
  assert.equal(wrongType.statusCode, 415);
});

test('a password that the file changes signs the person out', async () => {
  const cookie = cookieOf(await signIn(ADMIN)).split(';')[0] ?? '';
  await world.apply(PEOPLE);
  assert.ok(await administration.identify({ headers: { cookie } }), 'nothing changed: still in');

  const changed = { ...environment, ADMIN_PASSWORD: 'marker-another-password' };
  await world.apply(PEOPLE, changed);
  assert.equal(await administration.identify({ headers: { cookie } }), null);
  assert.equal((await signIn(ADMIN)).statusCode, 401);
  const renewed = { ...ADMIN, password: 'marker-another-password' };
  assert.equal((await signIn(renewed)).statusCode, 200);
  await world.apply(PEOPLE);
});

test('a password that the person changed since is kept when the file is applied again', async () => {
  const { kysely } = world.database;
  const hash = await hashPassword('chosen-by-ada');
  await sql`update staff_accounts set password = ${hash}
    where "userId" = (select id from staff_users where email = ${ADMIN.email})`.execute(kysely);
  await world.apply(PEOPLE);
  assert.equal((await signIn(ADMIN)).statusCode, 401);
  assert.equal((await signIn({ ...ADMIN, password: 'chosen-by-ada' })).statusCode, 200);
});

// Passkeys: added, named, removed, signed in with, and every way in which they are refused.
import assert from 'node:assert/strict';
import { generateKeyPairSync } from 'node:crypto';
import { once } from 'node:events';
import { createServer } from 'node:net';
import { after, before, test } from 'node:test';
import { sql } from 'kysely';
import { startTestNode, type TestNode } from '../start-node.ts';
import { codeOf } from './authenticator-app.ts';
import { ANNA, MARIA, PASSWORD, PEOPLE, TOM } from './people.ts';
import { Person } from './person.ts';
import { type Deviations, SoftwarePasskey } from './software-passkey.ts';

let node: TestNode;
before(async () => {
  const port = await freePort();
  node = await startTestNode({
    configuration: PEOPLE,
    environment: {
      PASSWORD,
      COUNTERSIGN_PORT: String(port),
      // A name: there are no passkeys for an address
      COUNTERSIGN_PUBLIC_URL: `http://localhost:${port}`,
    },
  });
});
after(() => node.close());

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  server.close();
  await once(server, 'close');
  return typeof address === 'object' && address ? address.port : 0;
}

async function stored(): Promise<string> {
  const tables = ['staff_users', 'staff_passkeys', 'staff_sessions', 'staff_links'];
  const read = (table: string) =>
    sql`select to_jsonb(t) - 'lastSeenAt' as row from ${sql.table(table)} t order by 1`.execute(
      node.database.kysely,
    );
  return JSON.stringify((await Promise.all(tables.map(read))).map(({ rows }) => rows));
}

async function enrol(person: Person, passkey: SoftwarePasskey, deviations: Deviations = {}) {
  const options = await person.call('POST', '/api/account/passkeys/options', {
    password: PASSWORD,
  });
  assert.equal(options.status, 200, JSON.stringify(options.body));
  assert.equal(options.body.authenticatorSelection.userVerification, 'required');
  const response = passkey.create(options.body.challenge, deviations);
  return person.call('POST', '/api/account/passkeys', { response, name: 'My laptop' });
}

async function signIn(passkey: SoftwarePasskey, deviations: Deviations = {}) {
  const person = new Person(node.url);
  const { body } = await person.call('POST', '/auth/passkey/options', {});
  const response = passkey.get(body.challenge, deviations);
  const answer = await person.call('POST', '/auth/passkey/sign-in', { response });
  return { person, answer, response };
}

test('a passkey is added with the password, and signs in by itself', async () => {
  assert.equal((await new Person(node.url).call('GET', '/auth/ways')).body.passkey, true);
  const maria = await Person.signedIn(node.url, MARIA, PASSWORD);
  const before = await stored();
  for (const body of [{}, { password: 'a-guess' }]) {
    const refused = await maria.call('POST', '/api/account/passkeys/options', body);
    assert.equal(refused.body.code, 'wrong_password');
  }
  assert.equal(await stored(), before);
  const passkey = new SoftwarePasskey(node.url);
  assert.equal((await enrol(maria, passkey)).status, 204);
  const { passkeys } = (await maria.call('GET', '/api/account')).body;
  assert.deepEqual(
    passkeys.map(({ name, synced }: { name: string; synced: boolean }) => [name, synced]),
    [['My laptop', false]],
  );
  const { person } = await signIn(passkey);
  assert.equal((await person.call('GET', '/api/me')).body.email, MARIA);
});

test('a passkey that is not proven signs nobody in and is not added', async () => {
  const tom = await Person.signedIn(node.url, TOM, PASSWORD);
  const passkey = new SoftwarePasskey(node.url);
  const before = await stored();
  const evil = 'https://evil.example';
  for (const deviations of [{ userVerified: false }, { origin: evil }]) {
    const answer = await enrol(tom, new SoftwarePasskey(node.url), deviations);
    assert.equal(answer.status >= 400, true, JSON.stringify(answer.body));
  }
  assert.equal(await stored(), before);
  await enrol(tom, passkey);
  const added = await stored();
  const { privateKey: key } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const unknown = new SoftwarePasskey(node.url);
  for (const [device, deviations] of [
    [passkey, { userVerified: false }],
    [passkey, { origin: evil }],
    [passkey, { key }],
    [unknown, {}],
  ] as const) {
    const { person, answer } = await signIn(device, deviations);
    assert.deepEqual([answer.status, answer.body.code], [403, 'not_proven']);
    assert.ok(!(await person.isIn()));
  }
  assert.equal(await stored(), added);
});

test('[T34] an answer counts once, and in the browser that asked', async () => {
  const anna = await Person.signedIn(node.url, ANNA, PASSWORD);
  const passkey = new SoftwarePasskey(node.url);
  await enrol(anna, passkey);
  const { person, response } = await signIn(passkey);
  const before = await stored();
  const again = await person.call('POST', '/auth/passkey/sign-in', { response });
  assert.equal(again.status, 403);
  const asked = new Person(node.url);
  const { body } = await asked.call('POST', '/auth/passkey/options', {});
  const elsewhere = new Person(node.url);
  const answer = await elsewhere.call('POST', '/auth/passkey/sign-in', {
    response: passkey.get(body.challenge),
  });
  assert.equal(answer.status, 403);
  assert.ok(!(await elsewhere.isIn()));
  assert.equal(await stored(), before);
});

test('[A01] a person names and removes their own passkeys alone', async () => {
  const maria = await Person.signedIn(node.url, MARIA, PASSWORD);
  const tom = await Person.signedIn(node.url, TOM, PASSWORD);
  const [own] = (await maria.call('GET', '/api/account')).body.passkeys;
  const path = `/api/account/passkeys/${own.id}`;
  const before = await stored();
  assert.equal((await tom.call('PATCH', path, { name: 'Mine' })).status, 404);
  assert.equal((await tom.call('DELETE', path)).status, 404);
  assert.equal((await maria.call('PATCH', path, { name: ' ' })).status, 400);
  assert.equal(await stored(), before);
  assert.equal((await maria.call('PATCH', path, { name: 'Old laptop' })).status, 204);
  assert.equal((await maria.call('GET', '/api/account')).body.passkeys[0].name, 'Old laptop');
  assert.equal((await maria.call('DELETE', path)).status, 204);
  assert.deepEqual((await maria.call('GET', '/api/account')).body.passkeys, []);
});

test('an invited person may take a passkey instead of a password, and cannot lose it', async () => {
  const anna = await Person.signedIn(node.url, ANNA, PASSWORD);
  const invited = { email: 'nea@shop.example', name: 'Nea New', roles: ['agent'] };
  const { url } = (await anna.call('POST', '/api/invitations', invited)).body;
  const token = new URL(url).hash.slice(1);
  // In a browser in which somebody else is signed in
  const { challenge } = (await anna.call('POST', '/auth/welcome/passkey/options', { token })).body;
  const passkey = new SoftwarePasskey(node.url);
  const response = passkey.create(challenge);
  const body = { token, response, name: 'Phone' };
  const answer = await anna.call('POST', '/auth/welcome/passkey', body);
  assert.equal(answer.status, 200, JSON.stringify(answer.body));
  assert.equal((await anna.call('GET', '/api/me')).body.email, 'nea@shop.example');
  const before = await stored();
  const again = new Person(node.url);
  assert.equal((await again.call('POST', '/auth/welcome/passkey', body)).body.code, 'link_gone');
  assert.equal((await again.call('POST', '/auth/welcome/passkey/options', { token })).status, 404);
  const { person } = await signIn(passkey);
  const [own] = (await person.call('GET', '/api/account')).body.passkeys;
  const refused = await person.call('DELETE', `/api/account/passkeys/${own.id}`);
  assert.deepEqual([refused.status, refused.body.code], [409, 'last_way_in']);
  assert.equal((await stored()).includes(own.id), before.includes(own.id));
});

test('a link gives no passkey around a second factor', async () => {
  const tom = await Person.signedIn(node.url, TOM, PASSWORD);
  const { uri } = (await tom.call('POST', '/api/account/second-factor', { password: PASSWORD }))
    .body;
  await tom.call('POST', '/api/account/second-factor/confirm', { code: codeOf(uri) });
  const anna = await Person.signedIn(node.url, ANNA, PASSWORD);
  const { url } = (await anna.call('POST', '/api/invitations', { email: TOM })).body;
  const token = new URL(url).hash.slice(1);
  const before = await stored();
  const browser = new Person(node.url);
  const options = await browser.call('POST', '/auth/welcome/passkey/options', { token });
  assert.equal(options.body.code, 'link_gone');
  assert.equal(await stored(), before);
});

// Links by which people come in: the first administrator's, and invitations.
import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { sql } from 'kysely';
import { startNode } from '../../src/node.ts';
import { readSettings } from '../../src/settings.ts';
import { startTestNode, type TestNode } from '../start-node.ts';
import { codeOf } from './authenticator-app.ts';
import { ANNA, ARNE, MARIA, movableClock, PASSWORD, PEOPLE, TOM } from './people.ts';
import { Person } from './person.ts';

const HOUR_MS = 3_600_000;
const NEW_PASSWORD = 'a new password of mine';

const clock = movableClock();
let node: TestNode;
let empty: TestNode;
before(async () => {
  node = await startTestNode({ configuration: PEOPLE, environment: { PASSWORD }, clock });
  empty = await startTestNode({ configuration: 'queues: [{ name: Guests }]', clock });
});
after(async () => {
  await node.close();
  await empty.close();
});

const tokenOf = (url: string | null): string => new URL(url ?? '').hash.slice(1);

async function rows(of: TestNode, table: string): Promise<Record<string, unknown>[]> {
  const found = await sql<
    Record<string, unknown>
  >`select * from ${sql.table(table)} order by 1`.execute(of.database.kysely);
  return found.rows;
}

/** Everything that a refused link could have changed. */
async function stored(of: TestNode): Promise<string> {
  const tables = ['staff_users', 'staff_accounts', 'staff_links', 'staff_passkeys'];
  const { rows: users } = await sql`
    select id, name, version from configuration_objects where kind = 'users' order by id`.execute(
    of.database.kysely,
  );
  return JSON.stringify([users, await Promise.all(tables.map((table) => rows(of, table)))]);
}

test('a node with users offers no link, and takes none for a first administrator', async () => {
  assert.equal(node.firstAdministratorUrl, null);
  const before = await stored(node);
  const person = { name: 'Eve', email: 'eve@shop.example', password: PASSWORD };
  const token = tokenOf(empty.firstAdministratorUrl);
  const answer = await new Person(node.url).call('POST', '/auth/welcome/first', {
    token,
    ...person,
  });
  assert.equal(answer.status, 404);
  assert.equal(answer.body.code, 'link_gone');
  assert.equal(await stored(node), before);
});

test('[R04] [P01] the first administrator: by link alone, kept as a hash, one of two wins', async () => {
  const url = empty.firstAdministratorUrl ?? '';
  assert.match(url, new RegExp(`^${empty.url}/welcome#[\\w-]{43}$`));
  assert.ok(!(await stored(empty)).includes(tokenOf(url)), 'the token itself is stored nowhere');
  const token = tokenOf(url);
  const looked = await new Person(empty.url).call('POST', '/auth/welcome/look', { token });
  assert.deepEqual([looked.status, looked.body], [200, { kind: 'first' }]);

  const before = await stored(empty);
  const guess = { token: `${token.slice(1)}A`, name: 'Eve', email: 'eve@shop.example' };
  const guessed = await new Person(empty.url).call('POST', '/auth/welcome/first', {
    ...{ ...guess, password: PASSWORD },
  });
  assert.equal(guessed.status, 404);
  const short = await new Person(empty.url).call('POST', '/auth/welcome/first', {
    ...{ token, name: 'Ada', email: 'ada@shop.example', password: 'short' },
  });
  assert.equal(short.status, 400);
  assert.equal(await stored(empty), before, 'refusals change nothing');

  const people = ['Ada', 'Bea'].map((name) => ({ name, browser: new Person(empty.url) }));
  const answers = await Promise.all(
    people.map(({ name, browser }) =>
      browser.call('POST', '/auth/welcome/first', {
        ...{ token, name, email: `${name}@Shop.example`, password: PASSWORD },
      }),
    ),
  );
  assert.deepEqual(answers.map(({ status }) => status).sort(), [200, 404]);
  const winner = people[answers.findIndex(({ status }) => status === 200)];
  assert.ok(winner);
  const me = await winner.browser.call('GET', '/api/me');
  assert.deepEqual(me.body.roles, ['administrator', 'secrets']);
  assert.equal(me.body.email, `${winner.name.toLowerCase()}@shop.example`);
  assert.equal((await rows(empty, 'staff_users')).length, 1);
  assert.deepEqual(await rows(empty, 'staff_links'), []);
});

test('the first link: a new one at each start, the old one void, a day long', async () => {
  const dataDir = mkdtempSync(join(tmpdir(), 'countersign-'));
  const settings = readSettings({
    COUNTERSIGN_PORT: '0',
    COUNTERSIGN_DATA_DIR: dataDir,
    COUNTERSIGN_LOG_LEVEL: 'silent',
  });
  const look = async (url: string, token: string) =>
    (await new Person(url).call('POST', '/auth/welcome/look', { token })).status;
  const before = await startNode({ settings, clock });
  const old = tokenOf(before.firstAdministratorUrl);
  assert.equal(await look(before.url, old), 200);
  await before.close();
  const again = await startNode({ settings, clock });
  const token = tokenOf(again.firstAdministratorUrl);
  assert.notEqual(token, old);
  assert.equal(await look(again.url, old), 404);
  assert.equal(await look(again.url, token), 200);
  clock.move(24 * HOUR_MS + 1000);
  assert.equal(await look(again.url, token), 404);
  await again.close();
  rmSync(dataDir, { recursive: true, force: true });
});

async function invite(by: Person, body: object): Promise<{ token: string; id: string }> {
  const answer = await by.call('POST', '/api/invitations', body);
  assert.equal(answer.status, 201, JSON.stringify(answer.body));
  return { token: tokenOf(answer.body.url), id: answer.body.invitation.id };
}

test('an invitation makes a user who sets the password, once', async () => {
  const anna = await Person.signedIn(node.url, ANNA, PASSWORD);
  const email = 'New@Shop.example';
  const { token, id } = await invite(anna, { email, name: 'Nea New', roles: ['agent'] });
  const listed = await anna.call('GET', '/api/invitations');
  assert.deepEqual(
    listed.body.items.map((one: { id: string; email: string; createdBy: string }) => [
      ...[one.id, one.email, one.createdBy],
    ]),
    [[id, 'new@shop.example', 'Anna Admin']],
  );
  assert.ok(!JSON.stringify(listed.body).includes(token));
  assert.ok(!(await stored(node)).includes(token), 'kept as a hash');

  const nea = new Person(node.url);
  const looked = await nea.call('POST', '/auth/welcome/look', { token });
  assert.deepEqual(looked.body, {
    ...{ kind: 'invitation', email: 'new@shop.example', name: 'Nea New' },
    ...{ secondFactor: false, passkey: false },
  });
  const password = NEW_PASSWORD;
  assert.equal((await nea.call('POST', '/auth/welcome', { token, password })).status, 200);
  assert.ok(await nea.isIn());
  const before = await stored(node);
  const again = await new Person(node.url).call('POST', '/auth/welcome', { token, password });
  assert.equal(again.status, 404);
  assert.equal(await stored(node), before);
  assert.deepEqual((await anna.call('GET', '/api/invitations')).body.items, []);
});

test('an invitation is void once revoked, replaced, or a week old', async () => {
  const anna = await Person.signedIn(node.url, ANNA, PASSWORD);
  const use = async (token: string) => {
    const before = await stored(node);
    const body = { token, password: NEW_PASSWORD };
    const answer = await new Person(node.url).call('POST', '/auth/welcome', body);
    assert.equal(answer.body.code, 'link_gone');
    assert.equal(await stored(node), before);
  };
  const revoked = await invite(anna, { email: TOM });
  assert.equal((await anna.call('DELETE', `/api/invitations/${revoked.id}`)).status, 204);
  assert.equal((await anna.call('DELETE', `/api/invitations/${revoked.id}`)).status, 404);
  await use(revoked.token);
  const replaced = await invite(anna, { email: TOM });
  const old = await invite(anna, { email: TOM });
  await use(replaced.token);
  clock.move(7 * 24 * HOUR_MS + 1000);
  await use(old.token);
  assert.equal((await new Person(node.url).signIn(TOM, PASSWORD)).status, 200, 'as it was');
});

test('a link for somebody who is there sets the password anew and ends their sessions', async () => {
  const anna = await Person.signedIn(node.url, ANNA, PASSWORD);
  const before = await Person.signedIn(node.url, TOM, PASSWORD);
  const { token } = await invite(anna, { email: TOM });
  assert.ok(await before.isIn(), 'nothing happens before the link is used');
  const tom = new Person(node.url);
  await tom.call('POST', '/auth/welcome', { token, password: NEW_PASSWORD });
  assert.ok(await tom.isIn());
  assert.ok(!(await before.isIn()));
  assert.equal((await new Person(node.url).signIn(TOM, PASSWORD)).status, 401);
});

test('[A01] only who has the role secrets invites, or lets in, who has it', async () => {
  const anna = await Person.signedIn(node.url, ANNA, PASSWORD);
  const arne = await Person.signedIn(node.url, ARNE, PASSWORD);
  const maria = await Person.signedIn(node.url, MARIA, PASSWORD);
  const before = await stored(node);
  const body = { email: 'x@shop.example', name: 'X', roles: ['administrator', 'secrets'] };
  for (const request of [{ email: ARNE }, { email: ARNE, startOver: true }, body]) {
    const answer = await anna.call('POST', '/api/invitations', request);
    assert.deepEqual([answer.status, answer.body.code], [403, 'needs_secrets']);
    assert.equal((await maria.call('POST', '/api/invitations', request)).body.code, 'forbidden');
  }
  const refusals: [object, string][] = [
    [{ email: 'nobody@shop.example' }, 'unknown_user'],
    [{ email: MARIA, name: 'Other', roles: ['agent'] }, 'user_exists'],
    [{ email: 'y@shop.example', name: 'Y' }, 'invalid_request'],
    [{ email: 'y@shop.example', name: 'Y', roles: ['owner'] }, 'invalid_request'],
    [{ email: MARIA, withSecrets: true }, 'invalid_request'],
  ];
  for (const [request, code] of refusals) {
    assert.equal((await arne.call('POST', '/api/invitations', request)).body.code, code);
  }
  assert.equal(await stored(node), before, 'refusals change nothing');
  await invite(arne, body);

  // Made by somebody without the role, for somebody who is given it afterwards
  const { token } = await invite(anna, { email: MARIA });
  const promote = async (roles: string) => {
    const response = await fetch(`${node.url}/api/configuration`, {
      method: 'POST',
      headers: {
        'content-type': 'text/yaml',
        authorization: 'Bearer cs-key-of-a-deputy-0123456789abcdef01234',
      },
      body: `users: [{ email: ${MARIA}, name: Maria Santos, nickname: Maria, roles: [${roles}] }]`,
    });
    assert.equal(response.status, 200);
  };
  await promote('agent, secrets');
  const promoted = await stored(node);
  const refused = await new Person(node.url).call('POST', '/auth/welcome', {
    ...{ token, password: NEW_PASSWORD },
  });
  assert.equal(refused.body.code, 'link_gone');
  assert.equal(await stored(node), promoted);
  await promote('agent');
});

test('a link does not get around a second factor, unless it is to start over', async () => {
  const arne = await Person.signedIn(node.url, ARNE, PASSWORD);
  const maria = await Person.signedIn(node.url, MARIA, PASSWORD);
  const begun = await maria.call('POST', '/api/account/second-factor', { password: PASSWORD });
  const { uri } = begun.body;
  await maria.call('POST', '/api/account/second-factor/confirm', { code: codeOf(uri, -1) });

  const kept = await invite(arne, { email: MARIA });
  const browser = new Person(node.url);
  const looked = await browser.call('POST', '/auth/welcome/look', { token: kept.token });
  assert.deepEqual([looked.body.secondFactor, looked.body.passkey], [true, false]);
  const body = { token: kept.token, password: NEW_PASSWORD };
  const answer = await browser.call('POST', '/auth/welcome', body);
  assert.equal(answer.body.twoFactorRedirect, true);
  assert.ok(!(await browser.isIn()));
  await browser.call('POST', '/auth/two-factor/verify-totp', { code: codeOf(uri) });
  assert.ok(await browser.isIn());

  const over = await invite(arne, { email: MARIA, startOver: true });
  const anew = new Person(node.url);
  await anew.call('POST', '/auth/welcome', { token: over.token, password: PASSWORD });
  assert.ok(await anew.isIn());
  assert.deepEqual(await rows(node, 'staff_two_factors'), []);
});

test('[R04] guesses at links from one network are slowed down', async () => {
  const guesses = Array.from({ length: 60 }, (_, n) =>
    new Person(node.url).call('POST', '/auth/welcome/look', { token: `guess-${n}` }),
  );
  const statuses = (await Promise.all(guesses)).map(({ status }) => status);
  assert.ok(statuses.includes(429));
  clock.move(HOUR_MS);
});

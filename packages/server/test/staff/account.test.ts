// What a person changes of their own account, and who ends whose session.
import assert from 'node:assert/strict';
import { after, before, beforeEach, test } from 'node:test';
import { sql } from 'kysely';
import { startTestNode, type TestNode } from '../start-node.ts';
import { codeOf, wrongCode } from './authenticator-app.ts';
import { ANNA, ARNE, MARIA, movableClock, PASSWORD, PEOPLE, TOM } from './people.ts';
import { Person } from './person.ts';

const clock = movableClock();
let node: TestNode;
before(async () => {
  node = await startTestNode({ configuration: PEOPLE, environment: { PASSWORD }, clock });
});
after(() => node.close());
beforeEach(async () => {
  const { kysely } = node.database;
  await sql`delete from staff_sign_in_counts`.execute(kysely);
  await sql`delete from staff_two_factors`.execute(kysely);
  await sql`update staff_users set "twoFactorEnabled" = false`.execute(kysely);
});

async function stored(): Promise<string> {
  const read = (table: string) =>
    sql`select * from ${sql.table(table)} order by 1`.execute(node.database.kysely);
  const tables = ['staff_users', 'staff_accounts', 'staff_two_factors', 'staff_passkeys'];
  return JSON.stringify((await Promise.all(tables.map(read))).map(({ rows }) => rows));
}

const sessionCount = async (email: string): Promise<number> => {
  const { rows } = await sql`
    select 1 from staff_sessions s join staff_users u on u.id = s."userId"
    where u.email = ${email}`.execute(node.database.kysely);
  return rows.length;
};

async function withSecondFactor(email: string) {
  const person = await Person.signedIn(node.url, email, PASSWORD);
  const begun = await person.call('POST', '/api/account/second-factor', { password: PASSWORD });
  assert.equal(begun.status, 200, JSON.stringify(begun.body));
  const { uri, recoveryCodes }: { uri: string; recoveryCodes: string[] } = begun.body;
  const code = codeOf(uri, -1);
  const confirmed = await person.call('POST', '/api/account/second-factor/confirm', { code });
  assert.equal(confirmed.status, 204, JSON.stringify(confirmed.body));
  assert.ok(await person.isIn(), 'still in, with a session of its own');
  return { person, uri, recoveryCodes };
}

/** The right password, and then what is asked for. */
async function atSecondStep(email: string): Promise<Person> {
  const person = new Person(node.url);
  const answer = await person.signIn(email, PASSWORD);
  assert.deepEqual([answer.status, answer.body.twoFactorRedirect], [200, true]);
  assert.ok(!(await person.isIn()), 'the password alone lets nobody in');
  return person;
}

test('the ways to sign in are told to everybody', async () => {
  const ways = await new Person(node.url).call('GET', '/auth/ways');
  assert.deepEqual(ways.body, { password: true, passkey: false, company: null });
});

test('[A01] an account is a person’s own: nobody, and no API key, has one', async () => {
  const before = await stored();
  const calls = ['GET /api/account', 'GET /api/account/sessions', 'DELETE /api/account/sessions'];
  for (const call of calls) {
    const [method = '', path = ''] = call.split(' ');
    assert.equal((await new Person(node.url).call(method, path)).status, 401);
    for (const [key, status] of [
      ['cs-key-of-a-bot-0123456789abcdef01234567', 403],
      ['no-such-key', 401],
    ] as const) {
      const headers = { authorization: `Bearer ${key}` };
      assert.equal((await fetch(node.url + path, { method, headers })).status, status);
    }
  }
  assert.equal(await stored(), before);
});

test('a person changes their name, which agents and files see', async () => {
  const tom = await Person.signedIn(node.url, TOM, PASSWORD);
  assert.equal((await tom.call('PUT', '/api/account', { name: 'Tom Weber-Ek' })).status, 204);
  const me = (await tom.call('GET', '/api/me')).body;
  assert.deepEqual([me.name, me.nickname], ['Tom Weber-Ek', 'Tom Weber-Ek']);
  const before = await stored();
  const wrong = [{ name: ' ' }, { name: 'Tom', roles: ['administrator'] }, { email: ANNA }];
  for (const body of wrong) {
    assert.equal((await tom.call('PUT', '/api/account', body)).status, 400);
  }
  assert.equal(await stored(), before);
  assert.deepEqual((await tom.call('GET', '/api/me')).body.roles, ['agent']);
});

test('[R04] [T34] a new password needs the old one, and ends the other sessions', async () => {
  const tom = await Person.signedIn(node.url, TOM, PASSWORD);
  const elsewhere = await Person.signedIn(node.url, TOM, PASSWORD);
  const change = (password: string, newPassword: string) =>
    tom.call('POST', '/api/account/password', { password, newPassword });
  const before = await stored();
  assert.equal((await change('a-guess', 'another password')).body.code, 'wrong_password');
  assert.equal(
    (await tom.call('POST', '/api/account/password', { newPassword: 'x'.repeat(9) })).status,
    403,
  );
  assert.equal((await change(PASSWORD, 'short')).status, 400);
  assert.equal(await stored(), before);
  assert.ok(await elsewhere.isIn());

  const changed = await change(PASSWORD, 'another password');
  assert.equal(changed.status, 204, JSON.stringify(changed.body));
  assert.ok(await tom.isIn());
  assert.ok(!(await elsewhere.isIn()));
  assert.equal((await new Person(node.url).signIn(TOM, PASSWORD)).status, 401);
  assert.equal((await change('another password', PASSWORD)).status, 204);

  const guesses = await Promise.all(
    Array.from({ length: 12 }, () => change('a-guess', 'p'.repeat(9))),
  );
  assert.ok(guesses.some(({ status }) => status === 429));
});

test('a second factor is asked for with the password; its code holds for one sign-in', async () => {
  const { uri } = await withSecondFactor(MARIA);
  const first = await atSecondStep(MARIA);
  const code = codeOf(uri);
  assert.equal((await first.call('POST', '/auth/two-factor/verify-totp', { code })).status, 200);
  assert.ok(await first.isIn());

  const sessions = await sessionCount(MARIA);
  const second = await atSecondStep(MARIA);
  const again = await second.call('POST', '/auth/two-factor/verify-totp', { code });
  assert.deepEqual([again.status, again.body.code], [403, 'code_used']);
  assert.ok(!(await second.isIn()));
  assert.equal(await sessionCount(MARIA), sessions);
});

test('a second factor is on only once a code was right, and is not handed out again', async () => {
  const tom = await Person.signedIn(node.url, TOM, PASSWORD);
  const before = await stored();
  const refused = await tom.call('POST', '/api/account/second-factor', { password: 'a-guess' });
  assert.equal(refused.body.code, 'wrong_password');
  assert.equal(await stored(), before);
  const { uri } = (await tom.call('POST', '/api/account/second-factor', { password: PASSWORD }))
    .body;
  const code = wrongCode(uri);
  const wrong = await tom.call('POST', '/api/account/second-factor/confirm', { code });
  assert.deepEqual([wrong.status, wrong.body.code], [403, 'wrong_code']);
  assert.equal((await tom.call('GET', '/api/account')).body.secondFactor, false);
  assert.equal(
    (await new Person(node.url).signIn(TOM, PASSWORD)).body.twoFactorRedirect,
    undefined,
  );
  assert.ok(!(await stored()).includes(new URL(uri).searchParams.get('secret') ?? ''), 'sealed');
});

test('[R04] codes cannot be guessed: five for one password, ten for one account', async () => {
  const { uri } = await withSecondFactor(MARIA);
  const sessions = await sessionCount(MARIA);
  const attempt = async (person: Person, code: string) =>
    (await person.call('POST', '/auth/two-factor/verify-totp', { code })).body.code;
  const first = await atSecondStep(MARIA);
  const second = await atSecondStep(MARIA);
  const code = wrongCode(uri);
  for (const person of [first, second]) {
    for (let n = 0; n < 5; n += 1) assert.equal(await attempt(person, code), 'wrong_code');
  }
  assert.equal(await attempt(second, codeOf(uri)), 'too_many_attempts');
  const third = await atSecondStep(MARIA);
  assert.equal(await attempt(third, codeOf(uri)), 'too_many_attempts', 'not even the right one');
  assert.equal(await sessionCount(MARIA), sessions);
  const without = new Person(node.url);
  assert.equal(await attempt(without, codeOf(uri)), 'sign_in_again', 'and none without a password');
});

test('a recovery code lets in once; new ones void the old', async () => {
  const { person, recoveryCodes } = await withSecondFactor(MARIA);
  const use = async (code = '') => {
    const browser = await atSecondStep(MARIA);
    await browser.call('POST', '/auth/two-factor/verify-backup-code', { code });
    return browser.isIn();
  };
  assert.equal(recoveryCodes.length, 10);
  assert.ok(await use(recoveryCodes[0]));
  assert.ok(!(await use(recoveryCodes[0])), 'used');
  const refused = await person.call('POST', '/api/account/recovery-codes', { password: 'a-guess' });
  assert.equal(refused.body.code, 'wrong_password');
  const renewed = await person.call('POST', '/api/account/recovery-codes', { password: PASSWORD });
  assert.ok(!(await use(recoveryCodes[1])), 'void');
  assert.ok(await use(renewed.body.recoveryCodes[0]));
});

test('a second factor is taken away with the password alone', async () => {
  const { person } = await withSecondFactor(MARIA);
  const remove = (password: string) =>
    person.call('POST', '/api/account/second-factor/remove', { password });
  const before = await stored();
  assert.equal((await remove('a-guess')).body.code, 'wrong_password');
  assert.equal(await stored(), before);
  assert.equal((await remove(PASSWORD)).status, 204);
  assert.equal((await person.call('GET', '/api/account')).body.secondFactor, false);
  assert.ok(await (await Person.signedIn(node.url, MARIA, PASSWORD)).isIn());
});

test('[T34] a person sees and ends their own sessions, and no other’s', async () => {
  const here = new Person(node.url, 'Mozilla/5.0 (X11; Linux x86_64) Firefox/140.0');
  await here.signIn(TOM, PASSWORD);
  const there = await Person.signedIn(node.url, TOM, PASSWORD);
  const maria = await Person.signedIn(node.url, MARIA, PASSWORD);
  const listed = await here.call('GET', '/api/account/sessions');
  const own = listed.body.items.filter((one: { current: boolean }) => one.current);
  assert.equal(own.length, 1);
  assert.match(own[0].userAgent, /Firefox/);
  assert.equal(own[0].address, '127.0.0.1');
  assert.ok(Date.parse(own[0].lastSeenAt) >= Date.parse(own[0].createdAt) - 1000);
  assert.doesNotMatch(JSON.stringify(listed.body), /token/i);

  const foreign = (await maria.call('GET', '/api/account/sessions')).body.items[0].id;
  const refused = await here.call('DELETE', `/api/account/sessions/${foreign}`);
  const unknown = await here.call('DELETE', '/api/account/sessions/no-such-session');
  assert.deepEqual([refused.status, refused.body], [unknown.status, unknown.body]);
  assert.ok(await maria.isIn());

  const other = (await there.call('GET', '/api/account/sessions')).body.items.find(
    (one: { current: boolean }) => one.current,
  );
  assert.equal((await here.call('DELETE', `/api/account/sessions/${other.id}`)).status, 204);
  assert.ok(!(await there.isIn()));
  await Person.signedIn(node.url, TOM, PASSWORD);
  assert.ok((await here.call('DELETE', '/api/account/sessions')).body.ended >= 1);
  assert.equal(await sessionCount(TOM), 1);
  assert.ok(await here.isIn());
});

test('[A01] administrators end sessions of people; of who has secrets, only who has it too', async () => {
  const [anna, arne, tom] = await Promise.all(
    [ANNA, ARNE, TOM].map((email) => Person.signedIn(node.url, email, PASSWORD)),
  );
  assert.ok(anna && arne && tom);
  const idOf = async (person: Person) => (await person.call('GET', '/api/me')).body.id;
  const path = `/api/users/${await idOf(tom)}/sessions`;
  const arnes = `/api/users/${await idOf(arne)}/sessions`;
  const arneSession = (await arne.call('GET', '/api/account/sessions')).body.items[0].id;
  for (const refused of [
    await tom.call('GET', arnes),
    await tom.call('GET', path),
    await anna.call('GET', arnes),
    await anna.call('DELETE', `${arnes}/${arneSession}`),
    await tom.call('DELETE', `${arnes}/${arneSession}`),
  ]) {
    assert.equal(refused.status, 403);
  }
  // A session of one person under the name of another
  assert.equal((await anna.call('DELETE', `${path}/${arneSession}`)).status, 404);
  assert.ok(await arne.isIn());

  for (const { id } of (await anna.call('GET', path)).body.items) {
    assert.equal((await anna.call('DELETE', `${path}/${id}`)).status, 204);
  }
  assert.ok(!(await tom.isIn()));
  assert.equal(await sessionCount(TOM), 0);
  assert.equal((await arne.call('DELETE', `${arnes}/${arneSession}`)).status, 204);
});

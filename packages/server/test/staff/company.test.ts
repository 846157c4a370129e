// Sign-in at the company's own provider: a certified one, on loopback.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import {
  type IdentityProvider,
  people as samplePeople,
  signInAt,
  startIdentityProvider,
} from '@countersign/simulators';
import { sql } from 'kysely';
import { startTestNode, type TestNode } from '../start-node.ts';
import { codeOf } from './authenticator-app.ts';
import { MARIA, PASSWORD, PEOPLE, TOM } from './people.ts';
import { Person } from './person.ts';

const [sample] = samplePeople;
assert.ok(sample);
const people = [
  { ...sample, id: 'c-maria', email: 'Maria@shop.example' },
  { ...sample, id: 'c-tom', email: TOM, emailVerified: false },
  { ...sample, id: 'c-eve', email: 'eve@shop.example' },
];
const CLIENT = { clientId: 'countersign-staff', clientSecret: 'marker-company-secret' };

let provider: IdentityProvider;
let node: TestNode;
before(async () => {
  provider = await startIdentityProvider({ people });
  node = await startCompanyNode(`127.0.0.1:${provider.port}`);
  provider.registerClient({ ...CLIENT, redirectUris: [`${node.url}/auth/callback/company`] });
});
after(async () => {
  await node.close();
  await provider.close();
});

const startCompanyNode = (allowed: string): Promise<TestNode> =>
  startTestNode({
    configuration: PEOPLE,
    environment: {
      PASSWORD,
      COUNTERSIGN_ALLOW_PRIVATE_HOSTS: allowed,
      COUNTERSIGN_STAFF_SSO_ISSUER: provider.issuer,
      COUNTERSIGN_STAFF_SSO_CLIENT_ID: CLIENT.clientId,
      COUNTERSIGN_STAFF_SSO_CLIENT_SECRET: CLIENT.clientSecret,
      COUNTERSIGN_STAFF_SSO_NAME: 'Fjell & Fern',
    },
  });

async function stored(): Promise<string> {
  const tables = ['staff_users', 'staff_accounts', 'staff_sessions'];
  const read = (table: string) =>
    sql`select * from ${sql.table(table)} order by 1`.execute(node.database.kysely);
  return JSON.stringify((await Promise.all(tables.map(read))).map(({ rows }) => rows));
}

/** From the button to the way back; answers where the browser would go then. */
async function walk(browser: Person, person: string, callback?: (path: string) => string) {
  const begun = await browser.call('POST', '/auth/company', { returnTo: '/inbox/all' });
  assert.equal(begun.status, 200, JSON.stringify(begun.body));
  const { searchParams: asked } = new URL(begun.body.url);
  assert.equal(asked.get('code_challenge_method'), 'S256');
  const text = (name: string) => asked.get(name) ?? '';
  assert.ok(text('state') && text('nonce'));
  const answer = await signInAt(provider, {
    ...{ person, clientId: text('client_id'), redirectUri: text('redirect_uri') },
    ...{ codeChallenge: text('code_challenge'), scope: text('scope') },
    ...{ nonce: text('nonce'), state: text('state') },
  });
  const path = `/auth/callback/company?${new URLSearchParams({ ...answer })}`;
  return callback ? callback(path) : path;
}

test('a person is who has the verified address; no token of the provider is kept', async () => {
  const ways = await new Person(node.url).call('GET', '/auth/ways');
  assert.deepEqual(ways.body.company, { name: 'Fjell & Fern' });
  const maria = new Person(node.url);
  const back = await maria.call('GET', await walk(maria, 'c-maria'));
  assert.deepEqual([back.status, back.location], [302, '/inbox/all']);
  const account = await maria.call('GET', '/api/account');
  assert.equal(account.body.email, MARIA);
  assert.equal(account.body.company, 'Fjell & Fern');
  const { rows } = await sql`
    select "accessToken", "refreshToken", "idToken", password from staff_accounts
    where "providerId" = 'company'`.execute(node.database.kysely);
  assert.deepEqual(rows, [
    { accessToken: null, refreshToken: null, idToken: null, password: null },
  ]);
  const again = new Person(node.url);
  await again.call('GET', await walk(again, 'c-maria'));
  assert.ok(await again.isIn(), 'a second time, by the subject');
});

test('[A05] nobody is created, and an unverified address is nobody’s', async () => {
  const before = await stored();
  for (const person of ['c-eve', 'c-tom']) {
    const browser = new Person(node.url);
    const back = await browser.call('GET', await walk(browser, person));
    assert.equal(back.status, 302);
    assert.match(back.location ?? '', /^\/\?error=\w+$/);
    assert.ok(!(await browser.isIn()));
  }
  assert.equal(await stored(), before);
});

test('[T28] an answer in another browser, twice, or changed, signs nobody in', async () => {
  const maria = new Person(node.url);
  const path = await walk(maria, 'c-maria');
  const before = await stored();
  const victim = new Person(node.url);
  const crossed = await victim.call('GET', path);
  assert.match(crossed.location ?? '', /error=/);
  const forged = new Person(node.url);
  const other = await walk(forged, 'c-maria', (one) => one.replace(/code=[^&]+/, 'code=forged'));
  assert.match((await forged.call('GET', other)).location ?? '', /error=/);
  assert.ok(!(await victim.isIn()) && !(await forged.isIn()));
  assert.equal(await stored(), before);

  const used = new Person(node.url);
  const once = await walk(used, 'c-maria');
  const cookies = new Map(used.cookies);
  await used.call('GET', once);
  assert.ok(await used.isIn());
  const replay = new Person(node.url);
  for (const [name, value] of cookies) replay.cookies.set(name, value);
  await replay.call('GET', once);
  assert.ok(!(await replay.isIn()));
});

test('the way back leads nowhere else', async () => {
  const browser = new Person(node.url);
  for (const returnTo of ['https://evil.example/', '//evil.example', '/\\evil.example', 'inbox']) {
    assert.equal((await browser.call('POST', '/auth/company', { returnTo })).status, 400, returnTo);
  }
});

test('a company sign-in leaves the second factor to the provider', async () => {
  const tom = await Person.signedIn(node.url, MARIA, PASSWORD);
  const { uri } = (await tom.call('POST', '/api/account/second-factor', { password: PASSWORD }))
    .body;
  await tom.call('POST', '/api/account/second-factor/confirm', { code: codeOf(uri) });
  const browser = new Person(node.url);
  await browser.call('GET', await walk(browser, 'c-maria'));
  assert.ok(await browser.isIn());
  assert.equal((await new Person(node.url).signIn(MARIA, PASSWORD)).body.twoFactorRedirect, true);
});

test('[K12] [T30] a provider that is down or private holds up nobody else', async () => {
  const guarded = await startCompanyNode('');
  const refused = await new Person(guarded.url).call('POST', '/auth/company', {});
  assert.deepEqual([refused.status, refused.body.code], [502, 'company_unreachable']);
  await provider.goDown();
  const fresh = await startCompanyNode(`127.0.0.1:${provider.port}`);
  const down = await new Person(fresh.url).call('POST', '/auth/company', {});
  assert.deepEqual([down.status, down.body.code], [502, 'company_unreachable']);
  assert.equal((await new Person(fresh.url).signIn(TOM, PASSWORD)).status, 200);
  await provider.comeBack();
  const back = await new Person(fresh.url).call('POST', '/auth/company', {});
  assert.equal(back.status, 200, 'tried anew');
  await Promise.all([guarded.close(), fresh.close()]);
});

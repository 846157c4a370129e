import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { type SigningKey, signingKey, signToken, startKeyServer } from '@countersign/simulators';
import { sql } from 'kysely';
import {
  type IdentityUnderTest,
  identityUnderTest,
  openIdConnectSetting,
  signedTokenSetting,
  source,
} from '../testing/identity-under-test.ts';

let bench: IdentityUnderTest;
let key: SigningKey;
before(async () => {
  bench = await identityUnderTest({ startAt: Date.UTC(2026, 10, 24, 9) });
  key = await signingKey({ kid: 'k' });
  bench.pages.set('/keys', JSON.stringify({ keys: [key.jwk] }));
});
after(() => bench.close());

const now = () => Math.floor(bench.clock.now() / 1000);

/** Rows of every table, and what the tables of attempts and keys say. */
async function stored(): Promise<unknown> {
  const { kysely } = bench.database;
  await bench.sweep([]);
  const tables = await sql<{ name: string }>`
    select table_name as name from information_schema.tables
    where table_schema = 'public' and table_type = 'BASE TABLE' order by 1`.execute(kysely);
  const rows: Record<string, unknown> = {};
  for (const { name } of tables.rows) {
    const { rows: all } = await sql<{ row: unknown }>`
      select to_jsonb(one) as row from ${sql.table(name)} as one`.execute(kysely);
    rows[name] = all.map(({ row }) => JSON.stringify(row)).sort();
  }
  assert.ok(Object.hasOwn(rows, 'attempts') && Object.hasOwn(rows, 'public_key_uses'));
  return rows;
}

test('a tried token gets the same checks as a sign-in, and nothing of it is stored', async () => {
  const setting = signedTokenSetting(`${bench.site.url}/keys`);
  const good = signToken(key, { iss: 's', sub: 'u', iat: now(), exp: now() + 60, email: 'a@b.c' });
  const late = signToken(key, { iss: 's', sub: 'u', iat: now() - 900, exp: now() - 600 });
  const verdict = await bench.identity.proveSignedToken(setting, good, source);
  const before = await stored();

  const tried = await bench.identity.tryToken(setting, good);
  assert.equal(tried.outcome, 'accepted');
  assert.deepEqual(tried.checks, verdict.checks);
  assert.deepEqual(
    tried.claims.find(({ name }) => name === 'email'),
    { name: 'email', shown: 'text, 5 characters', redacted: true },
  );
  assert.equal(tried.key?.kid, 'k');
  const refused = await bench.identity.tryToken(setting, late);
  assert.deepEqual([refused.outcome, refused.reason], ['refused', 'expired']);
  assert.match(refused.hint ?? '', /in the past/);
  assert.equal((await bench.identity.tryToken(setting, 'garbage')).reason, 'malformed');
  assert.deepEqual(await stored(), before);
});

test('for OpenID Connect it is taken as an ID token; nonce and code are said not to be judged', async (t) => {
  const issuerKey = await signingKey({ kid: 'op' });
  const site = await startKeyServer({
    respond: ({ path }) => {
      const issuer = site.url;
      const body = path.startsWith('/.well-known')
        ? { issuer, token_endpoint: `${issuer}/token`, jwks_uri: `${issuer}/jwks` }
        : { keys: [issuerKey.jwk] };
      return {
        kind: 'body',
        body: JSON.stringify({ ...body, authorization_endpoint: `${issuer}/authorize` }),
        headers: { 'content-type': 'application/json' },
      };
    },
  });
  t.after(() => site.close());
  const own = await identityUnderTest({
    startAt: bench.clock.now(),
    alsoAllow: [`127.0.0.1:${site.port}`],
  });
  t.after(() => own.close());
  const setting = openIdConnectSetting(`${site.url}/.well-known/openid-configuration`);
  const idToken = (claims: object = {}) =>
    signToken(issuerKey, {
      iss: site.url,
      aud: 'countersign',
      sub: 'u-1',
      nonce: 'of-a-sign-in-long-ago',
      iat: now(),
      exp: now() + 60,
      ...claims,
    });
  const tried = await own.identity.tryToken(setting, idToken());
  assert.equal(tried.outcome, 'accepted', tried.hint ?? '');
  const open = tried.checks.filter(({ judged }) => judged === false);
  assert.deepEqual(
    open.map(({ name, observed }) => [name, observed]),
    [
      ['nonce', 'not judged'],
      ['code', 'not judged'],
    ],
  );
  const other = await own.identity.tryToken(setting, idToken({ aud: 'another-client' }));
  assert.deepEqual([other.outcome, other.reason], ['refused', 'audience']);
  const broken = openIdConnectSetting(`http://127.0.0.1:${site.port}/not-here/`, { id: 'x' });
  assert.equal((await own.identity.tryToken(broken, idToken())).outcome, 'refused');
  assert.equal(await own.attemptsStored(), 0);
});

// What an attempt keeps of its token beside the checks, and what it must not keep.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { type SigningKey, signingKey, signToken } from '@countersign/simulators';
import { sql } from 'kysely';
import {
  assertAccepted,
  type IdentityUnderTest,
  identityUnderTest,
  signedTokenSetting,
  source,
} from '../testing/identity-under-test.ts';

const START = Date.UTC(2026, 10, 24, 9, 0, 0);
const NOW_S = START / 1000;

let bench: IdentityUnderTest;
let key: SigningKey;
before(async () => {
  bench = await identityUnderTest({ startAt: START });
  key = await signingKey({ kid: '2026-q4' });
  bench.pages.set('/keys', JSON.stringify({ keys: [key.jwk] }));
});
after(() => bench.close());

const setting = () => signedTokenSetting(`${bench.site.url}/keys`);
const claims = { iss: 'shop', sub: 'u-1', iat: NOW_S, exp: NOW_S + 600 };
const prove = (more: object = {}, header: Record<string, unknown> = {}) =>
  bench.identity.proveSignedToken(
    setting(),
    signToken(key, { ...claims, ...more }, header),
    source,
  );

async function attemptOf({ reference }: { reference: string }) {
  const { items } = await bench.identity.attempts({ reference, limit: 1 });
  assert.ok(items[0]);
  return items[0];
}

test('I6 claims are kept by name, their values only where they say who and when', async () => {
  const secret = 'marker-of-a-secret';
  const verdict = await prove({
    aud: ['countersign', 'shop'],
    email: `${secret}@x.example`,
    sid: secret,
    phone_number: null,
    address: { street: secret, city: 'Oslo' },
    roles: [secret],
    vip: true,
    azp: { [secret]: secret },
    auth_time: secret,
  });
  const { claims: kept } = await attemptOf(verdict);
  const shown = Object.fromEntries(kept.map((claim) => [claim.name, claim.shown]));
  assert.deepEqual(shown, {
    iss: 'shop',
    sub: 'u-1',
    iat: String(NOW_S),
    exp: String(NOW_S + 600),
    aud: 'countersign, shop',
    email: 'text, 28 characters',
    sid: 'text, 18 characters',
    phone_number: 'null',
    address: 'object, 2 members',
    roles: 'list, 1 item',
    vip: 'yes or no',
    azp: 'object, 1 member',
    auth_time: 'text, 18 characters',
  });
  const open = kept.filter(({ redacted }) => !redacted).map(({ name }) => name);
  assert.deepEqual(open, ['iss', 'sub', 'iat', 'exp', 'aud']);
  assert.doesNotMatch(await bench.storedText(), new RegExp(secret));
});

test('the key, its URL and its thumbprint are those that the signature was held against', async () => {
  const { createHash } = await import('node:crypto');
  const spki = key.publicKey.export({ type: 'spki', format: 'der' });
  const expected = createHash('sha256').update(spki).digest('hex').slice(0, 16);
  const accepted = await attemptOf(assertAccepted(await prove()));
  assert.deepEqual(accepted.key, {
    kid: '2026-q4',
    url: `${bench.site.url}/keys`,
    thumbprint: expected,
  });
  const unknown = await attemptOf(await prove({}, { kid: 'nobody' }));
  assert.deepEqual([unknown.reason, unknown.key, unknown.keyId], ['key_unknown', null, 'nobody']);
});

test('how far the token is ahead is measured, also when that is why it was refused', async () => {
  const ahead = await attemptOf(await prove({ iat: NOW_S + 45, exp: NOW_S + 600 }));
  assert.deepEqual([ahead.reason, ahead.issuedAheadSeconds], ['issued_in_future', 45]);
  const behind = await attemptOf(await prove({ iat: NOW_S - 100 }));
  assert.equal(behind.issuedAheadSeconds, -100);
  const none = await attemptOf(await prove({ iat: 'today' }));
  assert.equal(none.issuedAheadSeconds, null);
});

test('the clock behind the key URL is measured by its Date', async () => {
  const body = JSON.stringify({ keys: [key.jwk] });
  bench.site.respondWith(() => ({
    kind: 'body',
    body,
    headers: { date: new Date(START + 90_000).toUTCString() },
  }));
  const other = signedTokenSetting(`${bench.site.url}/with-date`);
  const token = signToken(key, claims);
  const attempt = await attemptOf(await bench.identity.proveSignedToken(other, token, source));
  assert.ok(Math.abs((attempt.clockSkewSeconds ?? 0) - 90) <= 1, `${attempt.clockSkewSeconds}`);
  assert.ok(attempt.durationMs !== null && attempt.durationMs > 0);
});

test('attempts older than their days are deleted, in batches, and younger ones stay', async () => {
  const old = await prove();
  bench.clock.move(20 * 86_400_000);
  const young = await prove();
  bench.clock.move(11 * 86_400_000);
  await bench.sweep([]);
  const gone = await bench.identity.attempts({ reference: old.reference, limit: 1 });
  assert.deepEqual(gone.items, []);
  assert.equal((await attemptOf(young)).reference, young.reference);
});

test('the oldest go first, and no more than a batch at once', async () => {
  const { database } = bench;
  await sql`delete from attempts`.execute(database.kysely);
  await sql`
    insert into attempts (id, reference, at, setting, deployment, channel, outcome, reason, checks)
    select ('00000000-0000-7000-8000-' || lpad(n::text, 12, '0'))::uuid,
           lpad(n::text, 4, '0') || '-AAAA', '2020-01-01', 'x', 'x', 'web', 'refused', 'expired', '[]'
    from generate_series(1, 2500) as n`.execute(database.kysely);
  const { attemptStore } = await import('./store.ts');
  const { sweepAttempts } = await import('./sweep-attempts.ts');
  const store = attemptStore(database);
  assert.equal(await store.deleteOlder(Date.UTC(2021, 0), 1000), 1000);
  assert.equal(await bench.attemptsStored(), 1500);
  assert.equal(await sweepAttempts(store, Date.UTC(2021, 0)), 1500);
  assert.equal(await bench.attemptsStored(), 0);
});

// Key health as an administrator sees it, over real HTTP and a real database.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { publicKeyArray, type SigningKey, signingKey, signToken } from '@countersign/simulators';
import { sql } from 'kysely';
import { KEYS_EXPIRING_TOPIC, type KeyExpiring } from '../index.ts';
import {
  type IdentityUnderTest,
  identityUnderTest,
  signedTokenSetting,
  source,
} from '../testing/identity-under-test.ts';

const DAY = 86_400_000;
const START = Date.UTC(2026, 10, 24, 9);

let bench: IdentityUnderTest;
let old: SigningKey;
let next: SigningKey;
before(async () => {
  bench = await identityUnderTest({ startAt: START });
  [old, next] = [await signingKey({ kid: 'q4' }), await signingKey({ kid: 'q1' })];
});
after(() => bench.close());

/** A setting with a key URL of its own. */
let settings = 0;
function newSetting(changes: { maxLifetime?: number } = {}) {
  settings += 1;
  const id = `a5d1f0a0-0000-4000-8000-00000000010${settings}`;
  const path = `/keys-${settings}`;
  const setting = signedTokenSetting(bench.site.url + path, { id, maxLifetime: 900, ...changes });
  const publish = (...keys: SigningKey[]) =>
    void bench.pages.set(path, JSON.stringify({ keys: keys.map(({ jwk }) => jwk) }));
  return { setting, path, publish };
}
type Own = ReturnType<typeof newSetting>;

function signIn({ setting }: Own, key: SigningKey, identity = bench.identity) {
  const now = Math.floor(bench.clock.now() / 1000);
  const token = signToken(key, { iss: 's', sub: 'u', iat: now, exp: now + 600 });
  return identity.proveSignedToken(setting, token, source);
}

async function status({ setting }: Own, identity = bench.identity) {
  const [found] = await identity.settingStatuses([setting]);
  assert.ok(found);
  return found;
}
const verdicts = async (own: Own) =>
  Object.fromEntries((await status(own)).keys.map(({ kid, verdict }) => [kid, verdict]));

test('K13 a rotation: the new key is seen, used, and the old one becomes safe to retire', async () => {
  const own = newSetting();
  own.publish(old);
  assert.deepEqual((await status(own)).keys, [], 'nothing was fetched yet');
  assert.equal((await status(own)).health.colour, 'amber');
  await signIn(own, old);
  assert.deepEqual(await verdicts(own), { q4: 'in-use' });
  assert.equal((await status(own)).health.colour, 'green');

  bench.clock.move(DAY);
  own.publish(old, next);
  await signIn(own, old);
  assert.deepEqual(await verdicts(own), { q4: 'in-use', q1: 'unused-yet' });
  await signIn(own, next);
  await signIn(own, next);
  assert.deepEqual(await verdicts(own), { q4: 'in-use', q1: 'in-use' });

  bench.clock.move(DAY + 60_000);
  await signIn(own, next);
  assert.deepEqual(await verdicts(own), { q4: 'safe-to-retire', q1: 'in-use' });
  own.publish(next);
  bench.clock.move(10 * 60_000);
  await signIn(own, next);
  assert.deepEqual(await verdicts(own), { q4: 'retired', q1: 'in-use' });

  const { keys, lastSuccess } = await status(own);
  const uses = keys.find(({ kid }) => kid === 'q1')?.usesPerDay ?? [];
  assert.equal(uses.length, 30);
  assert.deepEqual(
    uses.slice(-3).map((day) => day.uses),
    [0, 2, 2],
  );
  assert.equal(lastSuccess?.at, new Date(bench.clock.now()).toISOString());
});

test('refused signatures are not counted as uses, and the last failure is told', async () => {
  const own = newSetting();
  own.publish(old);
  const forged = await signingKey({ kid: 'q4' });
  const { reference } = await signIn(own, forged);
  const { keys, lastFailure, lastSuccess } = await status(own);
  assert.equal(keys[0]?.lastUsed, null);
  assert.deepEqual(
    keys[0]?.usesPerDay.filter(({ uses }) => uses > 0),
    [],
  );
  assert.deepEqual([lastFailure?.reference, lastFailure?.reason], [reference, 'bad_signature']);
  assert.equal(lastSuccess, null);
});

test('uses of two nodes add up, and either shows what the other saw', async () => {
  const own = newSetting();
  own.publish(old);
  const other = bench.anotherNode(bench.bus);
  await signIn(own, old);
  for (let count = 0; count < 3; count += 1) await signIn(own, old, other);
  await other.close();
  const { keys } = await status(own);
  assert.deepEqual(keys[0]?.usesPerDay.at(-1)?.uses, 4);
  const third = bench.anotherNode();
  assert.deepEqual((await status(own, third)).keys, keys);
});

test('K13 an emergency: after fetching now the removed key is refused on every node', async () => {
  const own = newSetting();
  own.publish(old, next);
  const heard = bench.anotherNode(bench.bus);
  const deaf = bench.anotherNode();
  await deaf.sweep([]);
  for (const node of [bench.identity, heard, deaf])
    assert.equal((await signIn(own, old, node)).outcome, 'accepted');
  own.publish(next);
  for (const node of [bench.identity, heard, deaf])
    assert.equal((await signIn(own, old, node)).outcome, 'accepted', 'kept for ten minutes');

  bench.clock.move(1000);
  assert.deepEqual(await bench.identity.refetchKeys(own.setting), []);
  const here = await signIn(own, old);
  assert.ok(here.outcome === 'refused' && here.reason === 'key_unknown');
  const there = await signIn(own, old, heard);
  assert.ok(there.outcome === 'refused' && there.reason === 'key_unknown');
  // The one that hears nothing is told by the database, within two seconds
  bench.clock.move(2000);
  await deaf.sweep([]);
  const later = await signIn(own, old, deaf);
  assert.ok(later.outcome === 'refused' && later.reason === 'key_unknown');
  assert.equal((await verdicts(own)).q4, 'retired');
});

test('fetching now says what went wrong, and the last good keys stay in use', async () => {
  const own = newSetting();
  own.publish(old);
  await signIn(own, old);
  bench.pages.delete(own.path);
  bench.clock.move(1000);
  const problems = await bench.identity.refetchKeys(own.setting);
  assert.deepEqual(problems, [
    { url: own.setting.publicKeyUrl, problem: 'HTTP 404: there is nothing at this path' },
  ]);
  assert.equal((await signIn(own, old)).outcome, 'accepted');
  const { sources, health } = await status(own);
  assert.deepEqual(
    [sources[0]?.failing, sources[0]?.lastFailure?.problem],
    [true, 'HTTP 404: there is nothing at this path'],
  );
  assert.equal(health.colour, 'amber');
  own.publish(old);
  bench.clock.move(1000);
  assert.deepEqual(await bench.identity.refetchKeys(own.setting), []);
  assert.equal((await status(own)).sources[0]?.failing, false);
});

test('a key that ends within 14 days, or has ended, is told of once a day and key', async () => {
  const own = newSetting();
  const expiry = Math.floor((bench.clock.now() + 10 * DAY) / 1000);
  bench.pages.set(own.path, JSON.stringify(publicKeyArray([{ key: old, expiry }])));
  await signIn(own, old);
  const told: KeyExpiring[] = [];
  const end = bench.bus.subscribe(KEYS_EXPIRING_TOPIC, (hint) => told.push(hint as KeyExpiring));
  await bench.sweep([own.setting]);
  await bench.sweep([own.setting]);
  const other = bench.anotherNode(bench.bus);
  await other.sweep([own.setting]);
  assert.equal(told.length, 1, 'once, whichever node');
  assert.deepEqual([told[0]?.kid, told[0]?.expired], ['q4', false]);
  assert.deepEqual(await verdicts(own), { q4: 'expires-soon' });
  bench.clock.move(11 * DAY);
  await bench.sweep([own.setting]);
  assert.deepEqual([told.length, told[1]?.expired], [2, true]);
  await bench.sweep([]);
  bench.clock.move(DAY);
  await bench.sweep([]);
  assert.equal(told.length, 2, 'nobody uses the URL any more');
  assert.equal((await status(own)).health.colour, 'red');
  end();
});

test('what could not be written is kept and written with the next flush', async () => {
  const own = newSetting();
  own.publish(old);
  await signIn(own, old);
  const { kysely } = bench.database;
  await sql`alter table public_key_uses rename to away`.execute(kysely);
  await signIn(own, old);
  await bench.sweep([]).catch(() => {});
  await sql`alter table away rename to public_key_uses`.execute(kysely);
  await signIn(own, old);
  assert.equal((await status(own)).keys[0]?.usesPerDay.at(-1)?.uses, 3);
});

// What becomes of guests where customers must sign in: off, observe, enforced.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { openSessions, type SessionsUnderTest } from './sessions-under-test.ts';

const HOUR_MS = 3_600_000;

let world: SessionsUnderTest;
before(async () => {
  world = await openSessions();
});
after(() => world.close());

const token = () => crypto.randomUUID();
const mustSignIn = (enforcement: 'off' | 'observe' | 'enforced') => {
  const deployment = world.deployment({ allowSessionUpgrade: false, enforcement });
  return { deployment, settingId: deployment.setting?.id ?? '' };
};
const counted = async (settingId: string) =>
  (await world.sessions.wouldBeRefused([settingId])).get(settingId);

test('enforced refuses a guest, and stores nothing', async () => {
  const { deployment, settingId } = mustSignIn('enforced');
  const before = await world.stored();
  await assert.rejects(world.sessions.configureGuest(deployment, token(), false), {
    code: 'authentication_required',
  });
  assert.deepEqual(await world.stored(), before);
  assert.deepEqual(await counted(settingId), { last24h: 0, last7d: 0 });
});

test('observe counts a guest once, when the session begins; off admits and counts nobody', async () => {
  const { deployment, settingId } = mustSignIn('observe');
  const mine = token();
  const first = await world.sessions.configureGuest(deployment, mine, false);
  assert.deepEqual(first.session.identity, { state: 'anonymous' });
  await world.sessions.configureGuest(deployment, mine, false);
  assert.deepEqual(await counted(settingId), { last24h: 1, last7d: 1 });
  await world.sessions.configureGuest(deployment, mine, true);
  await world.sessions.configureGuest(deployment, token(), false);
  assert.deepEqual(await counted(settingId), { last24h: 3, last7d: 3 });
  const off = mustSignIn('off');
  await world.sessions.configureGuest(off.deployment, token(), false);
  assert.deepEqual(await counted(off.settingId), { last24h: 0, last7d: 0 });
  const steps = world.deployment({ allowSessionUpgrade: true, enforcement: 'observe' });
  await world.sessions.configureGuest(steps, token(), false);
  assert.equal((await counted(steps.setting?.id ?? ''))?.last7d, 0, 'guests are welcome there');
});

test('who signs in is not counted, and a guest who is observed may sign in', async () => {
  const { deployment, settingId } = mustSignIn('observe');
  const grant = await world.signIn(deployment);
  await world.sessions.configureAuthenticated(deployment, token(), grant, false);
  assert.equal((await counted(settingId))?.last7d, 0);
  const mine = token();
  await world.sessions.configureGuest(deployment, mine, false);
  const upgraded = await world.sessions.configureAuthenticated(deployment, mine, grant, false);
  assert.deepEqual([upgraded.steppedUp, upgraded.session.grant?.id], [true, grant.id]);
});

test('a guest who was admitted is refused again once the setting is enforced', async () => {
  const { deployment } = mustSignIn('off');
  const mine = token();
  await world.sessions.configureGuest(deployment, mine, false);
  assert.ok(deployment.setting);
  deployment.setting.enforcement = 'enforced';
  const before = await world.stored();
  await assert.rejects(world.sessions.configureGuest(deployment, mine, false), {
    code: 'authentication_required',
  });
  assert.deepEqual(await world.stored(), before);
});

test('counts are of the last day and week, of every node, and kept for two weeks', async () => {
  const { deployment, settingId } = mustSignIn('observe');
  await world.sessions.configureGuest(deployment, token(), false);
  await world.sessions.sweep();
  world.clock.move(24 * HOUR_MS);
  await world.otherKey().configureGuest(deployment, token(), false);
  assert.deepEqual(await counted(settingId), { last24h: 0, last7d: 1 }, 'not yet written there');
  const other = world.otherKey();
  await other.configureGuest(deployment, token(), false);
  await other.sweep();
  assert.deepEqual(await counted(settingId), { last24h: 1, last7d: 2 });
  world.clock.move(13 * 24 * HOUR_MS + HOUR_MS);
  await world.sessions.sweep();
  const { rows } = await world.database.pool.query(
    `select count(*)::int as hours from observed_guests where setting_id = '${settingId}'`,
  );
  assert.deepEqual(rows, [{ hours: 1 }]);
});

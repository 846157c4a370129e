import assert from 'node:assert/strict';
import { createHmac } from 'node:crypto';
import { after, before, test } from 'node:test';
import { createSeal, newId } from '../../src/platform/index.ts';
import { CONTACT, openSessions, proven, type SessionsUnderTest } from './sessions-under-test.ts';

let world: SessionsUnderTest;
before(async () => {
  world = await openSessions();
});
after(() => world.close());

const unauthorized = { code: 'unauthorized', status: 401 };
const claimsOf = (jwt: string) =>
  JSON.parse(Buffer.from(jwt.split('.')[1] ?? '', 'base64url').toString());
const token = () => crypto.randomUUID();

test('a proof is exchanged for a JWT of 15 minutes, and keeps what it vouched for', async () => {
  const { sessions, clock } = world;
  const deployment = world.deployment();
  const identity = proven(deployment, 'u-1', clock.now());
  const granted = await sessions.grant(deployment, identity, CONTACT);
  const { exp, iat, jti, sub, name, deployment: of, identity: tag } = claimsOf(granted.jwt);
  assert.equal(exp, clock.now() / 1000 + 900);
  assert.equal(exp * 1000, granted.expiresAt);
  assert.deepEqual([iat, name, of], [clock.now() / 1000, 'Ada Ng', deployment.id]);
  assert.ok(jti && /^[\w-]{16}$/.test(tag));
  assert.match(granted.refreshToken ?? '', /^r-[\w-]{43}$/);
  const grant = { id: sub, deploymentId: deployment.id, identity, contactId: CONTACT };
  assert.deepEqual(await sessions.verify(granted.jwt, deployment.id), grant);
});

test('the JWT lasts no longer than the proof; a signed token cannot be refreshed', async () => {
  const { sessions, clock } = world;
  const deployment = world.deployment({ type: 'signed-token' });
  const identity = {
    ...proven(deployment, 'u-1', clock.now()),
    tokenExpiresAt: clock.now() + 60_000,
  };
  const granted = await sessions.grant(deployment, identity, CONTACT);
  assert.equal(claimsOf(granted.jwt).exp, clock.now() / 1000 + 60);
  assert.equal(granted.refreshToken, undefined);
  clock.move(60_000);
  await assert.rejects(sessions.verify(granted.jwt), unauthorized);
});

test('one refresh token renews again and again, until its lifetime ends (Guest API §9.2)', async () => {
  const { sessions, clock } = world;
  const deployment = world.deployment();
  const identity = proven(deployment, 'u-1', clock.now());
  const { jwt, refreshToken = '' } = await sessions.grant(deployment, identity, CONTACT);
  for (let hour = 1; hour < 24; hour += 1) {
    clock.move(3_600_000);
    const renewed = await sessions.refresh(refreshToken, hour % 2 ? deployment.id : undefined);
    assert.deepEqual((await sessions.verify(renewed.jwt)).id, claimsOf(jwt).sub);
  }
  const refused = { code: 'invalid_refresh_token', status: 401 };
  await assert.rejects(sessions.refresh(refreshToken, newId()), refused);
  await assert.rejects(sessions.refresh(`${refreshToken}x`), refused);
  await assert.rejects(sessions.refresh(''), refused);
  clock.move(3_600_000);
  await assert.rejects(sessions.refresh(refreshToken), refused);
});

test('no refresh once the deployment proves people otherwise, or no more', async () => {
  const { sessions, clock } = world;
  const deployment = world.deployment();
  const identity = proven(deployment, 'u-1', clock.now());
  const { refreshToken = '' } = await sessions.grant(deployment, identity, CONTACT);
  deployment.status = 'Inactive';
  await assert.rejects(sessions.refresh(refreshToken), { code: 'invalid_refresh_token' });
});

test('[T34] refresh tokens are stored only as their hash', async () => {
  const deployment = world.deployment();
  const identity = proven(deployment, 'u-1', world.clock.now());
  const granted = await world.sessions.grant(deployment, identity, CONTACT);
  const stored = JSON.stringify(await world.stored());
  assert.ok(!stored.includes(granted.refreshToken ?? '?') && !stored.includes(granted.jwt));
});

test('[T18] a JWT of another kind, key or deployment is refused', async () => {
  const { sessions } = world;
  const deployment = world.deployment();
  const { jwt, ...grant } = await world.signIn(deployment);
  const { session } = await sessions.configureAuthenticated(deployment, token(), grant, false);
  const history = await sessions.historyToken(session);
  assert.equal(await sessions.verifyHistoryToken(history.jwt), session.id);
  assert.equal(history.exp, world.clock.now() / 1000 + 60);
  await assert.rejects(sessions.verify(history.jwt), unauthorized);
  await assert.rejects(sessions.verifyHistoryToken(jwt), unauthorized);
  await assert.rejects(sessions.verify(jwt, newId()), unauthorized);
  await assert.rejects(world.otherKey().verify(jwt), unauthorized);
  world.clock.move(60_000);
  await assert.rejects(sessions.verifyHistoryToken(history.jwt), unauthorized);
});

test('[T01] [T21] [T22] a JWT that is not ours to the last character is refused', async () => {
  const { sessions } = world;
  const { jwt } = await world.signIn(world.deployment());
  const [header = '', payload = '', signature = ''] = jwt.split('.');
  const encode = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url');
  const key = createSeal({ key: new Uint8Array(32).fill(1) }).derive('session-token');
  const signed = (head: string, body: string) =>
    `${head}.${body}.${createHmac('sha256', key).update(`${head}.${body}`).digest('base64url')}`;
  const forged = [
    ...[`${encode({ alg: 'none' })}.${payload}.`, `${header}.${payload}.`, `${header}.${payload}`],
    ...[`${jwt}.x`, `${jwt}=`, ` ${jwt}`, '', 'a.b.c', 'x'.repeat(100_000)],
    ...[...'AEIM'].map((last) => `${header}.${payload}.${signature.slice(0, -1)}${last}`),
    signed(encode({ alg: 'HS256', typ: 'JWT' }), payload),
    signed(header, encode({ sub: 1, deployment: 'x', exp: 9e9 })),
    signed(header, encode({ sub: newId(), deployment: 'x' })),
    signed(header, encode([])),
    signed(header, Buffer.from('{').toString('base64url')),
  ].filter((each) => each !== jwt);
  for (const each of forged) await assert.rejects(sessions.verify(each), unauthorized);
  assert.ok(await sessions.verify(jwt));
});

test('Invariant 5: revoking ends every sign-in and session of the person, and of nobody else', async () => {
  const { sessions, clock } = world;
  const deployment = world.deployment();
  const laptop = await world.signIn(deployment);
  const identity = proven(deployment, 'u-1007', clock.now());
  const phone = await sessions.grant(deployment, identity, CONTACT);
  const bob = await world.signIn(deployment, 'bob');
  const open = async (grant: Parameters<typeof sessions.configureAuthenticated>[2]) =>
    (await sessions.configureAuthenticated(deployment, token(), grant, false)).session;
  const hers = [await open(laptop), await open(await sessions.verify(phone.jwt))];
  const his = await open(bob);
  const hints = hers.map(({ id }) => world.hintsOf(id));
  const others = world.hintsOf(his.id);
  await sessions.revoke(laptop.jwt);
  for (const told of hints) assert.deepEqual(told, [{ type: 'logout' }]);
  for (const { id } of hers) assert.equal(await sessions.read(id), null);
  await assert.rejects(sessions.verify(laptop.jwt), unauthorized);
  await assert.rejects(sessions.verify(phone.jwt), unauthorized);
  await assert.rejects(sessions.refresh(phone.refreshToken ?? ''), {
    code: 'invalid_refresh_token',
  });
  await assert.rejects(sessions.revoke(laptop.jwt), unauthorized);
  assert.deepEqual(others, []);
  assert.ok(await sessions.read(his.id));
});

test('Invariant 5: a revoked grant configures nothing, in a race either', async () => {
  const { sessions } = world;
  const deployment = world.deployment();
  for (let round = 0; round < 20; round += 1) {
    const grant = await world.signIn(deployment, `u-${round}`);
    const configuring = Array.from({ length: 4 }, () =>
      sessions.configureAuthenticated(deployment, token(), grant, false),
    );
    const revoking = sessions.revoke(grant.jwt);
    const results = await Promise.allSettled(configuring);
    await revoking;
    for (const result of results) {
      if (result.status === 'rejected') assert.equal(result.reason.code, 'unauthorized');
      else assert.equal(await sessions.read(result.value.session.id), null);
    }
    await assert.rejects(
      sessions.configureAuthenticated(deployment, token(), grant, false),
      unauthorized,
    );
  }
});

test('activity extends a session; what runs out is told once and then gone', async () => {
  const { sessions, clock } = world;
  const deployment = world.deployment({ sessionDuration: 900 });
  const [quiet, busy] = [
    (await sessions.configureGuest(deployment, token(), false)).session,
    (await sessions.configureGuest(deployment, token(), false)).session,
  ];
  const [toQuiet, toBusy] = [world.hintsOf(quiet.id), world.hintsOf(busy.id)];
  for (let minute = 0; minute < 15; minute += 1) {
    clock.move(60_000);
    assert.equal(sessions.touch(busy), clock.now() + 900_000);
    await sessions.sweep();
  }
  assert.deepEqual([toQuiet, toBusy], [[{ type: 'expired' }], []]);
  await sessions.sweep();
  assert.equal(toQuiet.length, 1);
  assert.equal(await sessions.read(quiet.id), null);
  assert.equal((await sessions.read(busy.id))?.expiresAt, clock.now() + 900_000);
  clock.move(900_000);
  await sessions.sweep();
  assert.deepEqual(toBusy, [{ type: 'expired' }]);
});

test('a session that ended gets nothing more to read', async () => {
  const { sessions } = world;
  const { session } = await sessions.configureGuest(world.deployment(), token(), false);
  const hints = world.hintsOf(session.id);
  const [before, later] = [newId(), newId()];
  await sessions.link(session.id, before);
  await sessions.link(session.id, before);
  assert.deepEqual(await sessions.conversationsOf(session.id), [before]);
  assert.deepEqual(await sessions.sessionsOf(before), [session.id]);
  await sessions.end(session.id, { type: 'cleared' });
  await sessions.link(session.id, later);
  assert.deepEqual(hints, [{ type: 'cleared' }]);
  assert.deepEqual(await sessions.conversationsOf(session.id), []);
  assert.deepEqual(await sessions.sessionsOf(later), []);
});

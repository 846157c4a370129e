import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { newId } from '../../src/platform/index.ts';
import { openSessions, type SessionsUnderTest } from './sessions-under-test.ts';

let world: SessionsUnderTest;
before(async () => {
  world = await openSessions();
});
after(() => world.close());

const token = () => crypto.randomUUID();

test('a guest’s token makes a session once, and opens it again', async () => {
  const { sessions } = world;
  const deployment = world.deployment({ enabled: false });
  const mine = token();
  const first = await sessions.configureGuest(deployment, mine, false);
  assert.equal(first.newSession, true);
  assert.deepEqual(first.session.identity, { state: 'anonymous' });
  assert.equal(first.session.ownerKey, `session:${first.session.id}`);
  world.clock.move(1000);
  const again = await sessions.configureGuest(deployment, mine, false);
  assert.deepEqual([again.newSession, again.session.id], [false, first.session.id]);
  assert.equal(again.session.expiresAt, world.clock.now() + 259_200_000);
  const other = await sessions.configureGuest(deployment, token(), false);
  assert.notEqual(other.session.id, first.session.id);
});

test('[S03] a token means nothing on another deployment', async () => {
  const mine = token();
  const [a, b] = [world.deployment(), world.deployment()];
  const first = await world.sessions.configureGuest(a, mine, false);
  const second = await world.sessions.configureGuest(b, mine, false);
  assert.equal(second.newSession, true);
  assert.notEqual(second.session.id, first.session.id);
});

test('tabs that configure one token at once share one session', async () => {
  const deployment = world.deployment();
  const mine = token();
  const all = await Promise.all(
    Array.from({ length: 10 }, () => world.sessions.configureGuest(deployment, mine, false)),
  );
  assert.equal(new Set(all.map(({ session }) => session.id)).size, 1);
  assert.equal(all.filter(({ newSession }) => newSession).length, 1);
});

test('tabs that bring one new sign-in at once are all bound to it, where guests may not sign in', async () => {
  const deployment = world.deployment({ allowSessionUpgrade: false });
  const mine = token();
  for (let renewal = 0; renewal < 10; renewal += 1) {
    const grant = await world.signIn(deployment, 'tabs');
    const all = await Promise.all(
      Array.from({ length: 4 }, () =>
        world.sessions.configureAuthenticated(deployment, mine, grant, false),
      ),
    );
    assert.deepEqual([...new Set(all.map(({ session }) => session.grant?.id))], [grant.id]);
    assert.equal(new Set(all.map(({ session }) => session.id)).size, 1);
  }
});

test('the token is stored only as its hash', async () => {
  const mine = token();
  await world.sessions.configureGuest(world.deployment(), mine, false);
  assert.ok(!JSON.stringify(await world.stored()).includes(mine));
  for (const bad of ['', 'x'.repeat(129)])
    await assert.rejects(world.sessions.configureGuest(world.deployment(), bad, false), {
      code: 'invalid_token',
    });
});

test('startNew leaves nothing of the old session to be reached', async () => {
  const { sessions } = world;
  const deployment = world.deployment();
  const mine = token();
  const { session: old } = await sessions.configureGuest(deployment, mine, false);
  const conversation = newId();
  await sessions.link(old.id, conversation);
  const { jwt } = await sessions.historyToken(old);
  const hints = world.hintsOf(old.id);
  const fresh = await sessions.configureGuest(deployment, mine, true, {
    connection: 'connection-1',
  });
  assert.equal(fresh.newSession, true);
  assert.deepEqual(fresh.replaced, { id: old.id, ownerKey: old.ownerKey });
  assert.equal(await sessions.read(old.id), null);
  assert.deepEqual(await sessions.conversationsOf(old.id), []);
  assert.deepEqual(await sessions.conversationsOf(fresh.session.id), []);
  assert.deepEqual(await sessions.sessionsOf(conversation), []);
  await assert.rejects(sessions.verifyHistoryToken(jwt), { code: 'unauthorized' });
  assert.deepEqual(hints, [{ type: 'closed', exceptConnection: 'connection-1' }]);
});

test('a guest is refused where everybody must sign in, and nothing is stored', async () => {
  const deployment = world.deployment({ allowSessionUpgrade: false });
  const before = await world.stored();
  await assert.rejects(world.sessions.configureGuest(deployment, token(), false), {
    code: 'authentication_required',
    status: 403,
  });
  assert.deepEqual(await world.stored(), before);
});

test('signing in makes the guest’s session this person’s, and keeps what it could read', async () => {
  const { sessions } = world;
  const deployment = world.deployment();
  const mine = token();
  const { session: guest } = await sessions.configureGuest(deployment, mine, false);
  const conversation = newId();
  await sessions.link(guest.id, conversation);
  const { jwt: _, ...grant } = await world.signIn(deployment);
  const configured = await sessions.configureAuthenticated(deployment, mine, grant, false);
  assert.deepEqual(
    [configured.newSession, configured.steppedUp, configured.clearedExistingSession],
    [false, true, false],
  );
  assert.equal(configured.session.id, guest.id);
  const { settingId } = grant.identity;
  assert.equal(configured.session.ownerKey, `identity:${deployment.id}:${settingId}:u-1007`);
  assert.deepEqual(configured.session.identity, {
    state: 'verified',
    method: 'openid-connect',
    setting: 'Shop sign-in',
    issuer: 'https://id.shop.example',
    subject: 'u-1007',
    keyId: '2026-q4',
    since: new Date(grant.identity.since).toISOString(),
    until: null,
  });
  assert.deepEqual(await sessions.read(guest.id), configured.session);
  assert.deepEqual(await sessions.conversationsOf(guest.id), [conversation]);
});

test('stepping up ends this person’s other sessions, and tells them why', async () => {
  const { sessions } = world;
  const deployment = world.deployment();
  const grant = await world.signIn(deployment);
  const phone = await sessions.configureAuthenticated(deployment, token(), grant, false);
  const stranger = await sessions.configureAuthenticated(
    ...([deployment, token(), await world.signIn(deployment, 'u-2'), false] as const),
  );
  const hints = world.hintsOf(phone.session.id);
  const mine = token();
  await sessions.configureGuest(deployment, mine, false);
  const upgraded = await sessions.configureAuthenticated(
    ...([deployment, mine, await world.signIn(deployment), false] as const),
  );
  assert.equal(upgraded.clearedExistingSession, true);
  assert.deepEqual(hints, [{ type: 'closed', reason: 'signedIn' }]);
  assert.equal(await sessions.read(phone.session.id), null);
  assert.ok(await sessions.read(stranger.session.id));
});

test('stepping up is refused where it is switched off, and the guest stays a guest', async () => {
  const { sessions } = world;
  const deployment = world.deployment();
  const mine = token();
  const { session } = await sessions.configureGuest(deployment, mine, false);
  const grant = await world.signIn(deployment);
  deployment.configuration.authentication.allowSessionUpgrade = false;
  await assert.rejects(sessions.configureAuthenticated(deployment, mine, grant, false), {
    code: 'step_up_not_allowed',
  });
  assert.deepEqual(await sessions.read(session.id), session);
});

test('a second device of the same person gets its own session and the same conversation', async () => {
  const { sessions } = world;
  const deployment = world.deployment();
  const [a, b] = await Promise.all(
    [await world.signIn(deployment), await world.signIn(deployment)].map((grant) =>
      sessions.configureAuthenticated(deployment, token(), grant, false),
    ),
  );
  assert.ok(a && b);
  assert.notEqual(a.session.id, b.session.id);
  assert.equal(a.session.ownerKey, b.session.ownerKey);
  assert.equal(b.clearedExistingSession, false);
  assert.ok(await sessions.read(a.session.id));
});

test('Invariant 6: a signed-in session never goes back to a guest’s, not even after its end', async () => {
  const { sessions } = world;
  const deployment = world.deployment();
  const mine = token();
  const grant = await world.signIn(deployment);
  const { session } = await sessions.configureAuthenticated(deployment, mine, grant, false);
  const before = await world.stored();
  const refused = { code: 'downgrade', status: 4017 };
  await assert.rejects(sessions.configureGuest(deployment, mine, false), refused);
  await assert.rejects(sessions.configureGuest(deployment, mine, true), refused);
  assert.deepEqual(await world.stored(), before);
  await sessions.end(session.id, { type: 'closed' });
  await assert.rejects(sessions.configureGuest(deployment, mine, true), refused);
  const again = await sessions.configureAuthenticated(deployment, mine, grant, false);
  assert.equal(again.newSession, true);
});

test('[A05] another person on the same token gets a new session, and nothing of the first', async () => {
  const { sessions } = world;
  const deployment = world.deployment();
  const mine = token();
  const ada = await world.signIn(deployment, 'ada');
  const bob = await world.signIn(deployment, 'bob');
  const { session: hers } = await sessions.configureAuthenticated(deployment, mine, ada, false);
  await sessions.link(hers.id, newId());
  const his = await sessions.configureAuthenticated(deployment, mine, bob, false);
  assert.equal(his.newSession, true);
  assert.notEqual(his.session.id, hers.id);
  assert.notEqual(his.session.ownerKey, hers.ownerKey);
  assert.deepEqual(await sessions.conversationsOf(his.session.id), []);
  assert.equal(await sessions.read(hers.id), null);
});

test('an expired session is not gone on with: the token gets a new one (Guest API §5.2)', async () => {
  const { sessions } = world;
  const deployment = world.deployment({ sessionDuration: 900 });
  const mine = token();
  const { session } = await sessions.configureGuest(deployment, mine, false);
  await sessions.link(session.id, newId());
  world.clock.move(900_000);
  assert.equal(await sessions.read(session.id), null);
  assert.deepEqual(await sessions.conversationsOf(session.id), []);
  const next = await sessions.configureGuest(deployment, mine, false);
  assert.equal(next.newSession, true);
  assert.notEqual(next.session.id, session.id);
  assert.equal(next.replaced?.id, session.id);
});

test('a grant of another deployment configures nothing', async () => {
  const [a, b] = [world.deployment(), world.deployment()];
  const grant = await world.signIn(a);
  const before = await world.stored();
  await assert.rejects(world.sessions.configureAuthenticated(b, token(), grant, false), {
    code: 'unauthorized',
  });
  assert.deepEqual(await world.stored(), before);
});

test('read-only is told, kept, and survives resuming', async () => {
  const { sessions } = world;
  const deployment = world.deployment();
  const mine = token();
  const { session } = await sessions.configureGuest(deployment, mine, false);
  const hints = world.hintsOf(session.id);
  await sessions.setReadOnly(session.id, true);
  assert.deepEqual(hints, [{ type: 'read-only' }]);
  const again = await sessions.configureGuest(deployment, mine, false);
  assert.deepEqual([again.newSession, again.session.readOnly], [false, true]);
});

// Until when a sign-in stands (Apple Messages spec §11).
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { identityAt } from '../../src/conversations/index.ts';
import { exportOf, verify } from '../conversations/log-under-test.ts';
import { ask, signedIn, signInAgain, signInAtProvider, story } from './device.ts';
import { type Customer, PROFILE, startWorld, type World } from './world.ts';

let world: World;
before(async () => {
  world = await startWorld();
});
after(() => world.close());

const identityOf = async (customer: Customer) => (await world.read(customer)).identity;

test('[AMB 11] a sign-in of 60 s has lapsed when read after them, and a sweep tells it without a message', async () => {
  const setting = { ...world.setting, accessTokenExpiry: 60 };
  world.configure([{ ...world.account, setting }, world.other]);
  const customer = await signedIn(world);
  const identity = await identityOf(customer);
  assert.equal(Date.parse(identity.until ?? ''), world.clock.now() + 60_000);
  world.clock.move(59_999);
  assert.equal(identityAt(identity, world.clock.now()).state, 'verified');
  await world.sessions.lapse();
  assert.equal((await identityOf(customer)).state, 'verified');
  world.clock.move(1);
  assert.equal(identityAt(identity, world.clock.now()).state, 'lapsed');
  await world.sessions.lapse();
  assert.equal((await identityOf(customer)).state, 'lapsed');
  assert.deepEqual(await story(world, customer), [
    'authentication-requested',
    'signed-in',
    'lapsed',
  ]);
  const { entry } = await world.conversations.append({
    conversationId: customer.conversationId,
    kind: 'message',
    role: 'customer',
    text: 'Still me?',
  });
  assert.equal(entry.identityState, 'lapsed');
  world.configure([world.account, world.other]);
});

test('[AMB 11] the time counts from the success, not from the profile', async () => {
  const customer = await world.customer();
  const request = await ask(world, customer);
  await signInAtProvider(world, request);
  world.clock.move(90_000);
  await world.reply(customer, request.id, { status: 'success' });
  const { since, until } = await identityOf(customer);
  assert.equal(Date.parse(since ?? ''), world.clock.now());
  assert.equal(Date.parse(until ?? ''), world.clock.now() + 3_600_000);
});

test('[AMB 11] the end of a conversation, and the customer’s close, end the sign-in', async () => {
  for (const state of ['wrap-up', 'closed'] as const) {
    const customer = await signedIn(world);
    await world.conversations.change(customer.conversationId, () => ({ set: { state } }));
    await world.signIn.sweep();
    assert.equal((await identityOf(customer)).state, 'lapsed');
    assert.equal((await story(world, customer)).at(-1), 'lapsed conversation_ended');
    await world.signIn.sweep();
    assert.equal((await story(world, customer)).length, 3);
  }
  const customer = await signedIn(world);
  const waiting = await world.customer({ opaqueId: customer.opaqueId, of: world.other });
  await world.signIn.closed({ account: world.account, opaqueId: customer.opaqueId });
  assert.equal((await identityOf(customer)).state, 'lapsed');
  assert.equal((await identityOf(waiting)).state, 'anonymous');
});

test('[AMB 4.6] the customer’s close ends a request that waits', async () => {
  const customer = await world.customer();
  const request = await ask(world, customer);
  await world.signIn.closed({ account: world.account, opaqueId: customer.opaqueId });
  assert.equal((await world.stored(request.id)).status, 'cancelled');
  assert.equal((await signInAtProvider(world, request)).status, 400);
});

test('[AMB 11] a setting that is taken from its account, or replaced, ends its sign-ins; others stay', async () => {
  const customer = await signedIn(world);
  await world.signIn.sweep();
  assert.equal((await identityOf(customer)).state, 'verified');
  const renamed = { ...world.setting, name: 'Renamed' };
  world.configure([{ ...world.account, setting: renamed }, world.other]);
  await world.signIn.sweep();
  assert.equal((await identityOf(customer)).state, 'verified', 'the same setting');
  const another = { ...world.setting, id: world.other.id };
  world.configure([{ ...world.account, setting: another }, world.other]);
  await world.signIn.sweep();
  assert.equal((await identityOf(customer)).state, 'lapsed');
  assert.equal((await story(world, customer)).at(-1), 'lapsed sign_in_not_attached');
  world.configure([world.account, world.other]);
});

test('[AMB 11] another person takes the place of the first: identity, contact, name and signed values', async () => {
  const customer = await signedIn(world);
  const first = await world.read(customer);
  const eve = { sub: 'u-2000', name: 'Eve Ng', points: 3 };
  await signInAgain(world, customer, eve);
  const second = await world.read(customer);
  assert.deepEqual([second.identity.state, second.identity.subject], ['verified', 'u-2000']);
  assert.notEqual(second.contactId, first.contactId);
  assert.deepEqual(
    [second.customerName, second.customerEmail, second.context],
    ['Eve Ng', null, []],
  );
  assert.equal((await world.entries(customer)).at(-1)?.data?.insteadOf, 'u-1007');
  await world.conversations.change(customer.conversationId, () => ({ set: { state: 'closed' } }));
  await world.signIn.sweep();
  const { code } = verify(await exportOf(world.conversations, customer.conversationId));
  assert.equal(code, 0, 'the trail says why every entry is as it is');
});

test('[AMB 11] the same person again is the same contact, proven for longer', async () => {
  const customer = await signedIn(world);
  const first = await world.read(customer);
  world.clock.move(600_000);
  await signInAgain(world, customer);
  const second = await world.read(customer);
  assert.equal(second.contactId, first.contactId);
  assert.equal(Date.parse(second.identity.until ?? ''), world.clock.now() + 3_600_000);
  assert.equal((await world.entries(customer)).at(-1)?.data?.renewed, true);
});

test('[AMB 11] a new attempt that fails, in whatever way, leaves the one that stands', async () => {
  const customer = await signedIn(world);
  const standing = await identityOf(customer);
  const endings: ((id: string, state: string) => Promise<unknown>)[] = [
    (id) => world.reply(customer, id, { status: 'failure', error_code: 1 }),
    (id) => world.reply(customer, id, { status: 'cancel' }),
    (_, state) => world.callback({ error: 'server_error', state }),
    (_, state) => world.callback({ code: 'stolen', state }),
    async () => {
      world.clock.move(15 * 60_000);
      await world.signIn.sweep();
    },
  ];
  for (const end of endings) {
    world.clock.move(10_001);
    const request = await ask(world, customer);
    await end(request.id, request.state);
    assert.notEqual((await world.stored(request.id)).status, 'pending');
    assert.deepEqual(await identityOf(customer), standing);
  }
});

test('[AMB 11] signing a person out ends their sign-ins in Apple Messages, and nobody else’s', async () => {
  const [customer, another] = [
    await signedIn(world, { ...PROFILE, sub: 'u-3001' }),
    await signedIn(world, { ...PROFILE, sub: 'u-3002' }),
  ];
  const person = { settingId: world.setting.id, subject: 'u-3001' };
  assert.equal(await world.signIn.signOut(person), 1);
  assert.equal((await identityOf(customer)).state, 'lapsed');
  assert.equal((await identityOf(another)).state, 'verified');
  assert.equal(await world.signIn.signOut(person), 0);
});

test('[AMB 10] two customers who are one person are one contact; the same subject of another setting is not', async () => {
  const one = await signedIn(world, { sub: 'u-4001', email: 'same@shop.example' });
  const two = await signedIn(world, { sub: 'u-4001', email: 'same@shop.example' });
  const three = await signedIn(world, { sub: 'u-4002', email: 'same@shop.example' });
  const ids = await Promise.all(
    [one, two, three].map(async (who) => (await world.read(who)).contactId),
  );
  assert.equal(ids[0], ids[1]);
  assert.notEqual(ids[0], ids[2]);
});

test('[AMB 11] ended requests are forgotten after a week, those that stand are not', async () => {
  const setting = { ...world.setting, accessTokenExpiry: 30 * 86_400 };
  world.configure([{ ...world.account, setting }, world.other]);
  const customer = await world.customer();
  const standing = await signInAgain(world, customer);
  const ended = await ask(world, await world.customer());
  await world.callback({ error: 'access_denied', state: ended.state });
  world.clock.move(8 * 86_400_000);
  await world.signIn.sweep();
  assert.deepEqual(await world.stored(ended.id), {});
  assert.equal((await world.stored(standing.id)).status, 'succeeded');
  world.configure([world.account, world.other]);
});

// Both halves or nothing (Apple Messages spec §9.6).
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { type AskedRequest, ask, codeFor, signInAtProvider, story } from './device.ts';
import { type Customer, startWorld, type World } from './world.ts';

let world: World;
before(async () => {
  world = await startWorld();
});
after(() => world.close());

const MINUTE = 60_000;
const success = { status: 'success' };
const state = async (customer: Customer) => (await world.read(customer)).identity.state;

/** Nobody is verified, nobody's contact is linked, and who was proven is not kept. */
async function isNobody(customer: Customer, { id }: AskedRequest, status: string): Promise<void> {
  const { identity, contactId, context } = await world.read(customer);
  assert.deepEqual([identity.state, contactId], ['anonymous', null]);
  assert.ok(context.every(({ origin }) => origin !== 'signed'));
  const stored = await world.stored(id);
  assert.equal(stored.status, status);
  if (status !== 'pending') assert.deepEqual([stored.provisional, stored.secrets], [null, null]);
  const kinds = (await world.entries(customer)).map(({ kind }) => kind);
  assert.ok(!kinds.includes('signed-in'));
}

test('[AMB 9.6] the device’s word alone proves nothing, however often it is said', async () => {
  const customer = await world.customer();
  const request = await ask(world, customer);
  await world.reply(customer, request.id, success);
  await world.reply(customer, request.id, success);
  await isNobody(customer, request, 'pending');
  world.clock.move(15 * MINUTE);
  await world.signIn.sweep();
  await isNobody(customer, request, 'expired');
});

test('[AMB 9.6] the callback alone proves nothing: after 2 minutes it has failed, unconfirmed_by_device', async () => {
  const customer = await world.customer();
  const request = await ask(world, customer);
  await signInAtProvider(world, request);
  await isNobody(customer, request, 'pending');
  world.clock.move(2 * MINUTE);
  await world.signIn.sweep();
  await isNobody(customer, request, 'pending');
  world.clock.move(1);
  await world.signIn.sweep();
  await isNobody(customer, request, 'failed');
  assert.equal((await world.attempts())[0]?.reason, 'unconfirmed_by_device');
  await world.reply(customer, request.id, success);
  await isNobody(customer, request, 'failed');
  assert.deepEqual(await story(world, customer), [
    'authentication-requested',
    'authentication-failed unconfirmed_by_device',
  ]);
});

test('[AMB 9.6] the 2 minutes hold at the reply itself, before any sweep', async () => {
  for (const [wait, expected] of [
    [2 * MINUTE, 'verified'],
    [2 * MINUTE + 1, 'anonymous'],
  ] as const) {
    const customer = await world.customer();
    const request = await ask(world, customer);
    await signInAtProvider(world, request);
    world.clock.move(wait);
    await world.reply(customer, request.id, success);
    assert.equal(await state(customer), expected);
    if (expected === 'anonymous') await isNobody(customer, request, 'failed');
  }
});

test('[AMB 9.6] both in either order, and both at once, verify once', async () => {
  for (const order of ['callback first', 'device first', 'at once']) {
    const customer = await world.customer();
    const request = await ask(world, customer);
    if (order === 'device first') await world.reply(customer, request.id, success);
    const halves = [signInAtProvider(world, request)];
    if (order === 'at once') await world.reply(customer, request.id, success);
    await Promise.all(halves);
    if (order === 'callback first') await world.reply(customer, request.id, success);
    assert.equal(await state(customer), 'verified', order);
    assert.deepEqual(
      await story(world, customer),
      ['authentication-requested', 'signed-in'],
      order,
    );
  }
});

test('[AMB 9.6] an attacker who forwards his link: the victim signs in, the attacker’s device says nothing of it', async () => {
  const attacker = await world.customer();
  const request = await ask(world, attacker);
  // The victim follows the link in her browser and signs in as herself
  const { location } = await signInAtProvider(world, request, { sub: 'victim' });
  assert.equal(location, 'messages-auth://?status=success');
  await isNobody(attacker, request, 'pending');
  world.clock.move(2 * MINUTE + 1);
  await world.reply(attacker, request.id, success);
  await isNobody(attacker, request, 'failed');
});

test('[AMB 9.6] the victim’s device finishes a forwarded link: its word is not the attacker’s, in either order', async () => {
  for (const first of ['callback', 'device']) {
    const attacker = await world.customer();
    const victim = await world.customer();
    const request = await ask(world, attacker);
    if (first === 'callback') await signInAtProvider(world, request, { sub: 'victim' });
    await world.reply(victim, request.id, success);
    assert.equal((await world.attempts())[0]?.reason, 'unmatched_reply');
    assert.equal((await world.stored(request.id)).reported_at, null);
    if (first === 'device') await signInAtProvider(world, request, { sub: 'victim' });
    await isNobody(attacker, request, 'pending');
    assert.equal(await state(victim), 'anonymous');
    world.clock.move(2 * MINUTE + 1);
    await world.signIn.sweep();
    await isNobody(attacker, request, 'failed');
  }
});

test('[AMB 9.6] success of another opaque id or another account counts for nobody', async () => {
  const customer = await world.customer();
  const request = await ask(world, customer);
  await signInAtProvider(world, request);
  const elsewhere = await world.customer({ opaqueId: customer.opaqueId, of: world.other });
  await world.reply(elsewhere, request.id, success, world.other);
  await world.reply({ opaqueId: customer.opaqueId.toLowerCase() }, request.id, success);
  await isNobody(customer, request, 'pending');
  assert.equal(await state(elsewhere), 'anonymous');
  const [one, two] = await world.attempts();
  assert.deepEqual([one?.reason, two?.reason], ['unmatched_reply', 'unmatched_reply']);
});

test('[AMB 9.6] a cancel or a failure after the code was redeemed wins, and who was proven is forgotten', async () => {
  for (const [status, ended] of [
    ['cancel', 'cancelled'],
    ['failure', 'failed'],
  ] as const) {
    const customer = await world.customer();
    const request = await ask(world, customer);
    await signInAtProvider(world, request);
    assert.notEqual((await world.stored(request.id)).provisional, null);
    await world.reply(customer, request.id, { status });
    await isNobody(customer, request, ended);
    await world.reply(customer, request.id, success);
    await isNobody(customer, request, ended);
  }
});

test('[AMB 9.6] a cancel while the code is being redeemed wins, and the browser is told so', async () => {
  const customer = await world.customer();
  const request = await ask(world, customer);
  const { promise, resolve } = Promise.withResolvers<void>();
  world.provider.hold = promise;
  const asked = world.provider.requests.length;
  const callback = signInAtProvider(world, request);
  while (world.provider.requests.length < asked + 2) await new Promise(setImmediate);
  await world.reply(customer, request.id, { status: 'cancel' });
  world.provider.hold = null;
  resolve();
  assert.equal((await callback).location, 'messages-auth://?status=failure&error_code=4');
  await isNobody(customer, request, 'cancelled');
});

test('[AMB 9.6] nothing is verified in a conversation that has ended, or for a setting that was taken away', async () => {
  const ended = await world.customer();
  const one = await ask(world, ended);
  await signInAtProvider(world, one);
  await world.conversations.change(ended.conversationId, () => ({ set: { state: 'closed' } }));
  await world.reply(ended, one.id, success);
  await isNobody(ended, one, 'failed');

  const detached = await world.customer();
  const two = await ask(world, detached);
  await world.reply(detached, two.id, success);
  world.configure([{ ...world.account, setting: null }, world.other]);
  const { location } = await signInAtProvider(world, two);
  world.configure([world.account, world.other]);
  assert.equal(location, 'messages-auth://?status=failure&error_code=4');
  await isNobody(detached, two, 'failed');
});

test('[AMB 9.6] the lifetime of 15 minutes holds for the second half, whichever it is', async () => {
  const customer = await world.customer();
  const request = await ask(world, customer);
  world.clock.move(14 * MINUTE);
  await signInAtProvider(world, request);
  world.clock.move(MINUTE);
  await world.reply(customer, request.id, success);
  await world.signIn.sweep();
  assert.equal(await state(customer), 'anonymous');

  const other = await world.customer();
  const late = await ask(world, other);
  const code = codeFor(world, late);
  await world.reply(other, late.id, success);
  world.clock.move(15 * MINUTE);
  assert.equal((await world.callback({ code, state: late.state })).status, 400);
  await world.signIn.sweep();
  await isNobody(other, late, 'expired');
});

test('[AMB 9.6] what a node left between both halves and its end is finished by a sweep', async () => {
  const customer = await world.customer();
  const request = await ask(world, customer);
  await signInAtProvider(world, request);
  // As a node leaves it that dies after it has stored the device's word
  await world.database.pool.query('update apple_sign_ins set reported_at = $1 where id = $2', [
    world.clock.now(),
    request.id,
  ]);
  await world.signIn.sweep();
  assert.equal(await state(customer), 'verified');
});

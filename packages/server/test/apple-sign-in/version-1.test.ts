import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { newEncryptionKey } from '../../src/identity/index.ts';
import { encryptForRequest } from '../../src/identity/testing/apple-evidence.ts';
import { type AskedRequest, ask, story, tokenReply } from './device.ts';
import { type Customer, startWorld, type World } from './world.ts';

let world: World;
before(async () => {
  world = await startWorld();
});
after(() => world.close());

const device = () => world.customer({ capabilities: ['AUTH'] });

async function untouched(customer: Customer, request: AskedRequest): Promise<void> {
  assert.equal((await world.read(customer)).identity.state, 'anonymous');
  assert.equal((await world.stored(request.id)).status, 'pending');
}

/** Failed with this reason, and the customer, whose bubble says otherwise, is told. */
async function failed(customer: Customer, request: AskedRequest, reason: string, told: boolean) {
  const { status, secrets, provisional } = await world.stored(request.id);
  assert.deepEqual([status, secrets, provisional], ['failed', null, null]);
  const record = await world.read(customer);
  assert.deepEqual([record.identity.state, record.contactId], ['anonymous', null]);
  const [, , failure, message] = await world.entries(customer);
  assert.deepEqual([failure?.kind, failure?.data?.reason], ['authentication-failed', reason]);
  assert.equal(message?.role, told ? 'bot' : undefined);
  if (told) assert.match(message?.text ?? '', /^Wir konnten Ihre Anmeldung nicht bestätigen/);
  return failure?.data ?? {};
}

test('[AMB 7.5] the device’s token verifies the conversation: identity, contact, signed context, until', async () => {
  const customer = await device();
  const request = await ask(world, customer);
  await world.reply(customer, request.id, tokenReply(world, request));
  const { identity, contactId, customerName, context } = await world.read(customer);
  const since = new Date(world.clock.now()).toISOString();
  const until = new Date(world.clock.now() + 3_600_000).toISOString();
  assert.deepEqual(identity, {
    state: 'verified',
    method: 'apple-oauth',
    setting: 'Apple sign-in',
    issuer: world.provider.url,
    subject: 'u-1007',
    since,
    until,
  });
  assert.equal(customerName, 'Ada Ng');
  assert.deepEqual(context, [{ name: 'tier', value: 'gold', origin: 'signed' }]);
  const contact = await world.contacts.read(contactId ?? '');
  assert.deepEqual(
    contact?.identities.map(({ settingId, subject }) => [settingId, subject]),
    [[world.setting.id, 'u-1007']],
  );
  assert.deepEqual(await story(world, customer), ['authentication-requested', 'signed-in']);
  const entry = (await world.entries(customer)).at(-1);
  assert.deepEqual([entry?.identityState, entry?.data?.version], ['verified', 1]);
});

test('[AMB 7.5] the same reply a second time, under whatever id, changes nothing', async () => {
  const customer = await device();
  const request = await ask(world, customer);
  const reply = tokenReply(world, request);
  const asked = world.provider.requests.length;
  await Promise.all([
    world.reply(customer, request.id, reply),
    world.reply(customer, request.id.toUpperCase(), reply),
  ]);
  await world.reply(customer, request.id, reply);
  assert.deepEqual(await story(world, customer), ['authentication-requested', 'signed-in']);
  assert.equal(world.provider.requests.length, asked + 1);
});

test('[AMB 13] token_undecryptable: another key, a flipped bit, a short token; nothing is asked, and the customer is told', async () => {
  const { publicKey } = newEncryptionKey();
  const tokens: ((request: AskedRequest) => string)[] = [
    () => encryptForRequest('token', publicKey),
    ({ encryptionKey }) => {
      const bytes = Buffer.from(encryptForRequest('token', encryptionKey), 'base64');
      bytes[bytes.length - 1] = (bytes.at(-1) ?? 0) ^ 1;
      return bytes.toString('base64');
    },
    () => Buffer.alloc(113, 4).toString('base64'),
    () => '',
    () => 'not Base64!',
  ];
  for (const tokenOf of tokens) {
    const customer = await device();
    const request = await ask(world, customer);
    const asked = world.provider.requests.length;
    const token = tokenOf(request);
    await world.reply(customer, request.id, { status: 'authenticated', token });
    const { reference } = await failed(customer, request, 'token_undecryptable', true);
    const [attempt] = await world.attempts();
    assert.deepEqual([attempt?.reason, attempt?.reference], ['token_undecryptable', reference]);
    assert.equal(world.provider.requests.length, asked);
    // The right token now comes too late
    await world.reply(customer, request.id, tokenReply(world, request));
    assert.equal((await world.read(customer)).identity.state, 'anonymous');
  }
});

test('[AMB 8] a token for the key of an earlier request of the same customer is refused', async () => {
  const customer = await device();
  const old = await ask(world, customer);
  const reply = tokenReply(world, old);
  world.clock.move(60_000);
  const request = await ask(world, customer, true);
  await world.reply(customer, request.id, reply);
  assert.equal((await world.stored(request.id)).status, 'failed');
  assert.equal((await world.read(customer)).identity.state, 'anonymous');
});

test('[AMB 13] profile_lookup_failed: a token nobody issued, errors, no connection, no subject', async () => {
  const cases: [number | 'hang-up' | null, Record<string, unknown> | null, string][] = [
    [null, null, 'profile_lookup_failed'],
    [500, { sub: 'u-1' }, 'profile_lookup_failed'],
    [204, { sub: 'u-1' }, 'profile_lookup_failed'],
    ['hang-up', { sub: 'u-1' }, 'profile_lookup_failed'],
    [null, { name: 'Ada Ng' }, 'subject'],
  ];
  for (const [instead, profile, reason] of cases) {
    const customer = await device();
    const request = await ask(world, customer);
    world.provider.instead.profile = instead;
    const token = encryptForRequest('forged-token', request.encryptionKey);
    const reply = profile
      ? tokenReply(world, request, profile)
      : { status: 'authenticated', token };
    await world.reply(customer, request.id, reply);
    world.provider.instead.profile = null;
    await failed(customer, request, reason, true);
  }
});

test('[AMB 13] device_failed: code and domain are kept, and no message of the device', async () => {
  const domain = 'com.apple.icloud.messages.business.authentication.error';
  const cases: [unknown, Record<string, unknown>][] = [
    [
      { status: 'failed', errors: [{ code: 2, domain, message: 'secret words' }] },
      { code: 2, domain },
    ],
    [{ status: 'FAILED', errors: [{ code: 'x', domain: '<b>' }] }, {}],
    [{ status: 'unknown' }, {}],
    [{ status: 'success' }, {}],
    [{ status: 'authenticated' }, {}],
    [{ status: 7 }, {}],
    ['authenticated', {}],
    [null, {}],
  ];
  for (const [authenticate, expected] of cases) {
    const customer = await device();
    const request = await ask(world, customer);
    await world.reply(customer, request.id, authenticate);
    const { requestIdentifier, version, reason, reference, ...details } = await failed(
      customer,
      request,
      'device_failed',
      false,
    );
    assert.deepEqual(details, expected);
    assert.equal((await world.attempts())[0]?.reference, reference);
    assert.ok(!(await world.storedText()).includes('secret words'));
  }
});

test('[AMB 13] unmatched_reply: unknown and foreign requests are recorded and do nothing', async () => {
  const customer = await device();
  const request = await ask(world, customer);
  const attacker = await device();
  const reply = tokenReply(world, request);
  const cases: [Customer, string, typeof world.account, string][] = [
    [attacker, request.id, world.account, 'the request of another customer'],
    [customer, request.id, world.other, 'the request of another customer'],
    [customer, world.account.id, world.account, 'no request has this identifier'],
    [customer, "' or 1=1", world.account, 'no request has this identifier'],
    [customer, '', world.account, 'no request has this identifier'],
  ];
  for (const [who, id, account, observed] of cases) {
    const before = (await world.attempts()).length;
    await world.reply(who, id, reply, account);
    const attempts = await world.attempts();
    assert.equal(attempts.length, before + 1);
    assert.equal(attempts[0]?.reason, 'unmatched_reply');
    assert.equal(attempts[0]?.checks.at(-1)?.observed, observed);
    assert.equal((await world.read(attacker)).identity.state, 'anonymous');
    await untouched(customer, request);
  }
  await world.reply(customer, request.id, reply);
  assert.equal((await world.read(customer)).identity.state, 'verified');
});

test('[AMB 13] request_expired: silence of 15 minutes, told by the sweep; a reply of that moment is too late', async () => {
  const customer = await device();
  const request = await ask(world, customer);
  world.clock.move(15 * 60_000 - 1);
  await world.signIn.sweep();
  await untouched(customer, request);
  world.clock.move(1);
  await world.reply(customer, request.id, tokenReply(world, request));
  await untouched(customer, request);
  await world.signIn.sweep();
  assert.deepEqual(await story(world, customer), [
    'authentication-requested',
    'authentication-failed request_expired',
  ]);
  const { status, secrets } = await world.stored(request.id);
  assert.deepEqual([status, secrets], ['expired', null]);
  assert.equal((await world.attempts())[0]?.reason, 'unmatched_reply');
});

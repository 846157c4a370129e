import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { ask, codeFor, signInAtProvider, story } from './device.ts';
import { PROFILE, startWorld, type World } from './world.ts';

let world: World;
before(async () => {
  world = await startWorld();
});
after(() => world.close());

const SUCCESS = 'messages-auth://?status=success';
const CANCEL = 'messages-auth://?status=cancel';
const failure = (code: number) => `messages-auth://?status=failure&error_code=${code}`;

test('[AMB 9.4] the callback redeems the code, tells the device alone, and nothing is cached', async () => {
  const customer = await world.customer();
  const request = await ask(world, customer);
  const { status, location, headers, text } = await signInAtProvider(world, request);
  assert.deepEqual([status, location, text], [302, SUCCESS, '']);
  assert.equal(headers.get('cache-control'), 'no-store');
  assert.equal(headers.get('referrer-policy'), 'no-referrer');
  assert.equal((await world.read(customer)).identity.state, 'anonymous');
  await world.reply(customer, request.id, { status: 'success' });
  const { identity, context } = await world.read(customer);
  assert.deepEqual(
    [identity.state, identity.subject, identity.method],
    ['verified', 'u-1007', 'apple-oauth'],
  );
  assert.deepEqual(context, [{ name: 'tier', value: 'gold', origin: 'signed' }]);
  assert.deepEqual(await story(world, customer), ['authentication-requested', 'signed-in']);
});

test('[AMB 9.4] a state counts once: the second call gets a page, and the sign-in goes on', async () => {
  const customer = await world.customer();
  const request = await ask(world, customer);
  const code = codeFor(world, request);
  const asked = world.provider.requests.length;
  const answers = await Promise.all(
    [1, 2, 3].map(() => world.callback({ code, state: request.state })),
  );
  assert.deepEqual(answers.map(({ status }) => status).sort(), [302, 400, 400]);
  assert.equal((await world.callback({ code, state: request.state })).status, 400);
  assert.equal(world.provider.requests.length, asked + 2, 'one exchange and one look-up');
  const reused = (await world.attempts()).filter(({ reason }) => reason === 'unmatched_reply');
  assert.equal(reused.length, 1, 'recorded, and not as often as somebody likes');
  await world.reply(customer, request.id, { status: 'success' });
  assert.equal((await world.read(customer)).identity.state, 'verified');
});

test('[AMB 9.4] a wrong, missing, doubled or expired state gets a page without detail, and nothing is asked', async () => {
  const customer = await world.customer();
  const request = await ask(world, customer);
  const code = codeFor(world, request);
  const asked = world.provider.requests.length;
  const states = `state=${request.state}&state=${request.state}`;
  const queries = [
    '',
    `code=${code}`,
    `code=${code}&state=`,
    `code=${code}&state=wrong`,
    `code=${code}&${states}`,
    `code=${code}&state=${request.state.slice(0, -1)}`,
    `code=${code}&state=${'x'.repeat(5000)}`,
    `error=access_denied&state=wrong`,
    `state=%3Cscript%3E&code=${code}`,
  ];
  for (const query of queries) {
    const { status, location, headers, text } = await world.callback(query);
    assert.deepEqual([status, location], [400, null]);
    assert.match(headers.get('content-type') ?? '', /^text\/html/);
    assert.match(text, /This link cannot be used/);
    assert.ok(!text.includes('script') && !text.includes(code));
    assert.equal(headers.get('cache-control'), 'no-store');
  }
  assert.equal((await world.stored(request.id)).status, 'pending');
  world.clock.move(15 * 60_000);
  assert.equal((await world.callback({ code, state: request.state })).status, 400);
  assert.equal(world.provider.requests.length, asked);
  assert.equal((await world.read(customer)).identity.state, 'anonymous');
});

test('[AMB 9.4] HEAD, POST and a prefetch of the page use no state up', async () => {
  const customer = await world.customer();
  const request = await ask(world, customer);
  const query = { code: codeFor(world, request), state: request.state };
  for (const method of ['HEAD', 'POST', 'OPTIONS'])
    assert.equal((await world.callback(query, method)).status, 404);
  assert.equal((await world.stored(request.id)).redeemed_at, null);
  assert.equal((await world.callback(query)).location, SUCCESS);
});

test('[AMB 9.4] the state of version 1 opens nothing at the callback', async () => {
  const customer = await world.customer({ capabilities: ['AUTH'] });
  const request = await ask(world, customer);
  assert.equal((await world.callback({ code: 'x', state: request.state })).status, 400);
  assert.equal((await world.stored(request.id)).status, 'pending');
});

test('[AMB 13] customer_cancelled and errors of the provider: told to the device, the conversation as it was', async () => {
  const cases: [Record<string, string>, string, string, string][] = [
    [{ error: 'access_denied' }, CANCEL, 'cancelled', 'customer_cancelled'],
    [{ error: 'server_error' }, failure(1), 'failed', 'provider_error'],
    [{ error: '' }, failure(1), 'failed', 'provider_error'],
    [{ error: 'access_denied<script>' }, failure(1), 'failed', 'provider_error'],
    [{ error: 'access_denied', code: 'x' }, CANCEL, 'cancelled', 'customer_cancelled'],
    [{}, failure(1), 'failed', 'provider_error'],
    [{ code: '' }, failure(1), 'failed', 'provider_error'],
    [{ code: 'x'.repeat(5000) }, failure(1), 'failed', 'provider_error'],
  ];
  for (const [query, location, status, reason] of cases) {
    const customer = await world.customer();
    const request = await ask(world, customer);
    const asked = world.provider.requests.length;
    const answer = await world.callback({ ...query, state: request.state });
    assert.deepEqual([answer.status, answer.location], [302, location]);
    assert.equal(world.provider.requests.length, asked);
    const stored = await world.stored(request.id);
    assert.deepEqual([stored.status, stored.secrets], [status, null]);
    const attempts = (await world.attempts()).length;
    await world.reply(customer, request.id, { status: status === 'failed' ? 'failure' : 'cancel' });
    assert.equal((await world.attempts()).length, attempts, 'the device says what is known');
    await world.reply(customer, request.id, { status: 'success' });
    assert.equal((await world.read(customer)).identity.state, 'anonymous');
    assert.deepEqual(await story(world, customer), [
      'authentication-requested',
      `authentication-failed ${reason}`,
    ]);
  }
});

test('[AMB 13] token_exchange_failed and profile_lookup_failed: a provider that is down or refuses', async () => {
  const cases: ['token' | 'profile', number | 'hang-up', string, number][] = [
    ['token', 'hang-up', 'token_exchange_failed', 2],
    ['token', 500, 'token_exchange_failed', 2],
    ['token', 400, 'token_exchange_failed', 2],
    ['profile', 'hang-up', 'profile_lookup_failed', 3],
    ['profile', 500, 'profile_lookup_failed', 3],
    ['profile', 401, 'profile_lookup_failed', 3],
  ];
  for (const [which, instead, reason, code] of cases) {
    const customer = await world.customer();
    const request = await ask(world, customer);
    world.provider.instead[which] = instead;
    const { location } = await signInAtProvider(world, request);
    world.provider.instead[which] = null;
    assert.equal(location, failure(code));
    await world.reply(customer, request.id, { status: 'success' });
    assert.equal((await world.read(customer)).identity.state, 'anonymous');
    const stored = await world.stored(request.id);
    assert.deepEqual([stored.status, stored.provisional], ['failed', null]);
    const failed = (await world.entries(customer)).at(-1);
    assert.equal(failed?.data?.reason, reason);
    const found = (await world.attempts()).find(
      ({ reference }) => reference === failed?.data?.reference,
    );
    assert.equal(found?.reason, reason);
    assert.equal((await world.entries(customer)).at(-1)?.kind, 'authentication-failed');
  }
});

test('[AMB 9.4] a code of another sign-in, and one whose verifier is another’s, are refused', async () => {
  const [victim, attacker] = [await world.customer(), await world.customer()];
  const theirs = await ask(world, victim);
  const own = await ask(world, attacker);
  const { location } = await world.callback({ code: codeFor(world, theirs), state: own.state });
  assert.equal(location, failure(2));
  await world.reply(attacker, own.id, { status: 'success' });
  assert.equal((await world.read(attacker)).identity.state, 'anonymous');
});

test('[AMB 9.4] a person without a subject is rejected with the code 4', async () => {
  const customer = await world.customer();
  const request = await ask(world, customer);
  const { location } = await signInAtProvider(world, request, { ...PROFILE, sub: '' });
  assert.equal(location, failure(4));
  assert.equal((await world.stored(request.id)).status, 'failed');
});

test('[AMB 9.5] failure, an unknown status and a token in version 2 fail; cancel is cancelled', async () => {
  const cases: [unknown, string, string][] = [
    [{ status: 'failure', error_code: 2 }, 'failed', 'device_failed'],
    [{ status: 'authenticated', token: 'AAAA' }, 'failed', 'device_failed'],
    [{ status: 'succes' }, 'failed', 'device_failed'],
    [undefined, 'failed', 'device_failed'],
    [{ status: 'CANCEL' }, 'cancelled', 'customer_cancelled'],
  ];
  for (const [authenticate, status, reason] of cases) {
    const customer = await world.customer();
    const request = await ask(world, customer);
    await world.reply(customer, request.id, authenticate);
    assert.equal((await world.stored(request.id)).status, status);
    assert.equal((await signInAtProvider(world, request)).status, 400);
    assert.deepEqual(await story(world, customer), [
      'authentication-requested',
      `authentication-failed ${reason}`,
    ]);
  }
});

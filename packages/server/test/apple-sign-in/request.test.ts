import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { ask, delivered, requestOf, signInAtProvider, story, tokenReply } from './device.ts';
import { agent, type Customer, REDIRECT, startWorld, type World } from './world.ts';

let world: World;
before(async () => {
  world = await startWorld();
});
after(() => world.close());

/** Refused with this code, with nothing sent, stored or written. */
async function refused(customer: Customer, code: string, by = agent): Promise<void> {
  const sends = world.apple.delivered.length;
  const before = await world.entries(customer);
  await assert.rejects(world.signIn.request(by, customer.conversationId), { code });
  assert.equal(world.apple.delivered.length, sends);
  assert.deepEqual(await world.entries(customer), before);
}

test('[AMB 9.2] a device with AUTH2 gets a request of version 2, without client, URL or secret', async () => {
  const customer = await world.customer();
  const entry = await world.signIn.request(agent, customer.conversationId);
  const body = await delivered(world, String(entry.data?.requestIdentifier));
  const { headers } = world.apple.delivered.at(-1) ?? assert.fail();
  const { data, receivedMessage, replyMessage } = body.interactiveData;
  assert.deepEqual(
    [entry.kind, entry.senderName, entry.data],
    [
      'authentication-requested',
      'Maria',
      { requestIdentifier: data.requestIdentifier, version: 2, message: 'Please sign in' },
    ],
  );
  assert.deepEqual(
    [headers.id, body.id, body.destinationId],
    [entry.id, entry.id, customer.opaqueId],
  );
  assert.deepEqual([body.type, data.version], ['interactive', '2.0']);
  assert.deepEqual(
    [receivedMessage.title, replyMessage.title],
    ['Please sign in', 'You are signed in'],
  );
  const { oauth2 } = data.authenticate;
  const { state, additionalParameters, ...rest } = oauth2;
  assert.deepEqual(rest, {
    responseType: 'code',
    scope: ['openid', 'profile', 'email'],
    redirectURI: REDIRECT,
  });
  assert.match(String(state), /^[\w-]{43}$/);
  const parameters = new URLSearchParams(String(additionalParameters));
  assert.deepEqual([...parameters.keys()].sort(), [
    'code_challenge',
    'code_challenge_method',
    'nonce',
    'prompt',
  ]);
  assert.equal(parameters.get('code_challenge_method'), 'S256');
  const text = JSON.stringify(body);
  for (const unwanted of [
    world.provider.clientSecret,
    'authorizationUrl',
    'clientIdentifier',
    world.provider.clientId,
  ])
    assert.ok(!text.includes(unwanted), unwanted);
});

test('[AMB 7.2] a device with AUTH alone gets a request of version 1, with a key of its own each time', async () => {
  const customer = await world.customer({ capabilities: ['LIST', 'AUTH'] });
  const first = await ask(world, customer);
  world.clock.move(60_000);
  const second = await ask(world, customer, true);
  const { data } = first.message.interactiveData;
  assert.deepEqual([data.version, data.images], ['1.0', []]);
  const { state, responseEncryptionKey, ...rest } = data.authenticate.oauth2;
  assert.deepEqual(rest, {
    responseType: 'code',
    scope: ['openid', 'profile', 'email'],
    clientSecret: world.provider.clientSecret,
  });
  assert.equal(Buffer.from(String(responseEncryptionKey), 'base64').length, 97);
  assert.match(String(state), /^[\w-]{43}$/);
  assert.notEqual(second.encryptionKey, first.encryptionKey);
  assert.notEqual(second.state, first.state);
  assert.notEqual(second.id, first.id);
});

test('[AMB 9.2] without PKCE, openid and additional parameters none are sent; ours are never redefined', async () => {
  const bare = { ...world.setting, pkce: false, scopes: ['profile'], additionalParameters: null };
  world.configure([{ ...world.account, setting: bare }, world.other]);
  const { message } = await ask(world, await world.customer());
  assert.ok(!('additionalParameters' in message.interactiveData.data.authenticate.oauth2));
  const evil = 'state=theirs&client_id=x&redirect_uri=https://evil.example&nonce=1&prompt=login';
  world.configure([
    { ...world.account, setting: { ...world.setting, additionalParameters: evil } },
    world.other,
  ]);
  const { parameters } = await ask(world, await world.customer());
  assert.deepEqual([...parameters.keys()].sort(), [
    'code_challenge',
    'code_challenge_method',
    'nonce',
    'prompt',
  ]);
  assert.notEqual(parameters.get('nonce'), '1');
  world.configure([world.account, world.other]);
});

test('[AMB 13] capability_missing: a device without AUTH and AUTH2 is not asked', async () => {
  for (const capabilities of [[], ['LIST', 'TIME', 'QUICK'], ['AUTH3'], ['OAUTH']])
    await refused(await world.customer({ capabilities }), 'capability_missing');
});

test('[AMB 12.4] nobody is asked without a setting, after the end, after they closed, or by another agent', async () => {
  world.configure([{ ...world.account, setting: null }, world.other]);
  await refused(await world.customer(), 'sign_in_not_attached');
  world.configure([world.other]);
  await refused(await world.customer(), 'sign_in_not_attached');
  world.configure([world.account, world.other]);
  await refused(await world.customer({ closed: true }), 'conversation_closed');
  const ended = await world.customer();
  await world.conversations.change(ended.conversationId, () => ({ set: { state: 'closed' } }));
  await refused(ended, 'conversation_closed');
  await refused(await world.customer(), 'not_assigned', { ...agent, id: world.account.id });
});

test('[AMB 7.1] asked twice at once is asked once; later it is refused, unless the agent insists', async () => {
  const customer = await world.customer();
  const sends = world.apple.delivered.length;
  const [first, second] = await Promise.all([
    world.signIn.request(agent, customer.conversationId),
    world.signIn.request(agent, customer.conversationId),
  ]);
  assert.equal(first.id, second.id);
  const old = requestOf(await delivered(world, String(first.data?.requestIdentifier)));
  assert.equal(world.apple.delivered.length, sends + 1);
  world.clock.move(10_001);
  await refused(customer, 'request_pending');
  const fresh = await ask(world, customer, true);
  assert.notEqual(fresh.id, old.id);
  assert.equal((await world.stored(old.id)).status, 'superseded');
  assert.equal((await world.stored(old.id)).secrets, null);
  const page = await signInAtProvider(world, old);
  assert.equal(page.status, 400);
  await world.reply(customer, old.id, { status: 'success' });
  assert.equal((await world.read(customer)).identity.state, 'anonymous');
  assert.equal((await world.attempts())[0]?.reason, 'unmatched_reply');
  assert.equal((await world.stored(fresh.id)).status, 'pending');
});

test('[AMB 13] gateway_rejected: a refusal of the gateway ends the request, and the agent reads the status', async () => {
  for (const status of [400, 401, 403, 404, 413]) {
    const customer = await world.customer();
    // With another token it is asked once more
    world.apple.script.push(...(status === 403 ? [403, 403] : [status]));
    const { id, state } = await ask(world, customer);
    while ((await world.entries(customer)).length < 3) await new Promise(setImmediate);
    assert.equal((await world.stored(id)).status, 'failed');
    const [, requested, failed] = await world.entries(customer);
    assert.equal(requested?.kind, 'authentication-requested');
    assert.deepEqual(failed?.data, {
      requestIdentifier: id,
      version: 2,
      reason: 'gateway_rejected',
      status,
    });
    assert.equal((await world.callback({ code: 'x', state })).status, 400);
  }
});

test('[AMB 2.5] a request waits behind a message that is tried again, with the same id and content, and not for ever', async () => {
  const customer = await world.customer();
  const of = ({ body }: { body: { destinationId: string } }) =>
    body.destinationId === customer.opaqueId;
  const { conversationId } = customer;
  const said = { kind: 'message', role: 'agent', senderId: agent.id } as const;
  world.apple.script.push(500, 200, 503);
  await world.conversations.append({ ...said, conversationId, text: 'First' });
  await world.tried(customer, 1);
  const entry = await world.signIn.request(agent, conversationId);
  await world.conversations.append({ ...said, conversationId, text: 'Last' });
  assert.equal(world.apple.delivered.filter(of).length, 1);
  world.clock.move(1500);
  await world.channel.sweep();
  await world.apple.until(of, 3);
  await world.tried(customer, 1);
  world.clock.move(1500);
  await world.channel.sweep();
  await world.apple.until(of, 5);
  const [one, again, asked, askedAgain, last] = world.apple.delivered.filter(of);
  assert.deepEqual([one?.body.id, askedAgain?.body.id], [again?.body.id, entry.id]);
  assert.deepEqual(asked?.body, askedAgain?.body);
  assert.equal(last?.body.type, 'text');

  const hopeless = await world.customer();
  world.apple.script.push(...Array<number>(10).fill(500));
  const { id } = await world.signIn.request(agent, hopeless.conversationId);
  for (let tries = 1; tries < 9; tries += 1) {
    await world.tried(hopeless, tries);
    world.clock.move(60_000 * 1.2);
    await world.channel.sweep();
  }
  while ((await world.entries(hopeless)).length < 3) await new Promise(setImmediate);
  assert.deepEqual(await story(world, hopeless), [
    'authentication-requested',
    'authentication-failed gateway_rejected',
  ]);
  assert.equal(world.apple.delivered.filter(({ body }) => body.id === id).length, 9);
  world.apple.script.length = 0;
});

test('[AMB 7.1] a request that was cancelled or replaced before it left is not sent', async () => {
  const customer = await world.customer();
  const of = ({ body }: { body: { destinationId: string } }) =>
    body.destinationId === customer.opaqueId;
  world.apple.script.push(500);
  const first = await world.signIn.request(agent, customer.conversationId);
  await world.tried(customer, 1);
  const fresh = await world.signIn.request(agent, customer.conversationId, { again: true });
  assert.notEqual(fresh.id, first.id);
  world.clock.move(1500);
  await world.channel.sweep();
  await world.apple.until(of, 2);
  assert.deepEqual(
    world.apple.delivered.filter(of).map(({ body }) => body.id),
    [first.id, fresh.id],
  );
});

test('[AMB 3.4] a device that has lost the capability meanwhile is not asked, and the agent reads why', async () => {
  const customer = await world.customer();
  world.apple.script.push(500);
  await world.signIn.request(agent, customer.conversationId);
  await world.tried(customer, 1);
  await world.database.pool.query(
    "update apple_customers set capabilities = '{LIST}' where opaque_id = $1",
    [customer.opaqueId],
  );
  world.clock.move(1500);
  await world.channel.sweep();
  while ((await world.entries(customer)).length < 3) await new Promise(setImmediate);
  assert.deepEqual(
    (await story(world, customer)).at(-1),
    'authentication-failed capability_missing',
  );
  const sent = world.apple.delivered.filter(({ body }) => body.destinationId === customer.opaqueId);
  assert.equal(sent.length, 1);
});

test('[AMB 12.2] the agent chooses among the messages of the setting, and none besides', async () => {
  const customer = await world.customer();
  const wanted = { message: 'Sign in, please' };
  const entry = await world.signIn.request(agent, customer.conversationId, wanted);
  const { interactiveData } = await delivered(world, String(entry.data?.requestIdentifier));
  assert.equal(interactiveData.receivedMessage.title, 'Your turn');
  const other = await world.customer();
  for (const message of ['Not of this setting', 'Nowhere'])
    await assert.rejects(world.signIn.request(agent, other.conversationId, { message }), {
      code: 'unknown_rich_message',
      status: 400,
    });
  assert.deepEqual(await story(world, other), []);
});

test('[AMB 13] no secret, state, code, token, key or profile is stored in the clear, nor outlives its request', async () => {
  const first = await world.customer({ capabilities: ['AUTH'] });
  const one = await ask(world, first);
  const second = await world.customer();
  const two = await ask(world, second);
  let text = await world.storedText();
  const verifierless = [one.state, two.state, two.parameters.get('nonce') ?? '', 'u-1007'];
  for (const secret of [...verifierless, world.provider.clientSecret, one.encryptionKey])
    assert.ok(!text.includes(secret), secret);
  const reply = tokenReply(world, one);
  await world.reply(first, one.id, reply);
  await signInAtProvider(world, two);
  assert.ok(!(await world.storedText()).includes('ada@shop.example","sub'));
  await world.reply(second, two.id, { status: 'success' });
  for (const { id } of [one, two]) {
    const { status, secrets, provisional } = await world.stored(id);
    assert.deepEqual([status, secrets, provisional], ['succeeded', null, null]);
  }
  text = await world.storedText();
  const used = world.provider.requests.map(
    ({ authorization }) => authorization?.split(' ')[1] ?? '',
  );
  for (const secret of [reply.token, ...used.filter((token) => token !== '')])
    assert.ok(!text.includes(secret), secret);
});

import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { conversations, conversationWith, end, readConversation, reply, take } from './agent.ts';
import { deployments, startWorld, type World } from './world.ts';

let world: World;
before(async () => {
  world = await startWorld();
});
after(() => world.close());

const shopGuest = (token?: string) =>
  world.guest({ deploymentId: deployments.shop, ...(token && { token }) });

test('[GA30] an unknown token makes a session', async () => {
  const client = await world.connect();
  const { type, body } = await client.configure();
  assert.equal(type, 'response');
  assert.equal(body.connected, true);
  assert.equal(body.newSession, true);
  assert.equal(body.readOnly, false);
  assert.equal(body.durationSeconds, 3600);
  assert.equal(body.maxCustomDataBytes, 2048);
  const seconds = (body.expirationDate ?? 0) - world.clock.now() / 1000;
  assert.ok(seconds > 3500 && seconds <= 3600);
});

test('[GA31] the same token goes on with its session and hears what comes', async () => {
  const client = await world.guest();
  await client.say('Before the reload');
  await client.close();
  const again = await world.connect({ token: client.token });
  const { body } = await again.configure();
  assert.equal(body.newSession, false);
  const conversation = await take(world, 'Before the reload');
  await reply(world, conversation, 'Welcome back');
  await again.nextText('Welcome back');
  assert.equal((await world.history(again)).body.total, 2);
});

test('[GA32] startNew leaves the session and its history behind, and ends its conversation', async () => {
  const client = await world.guest();
  await client.say('The old story');
  const { id } = await conversationWith(world, 'The old story');
  const other = await world.guest({ token: client.token });
  const { body } = await client.configure({ startNew: true });
  assert.deepEqual([body.newSession, body.connected], [true, true]);
  assert.equal((await world.history(client)).body.total, 0);
  assert.equal((await readConversation(world, id)).state, 'closed');
  await other.nextOf('ConnectionClosedEvent');
  await other.closed();
});

test('[GA36] configuring alone opens no conversation', async () => {
  const before = (await conversations(world)).length;
  const client = await world.guest();
  await client.ask({ action: 'echo', message: { text: 'ping' } });
  await client.close();
  assert.equal((await conversations(world)).length, before);
});

test('[GA37] the fourth connection of a session takes the place of the oldest', async () => {
  const first = await world.guest();
  const token = first.token;
  const others = [await world.guest({ token }), await world.guest({ token })];
  const fourth = await world.guest({ token });
  const event = await first.nextOf('ConnectionClosedEvent');
  assert.deepEqual(event.body, {});
  assert.equal(await first.closed(), 1000);
  await fourth.say('All of us');
  for (const client of [...others, fourth]) {
    const texts = client.frames.filter(({ body }) => body.text === 'All of us');
    if (texts.length === 0) await client.nextText('All of us');
  }
});

test('[GA38] a message extends the session; without one it expires', async () => {
  const client = await world.guest();
  const bystander = await world.guest();
  world.clock.advance(3_000_000);
  await client.say('Still with you');
  world.clock.advance(3_000_000);
  assert.equal((await bystander.say('Too late')).code, 4006);
  assert.ok(bystander.frames.some((frame) => frame.class === 'SessionExpiredEvent'));
});

test('[GA38] an idle socket is told that its session has expired; the token then begins anew', async () => {
  const client = await world.guest();
  await client.say('See you');
  world.clock.advance(3_700_000);
  const event = await client.nextOf('SessionExpiredEvent');
  assert.equal(event.type, 'response');
  assert.equal((await client.ask({ action: 'getJwt' })).code, 4006);
  const { body } = await client.configure();
  assert.equal(body.newSession, true);
  assert.equal((await world.history(client)).body.total, 0);
});

test('[GA39] [GA40] closing a read-only session: the caller may begin anew, the others go', async () => {
  const client = await shopGuest();
  const other = await shopGuest(client.token);
  await client.say('Please close');
  await end(world, await take(world, 'Please close'));
  await client.nextPresence('Disconnect');
  assert.equal((await client.say('Hello?')).code, 409);
  const seen = client.frames.length;
  const closed = await client.ask({ action: 'closeSession', closeAllConnections: true });
  assert.deepEqual(closed.body, { connected: false, readOnly: true });
  await other.nextOf('ConnectionClosedEvent');
  await other.closed();
  const { body } = await client.configure({ startNew: true });
  assert.deepEqual([body.newSession, body.readOnly], [true, false]);
  const since = client.frames.slice(seen).map((frame) => frame.class);
  assert.ok(!since.includes('ConnectionClosedEvent'), 'the caller must not be told');
});

test('[GA39] closing a session that is not read-only tells the caller too', async () => {
  const client = await world.guest();
  await client.say('Goodbye');
  const { id } = await conversationWith(world, 'Goodbye');
  const closed = await client.ask({ action: 'closeSession', closeAllConnections: true });
  assert.deepEqual(closed.body, { connected: false, newSession: false });
  await client.nextOf('ConnectionClosedEvent');
  assert.equal((await client.say('x')).code, 4007);
  assert.equal((await readConversation(world, id)).state, 'closed');
});

test('[GA41] clear tells every connection, and nothing can be reached any more', async () => {
  const client = await shopGuest();
  const other = await shopGuest(client.token);
  await client.say('Forget this');
  const { id } = await conversationWith(world, 'Forget this');
  const { body } = await client.ask({ action: 'getJwt' });
  await client.event({ eventType: 'Presence', presence: { type: 'Clear' } });
  for (const each of [client, other]) {
    const classes = (await (each === client ? tail(client) : tail(other))).slice(-2);
    assert.deepEqual(classes, ['SessionClearedEvent', 'ConnectionClosedEvent']);
  }
  await other.closed();
  const authorization = `Bearer ${body.jwt}`;
  const history = await world.request('GET', '/api/v2/webmessaging/messages', { authorization });
  assert.equal(history.status, 401);
  assert.equal((await readConversation(world, id)).state, 'closed');
  assert.equal((await client.configure()).body.newSession, true);

  async function tail(each: typeof client): Promise<string[]> {
    if (!each.frames.some((frame) => frame.class === 'ConnectionClosedEvent')) {
      await each.nextOf('ConnectionClosedEvent');
    }
    return each.frames.map((frame) => frame.class);
  }
});

test('[GA42] clear is refused where it is off', async () => {
  const client = await world.guest();
  const refused = await client.event({ eventType: 'Presence', presence: { type: 'Clear' } });
  assert.equal(refused.code, 403);
  assert.match(refused.error ?? '', /conversation clear/i);
});

test('[GA35] where sign-in is required a guest is refused', async () => {
  const client = await world.connect({ deploymentId: deployments.portal });
  assert.equal((await client.configure()).code, 403);
  assert.equal((await client.say('x')).code, 4007);
});

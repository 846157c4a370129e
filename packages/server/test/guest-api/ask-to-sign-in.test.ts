import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import type { Entry } from '@countersign/protocol';
import { conversationWith, end, readConversation, signInEntries, take } from './agent.ts';
import { type GuestClient, presenceOf } from './guest-client.ts';
import { deployments, startWorld, type World } from './world.ts';

let world: World;
before(async () => {
  world = await startWorld();
});
after(() => world.close());

const CAPABLE = { deploymentId: deployments.shop, capabilities: 'authenticate' };
const asked = (client: GuestClient): number =>
  client.frames.filter(({ body }) => presenceOf(body) === 'Authenticate').length;

async function ask(id: string): Promise<{ status: number; entry: Entry; code: string }> {
  const path = `/api/conversations/${id}/request-authentication`;
  const { status, text } = await world.agent('POST', path);
  const body = JSON.parse(text);
  return { status, entry: body, code: body.code };
}

test('[GA43] an agent asks: who can show it is told on every node, others and the history are not', async () => {
  const client = await world.connect(CAPABLE);
  await client.configure();
  await client.say('Who am I?');
  const { id } = await take(world, 'Who am I?');
  const plain = await world.connect({ deploymentId: deployments.shop, token: client.token });
  await plain.configure();
  const elsewhere = await world.connect(
    { ...CAPABLE, token: client.token },
    await world.deafNode(),
  );
  await elsewhere.configure();
  const { status, entry } = await ask(id);
  assert.deepEqual(
    [status, entry.kind, entry.from.role],
    [200, 'authentication-requested', 'agent'],
  );
  for (const each of [client, elsewhere]) {
    const { type, body } = await each.nextPresence('Authenticate');
    assert.deepEqual([type, body.direction, body.type], ['message', 'Outbound', 'Event']);
    assert.deepEqual(body.channel?.from, { nickname: 'tests' });
  }
  await client.say('One moment');
  await plain.nextText('One moment');
  assert.deepEqual([asked(client), asked(elsewhere), asked(plain)], [1, 1, 0]);
  const { entities = [] } = (await world.history(client)).body;
  assert.deepEqual(
    entities.map(({ type }) => type),
    ['Text', 'Text'],
  );
});

test('[GA43] asked twice within ten seconds is asked once', async () => {
  const client = await world.connect(CAPABLE);
  await client.configure();
  await client.say('Asked twice');
  const { id } = await take(world, 'Asked twice');
  const [first, second] = await Promise.all([ask(id), ask(id)]);
  assert.equal(first.entry.id, second.entry.id);
  world.clock.advance(10_001);
  assert.notEqual((await ask(id)).entry.id, first.entry.id);
  const kinds = (await signInEntries(world, id)).map(({ kind }) => kind);
  assert.deepEqual(kinds, ['authentication-requested', 'authentication-requested']);
});

test('[GA44] a client that comes back is asked again, until somebody has signed in', async () => {
  const client = await world.connect(CAPABLE);
  await client.configure();
  await client.say('I was away');
  const { id } = await take(world, 'I was away');
  await client.close();
  await ask(id);
  const back = await world.connect({ ...CAPABLE, token: client.token });
  await back.configure();
  await back.nextPresence('Authenticate');
  const { jwt } = await world.signInAtProvider('u-1019');
  assert.equal((await back.signIn(jwt)).code, 200);
  assert.equal((await readConversation(world, id)).authenticated, true);
  assert.equal(asked(back), 1);
  const again = await world.connect({ ...CAPABLE, token: client.token });
  await again.signIn(jwt);
  await again.settled();
  assert.equal(asked(again), 0);
});

test('nobody is asked who is verified, cannot sign in, or has gone; nothing is written', async () => {
  const signedIn = await world.connect({ deploymentId: deployments.portal });
  const { jwt } = await world.signInAtPortal({ sub: 'known' });
  await signedIn.signIn(jwt);
  await signedIn.say('Known');
  const known = await take(world, 'Known');
  const guest = await world.guest();
  await guest.say('No sign-in here');
  const anonymous = await take(world, 'No sign-in here');
  const refusals = [
    [known.id, 'already_verified'],
    [anonymous.id, 'step_up_not_allowed'],
  ] as const;
  for (const [id, code] of refusals) {
    const before = await readConversation(world, id);
    assert.equal(before.cannotAskToSignIn, code);
    const refused = await ask(id);
    assert.deepEqual([refused.status, refused.code], [409, code]);
    assert.equal((await readConversation(world, id)).lastSeq, before.lastSeq);
  }
  // Who was proven here once may be asked, though guests of the portal may not
  const authorization = `bearer ${jwt}`;
  await world.request('DELETE', '/api/v2/webdeployments/token/revoke', { authorization });
  assert.equal((await readConversation(world, known.id)).cannotAskToSignIn, undefined);
  assert.equal((await ask(known.id)).status, 200);
  await end(world, anonymous);
  assert.equal((await ask(anonymous.id)).code, 'conversation_closed');
  assert.equal((await conversationWith(world, 'Known')).identity.state, 'lapsed');
});

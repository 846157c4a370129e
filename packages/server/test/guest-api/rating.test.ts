import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { end, entries, readConversation, take } from './agent.ts';
import type { GuestClient } from './guest-client.ts';
import { deployments, startWorld, type World } from './world.ts';

let world: World;
before(async () => {
  world = await startWorld();
});
after(() => world.close());

const PATH = '/api/v2/webmessaging/rating';

async function rate(client: GuestClient, body: object): Promise<number> {
  const answer = await client.ask({ action: 'getJwt' });
  const authorization = `bearer ${answer.body.jwt}`;
  return (await world.post(PATH, body, { authorization })).status;
}

/** What the log and the row say of ratings. */
async function storedOf(id: string): Promise<unknown[]> {
  const log = (await entries(world, id)).filter(({ kind }) => kind === 'rated');
  const { rating, lastSeq } = await readConversation(world, id);
  return [log.map(({ from, data }) => [from.role, data]), rating, lastSeq];
}

test('[GA95] a conversation that has ended is rated once; a second time changes nothing', async () => {
  const client = await world.guest();
  await client.say('Rate me');
  const conversation = await take(world, 'Rate me');
  assert.equal(await rate(client, { score: 5 }), 409, 'it has not ended');
  assert.deepEqual((await storedOf(conversation.id)).slice(0, 2), [[], undefined]);
  await end(world, conversation);
  assert.equal(await rate(client, { score: 4, comment: ' Quick. ' }), 204);
  const stored = await storedOf(conversation.id);
  assert.deepEqual(stored.slice(0, 2), [[['customer', { score: 4, comment: 'Quick.' }]], 4]);
  assert.equal(await rate(client, { score: 1, comment: 'After all' }), 409);
  assert.deepEqual(await storedOf(conversation.id), stored);
});

test('[GA95] a session that has become read-only may rate', async () => {
  const { jwt } = await world.signInAtProvider();
  const client = await world.connect({ deploymentId: deployments.shop });
  await client.signIn(jwt);
  await client.say('Signed in and done');
  const conversation = await take(world, 'Signed in and done');
  await end(world, conversation);
  assert.equal((await client.say('more')).code, 409);
  assert.equal(await rate(client, { score: 1 }), 204);
  assert.deepEqual((await storedOf(conversation.id)).slice(0, 2), [
    [['customer', { score: 1 }]],
    1,
  ]);
});

test('[GA95] of two ratings at once one counts', async () => {
  const client = await world.guest();
  await client.say('Twice at once');
  const conversation = await take(world, 'Twice at once');
  await end(world, conversation);
  const answers = await Promise.all([rate(client, { score: 2 }), rate(client, { score: 3 })]);
  assert.deepEqual(answers.sort(), [204, 409]);
  const [log] = await storedOf(conversation.id);
  assert.ok(Array.isArray(log) && log.length === 1);
});

test('[GA95] nonsense is 400, a foreign token 401; nothing is stored', async () => {
  const client = await world.guest();
  await client.say('Nonsense');
  const conversation = await take(world, 'Nonsense');
  await end(world, conversation);
  const before = await storedOf(conversation.id);
  for (const body of [
    {},
    { score: 0 },
    { score: 6 },
    { score: 2.5 },
    { score: '5' },
    { score: 3, comment: 'x'.repeat(501) },
    { score: 3, comment: 'a\0b' },
  ])
    assert.equal(await rate(client, body), 400, JSON.stringify(body).slice(0, 40));
  for (const authorization of ['', 'bearer x']) {
    assert.equal((await world.post(PATH, { score: 5 }, { authorization })).status, 401);
  }
  const stranger = await world.guest();
  assert.equal(await rate(stranger, { score: 5 }), 409, 'it has no conversation');
  assert.deepEqual(await storedOf(conversation.id), before);
});

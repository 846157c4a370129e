import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { reply, take } from './agent.ts';
import { checkMessage, checkNoNull } from './guest-client.ts';
import { deployments, startWorld, type World } from './world.ts';

let world: World;
before(async () => {
  world = await startWorld();
});
after(() => world.close());

test('[GA90] [GA17] newest first; the same to the byte as it was live', async () => {
  const { jwt } = await world.signInAtPortal({ sub: 'historian' });
  const client = await world.connect({ deploymentId: deployments.portal });
  await client.signIn(jwt);
  await client.say('First', { metadata: { id: 'm-1' } });
  await reply(world, await take(world, 'First'), 'Second');
  await client.nextText('Second');
  await client.say('Third');
  const live = client.frames.filter((frame) => frame.class === 'StructuredMessage');
  const { status, body, text } = await world.history(client);
  assert.equal(status, 200);
  checkNoNull(body, '');
  const entities = body.entities ?? [];
  for (const entity of entities) checkMessage(entity);
  const texts = entities.filter((entity) => entity.type === 'Text');
  assert.deepEqual(
    texts.map((entity) => entity.text),
    ['Third', 'Second', 'First'],
  );
  for (const frame of live) assert.ok(text.includes(JSON.stringify(frame.body)));
  const times = entities.map(({ channel }) => channel.time);
  assert.equal(new Set(times).size, times.length);
  assert.deepEqual(times, times.toSorted().reverse());
  assert.deepEqual([body.pageNumber, body.pageSize, body.pageCount], [1, 25, 1]);
  assert.equal(body.total, entities.length);
});

test('[GA91] pages until past the end', async () => {
  const client = await world.guest();
  const sent = ['a', 'b', 'c', 'd', 'e'];
  for (const text of sent) await client.say(text);
  const pages: string[][] = [];
  for (let number = 1; number <= 4; number += 1) {
    const { status, body } = await world.history(client, `?pageNumber=${number}&pageSize=2`);
    assert.equal(status, 200);
    assert.deepEqual([body.total, body.pageCount, body.pageSize], [5, 3, 2]);
    pages.push((body.entities ?? []).map((entity) => entity.text ?? ''));
  }
  assert.deepEqual(pages, [['e', 'd'], ['c', 'b'], ['a'], []]);
});

test('[GA91] page sizes: 100 and more are taken, nonsense is not', async () => {
  const client = await world.guest();
  const path = '?pageNumber=1&pageSize=';
  assert.equal((await world.history(client, `${path}100`)).body.pageSize, 100);
  assert.equal((await world.history(client, `${path}5000`)).body.pageSize, 100);
  for (const wrong of ['0', '-1', 'x', '1.5', '1e3']) {
    assert.equal((await world.history(client, path + wrong)).status, 400, wrong);
  }
});

test('[GA92] [GA84] only a history token of a live session opens it', async () => {
  const { jwt } = await world.signInAtPortal({ sub: 'curious' });
  const client = await world.guest();
  const own = await client.ask({ action: 'getJwt' });
  const seconds = (own.body.exp ?? 0) - world.clock.now() / 1000;
  assert.ok(seconds > 50 && seconds <= 61);
  for (const authorization of [
    '',
    'Bearer',
    'Bearer x',
    `Bearer ${jwt}`,
    `Basic ${own.body.jwt}`,
  ]) {
    const { status, body } = await get(authorization);
    assert.deepEqual([status, body.status, body.code], [401, 401, 'authentication.required']);
    assert.ok(body.contextId && body.message);
  }
  assert.equal((await get(`BEARER ${own.body.jwt}`)).status, 200);
  const misused = await client.signIn(own.body.jwt ?? '');
  assert.notEqual(misused.code, 200);
  world.clock.advance(61_000);
  assert.equal((await get(`Bearer ${own.body.jwt}`)).status, 401);
});

test('[GA93] I3 a session sees its own conversations and no other', async () => {
  const [one, two] = [await world.guest(), await world.guest()];
  await one.say('canary one');
  await two.say('canary two');
  const { text } = await world.history(one);
  assert.ok(text.includes('canary one') && !text.includes('canary two'));
});

const get = (authorization: string) =>
  world.request('GET', '/api/v2/webmessaging/messages', authorization ? { authorization } : {});

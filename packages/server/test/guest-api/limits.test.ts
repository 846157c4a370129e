import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { setImmediate } from 'node:timers/promises';
import { startWorld, type World } from './world.ts';

let world: World;
before(async () => {
  world = await startWorld();
  // On a busy machine six messages could take longer than the second that they are counted in
  world.clock.stop();
});
after(() => world.close());

test('[GA100] the sixth message of a second is answered with 429, and works when sent again', async () => {
  const client = await world.guest();
  for (let count = 1; count <= 5; count += 1) client.send(message(`m${count}`));
  client.send({ ...message('m6'), tracingId: 'sixth' });
  const refused = await client.nextOf('TooManyRequestsErrorMessage');
  assert.deepEqual([refused.code, refused.tracingId], [429, 'sixth']);
  assert.deepEqual([refused.body.errorCode, refused.body.retryAfter], [4029, 1]);
  world.clock.advance(1000);
  assert.equal((await client.say('m6')).code, 200);
  assert.equal((await world.history(client)).body.total, 6);

  function message(text: string) {
    return { action: 'onMessage', token: client.token, message: { type: 'Text', text } };
  }
});

test('[GA100] the third health check of a minute is answered with 429', async () => {
  const client = await world.guest();
  const codes: number[] = [];
  for (let count = 0; count < 3; count += 1) {
    codes.push((await client.ask({ action: 'echo' })).code);
  }
  assert.deepEqual(codes, [200, 200, 429]);
});

test('[GA101] S04 a flood of tiny frames is refused and then closed with 1008', async () => {
  const client = await world.guest();
  for (let count = 0; count < 2000; count += 1) client.send({ action: 'x' });
  assert.equal(await client.closed(), 1008);
});

test('[GA102] the eleventh history request of a minute is answered with HTTP 429', async () => {
  const client = await world.guest();
  const { body } = await client.ask({ action: 'getJwt' });
  const headers = { authorization: `Bearer ${body.jwt}` };
  const get = () => world.request('GET', '/api/v2/webmessaging/messages', headers);
  for (let count = 0; count < 10; count += 1) assert.equal((await get()).status, 200);
  const refused = await get();
  assert.deepEqual([refused.status, refused.body.code], [429, 'too.many.requests']);
  assert.ok(Number(refused.headers.get('retry-after')) > 0);
});

test('[GA103] [GA9] S05 a slow reader is cut off; a node that goes cuts the others', async (t) => {
  const free = await startWorld({ COUNTERSIGN_RATE_LIMITS: 'off' });
  t.after(() => free.close());
  const [slow, other] = [await free.guest(), await free.guest()];
  slow.socket.pause();
  const text = 'x'.repeat(4000);
  while ((await connections(free)) === 2) {
    for (let count = 0; count < 100; count += 1) slow.send({ action: 'echo', message: { text } });
    await setImmediate();
  }
  slow.socket.resume();
  assert.equal(await slow.closed(), 1006);
  assert.equal((await other.say('Still fine')).code, 200);
  await free.node.close();
  assert.equal(await other.closed(), 1006);
});

async function connections({ request }: World): Promise<number> {
  const { text } = await request('GET', '/metrics');
  return Number(/^countersign_guest_connections (\d+)/m.exec(text)?.[1]);
}

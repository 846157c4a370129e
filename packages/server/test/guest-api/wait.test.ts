import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { WaitAnswer } from '@countersign/protocol';
import { Value } from 'typebox/value';
import { end, take } from './agent.ts';
import type { GuestClient } from './guest-client.ts';
import { type Answer, deployments, startWorld, type World } from './world.ts';

let world: World;
before(async () => {
  world = await startWorld();
});
after(() => world.close());

const PATH = '/api/v2/webmessaging/wait';
const ask = (authorization: string): Promise<Answer> =>
  world.request('GET', PATH, { authorization });

async function waitOf(client: GuestClient): Promise<Answer> {
  const { body } = await client.ask({ action: 'getJwt' });
  return ask(`bearer ${body.jwt}`);
}

function positionIn({ status, text }: Answer): number {
  assert.equal(status, 200, text);
  const answer: WaitAnswer = JSON.parse(text);
  assert.ok(Value.Check(WaitAnswer, answer), text);
  return answer.position;
}

test('[GA94] a guest is told their place, which counts down; then nothing more', async () => {
  const first = await world.guest();
  assert.equal((await waitOf(first)).status, 204, 'nothing said yet');
  await first.say('I was here first');
  const second = await world.guest();
  await second.say('And I came then');
  assert.deepEqual([positionIn(await waitOf(first)), positionIn(await waitOf(second))], [1, 2]);
  const taken = await take(world, 'I was here first');
  assert.equal((await waitOf(first)).status, 204, 'an agent is there');
  assert.equal(positionIn(await waitOf(second)), 1);
  await end(world, taken);
  assert.equal((await waitOf(first)).status, 204, 'it has ended');
  await end(world, await take(world, 'And I came then'));
});

test('[GA94] a signed-in person is told their own place, in their own queue', async () => {
  const guest = await world.guest();
  await guest.say('A guest waits elsewhere');
  const { jwt } = await world.signInAtPortal({ sub: 'patient' });
  const client = await world.connect({ deploymentId: deployments.portal });
  await client.signIn(jwt);
  await client.say('I can wait');
  assert.equal(positionIn(await waitOf(client)), 1);
  await end(world, await take(world, 'A guest waits elsewhere'));
});

test('[GA94] [GA92] nothing but a history token of a live session is answered', async () => {
  const { jwt } = await world.signInAtPortal({ sub: 'curious' });
  for (const authorization of ['', 'bearer', 'bearer x', `bearer ${jwt}`]) {
    const { status, body } = await ask(authorization);
    assert.deepEqual([status, body.code], [401, 'authentication.required']);
  }
  const client = await world.guest();
  await client.say('Here and gone');
  const { body } = await client.ask({ action: 'getJwt' });
  await client.ask({ action: 'closeSession' });
  assert.equal((await ask(`bearer ${body.jwt}`)).status, 401, 'the session has ended');
});

test('[GA94] [GA102] asking too often is refused, and leaves the history readable', async () => {
  const client = await world.guest();
  const { body } = await client.ask({ action: 'getJwt' });
  let last = 0;
  for (let count = 0; count <= 10; count += 1) last = (await ask(`bearer ${body.jwt}`)).status;
  assert.equal(last, 429);
  assert.equal((await world.history(client)).status, 200);
});

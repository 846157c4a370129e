import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import type { EntryRecord } from '../../src/conversations/index.ts';
import { localBus } from '../../src/platform/index.ts';
import {
  followUntil,
  type LogUnderTest,
  lossyBus,
  message,
  openLog,
  openOne,
  readAll,
} from './log-under-test.ts';

let world: LogUnderTest;
before(async () => {
  world = await openLog();
});
after(() => world.close());

test('[K02] what a node wrote and died before telling reaches followers of other nodes', async () => {
  const silent = world.node({ bus: lossyBus(() => true) });
  const other = world.node();
  const id = await openOne(silent);
  const heard = followUntil(other, id, 3);
  for (let n = 0; n < 3; n += 1) await silent.append(message(id));
  assert.deepEqual(await heard, await readAll(silent, id));
});

test('a hint that arrives with a gap before it does not get ahead of what is missing', async () => {
  let lose = true;
  const bus = lossyBus(() => lose);
  const node = world.node({ bus, pollMs: 3_600_000 });
  const id = await openOne(node);
  await node.append(message(id));
  const heard = followUntil(node, id, 3);
  await node.append(message(id));
  lose = false;
  await node.append(message(id));
  assert.deepEqual(
    (await heard).map(({ seq }) => seq),
    [1, 2, 3],
  );
});

test('a listener hears of its own commit before append answers', async () => {
  const node = world.node({ pollMs: 3_600_000 });
  const id = await openOne(node);
  await node.append(message(id));
  const heard: EntryRecord[] = [];
  node.follow(id, 1, (entries) => heard.push(...entries));
  const { entry } = await node.append(message(id));
  assert.deepEqual(heard, [entry]);
});

test('a follower that has stopped hears nothing more; one that throws stops nobody', async () => {
  const node = world.node();
  const id = await openOne(node);
  const stopped: EntryRecord[] = [];
  const stop = node.follow(id, 0, (entries) => stopped.push(...entries));
  node.follow(id, 0, () => {
    throw new Error('broken follower');
  });
  stop();
  const heard = followUntil(node, id, 2);
  await node.append(message(id));
  await node.append(message(id));
  assert.equal((await heard).length, 2);
  assert.deepEqual(stopped, []);
});

test('I2: nothing of another conversation is delivered', async () => {
  const bus = localBus();
  const node = world.node({ bus });
  const [mine, other] = [await openOne(node), await openOne(node)];
  const heard = followUntil(node, mine, 5);
  for (let n = 0; n < 5; n += 1) {
    await node.append(message(other, { text: 'canary' }));
    await node.append(message(mine));
  }
  assert.ok((await heard).every(({ conversationId }) => conversationId === mine));
});

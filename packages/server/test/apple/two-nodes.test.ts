// Several nodes, and nodes that died: everything is sent once, in order, by whoever is there.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { type AppleWorld, openAppleWorld } from './apple-world.ts';

let world: AppleWorld;
before(async () => {
  world = await openAppleWorld();
});
after(() => world.close());

async function begin() {
  const device = world.device();
  await device.says({ type: 'text', body: 'Hello' });
  const id = await world.take(device);
  const sent = () =>
    world.gateway.messages().filter(({ body }) => body.destinationId === device.opaqueId);
  const untilSent = async (count: number) => {
    while (sent().length < count) await world.gateway.until(world.gateway.messages().length + 1);
    return sent();
  };
  await untilSent(1);
  return { device, id, untilSent };
}

test('two nodes that hear nothing of each other send each message once, in its order', async () => {
  await world.deafNode();
  const { id, untilSent } = await begin();
  const texts = Array.from({ length: 30 }, (_, index) => `message ${index + 1}`);
  const ids: string[] = [];
  for (const text of texts) ids.push((await world.say(id, { text })).id);
  const [, ...sent] = await untilSent(31);
  assert.deepEqual(
    sent.map(({ body }) => body.id),
    ids,
  );
});

test('what a node left behind that died is sent once its lease has run out', async () => {
  const { id, untilSent } = await begin();
  const { pool } = world.node.database;
  for (;;) {
    const { rows } = await pool.query(
      'select lease_until from apple_threads where conversation_id = $1',
      [id],
    );
    if (rows[0].lease_until === 0) break;
  }
  await pool.query('update apple_threads set lease_until = $2 where conversation_id = $1', [
    id,
    world.clock.now() + 25_000,
  ]);
  const entry = await world.say(id, { text: 'one' });
  const other = await begin();
  await world.say(other.id, { text: 'meanwhile' });
  await other.untilSent(2);
  world.clock.move(30_000);
  const [, sent] = await untilSent(2);
  assert.equal(sent?.body.id, entry.id);
});

test('files of a node that died are fetched by the next', async () => {
  const { device, id } = await begin();
  const { pool } = world.node.database;
  world.gateway.downloads.push(() => ({ status: 503, bytes: Buffer.alloc(0) }));
  const attachments = [world.attachment(Buffer.from('A clear note.'))];
  await device.says({ type: 'text', body: 'See', attachments });
  for (;;) {
    const { rows } = await pool.query('select next_try_at from apple_downloads');
    if (rows[0]?.next_try_at < world.clock.now() + 60_000) break;
  }
  await pool.query('update apple_downloads set next_try_at = $1', [world.clock.now() + 100_000]);
  world.clock.move(101_000);
  const entry = await world.entry(id, ({ content }) => content.length > 0);
  assert.ok(JSON.stringify(entry.content).includes('note.txt'));
});

import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import fc from 'fast-check';
import type { ConversationChange, Conversations } from '../../src/conversations/index.ts';
import { newId } from '../../src/platform/index.ts';
import { type LogUnderTest, message, openLog, openOne, readAll } from './log-under-test.ts';

let world: LogUnderTest;
let log: Conversations;
before(async () => {
  world = await openLog();
  log = world.node();
});
after(() => world.close());

async function conversation(set: ConversationChange['set'] = {}): Promise<string> {
  world.clock.move(1000);
  const id = await openOne(log);
  await log.change(id, () => ({ set }));
  return id;
}
const idsOf = (items: { id: string }[]) => items.map(({ id }) => id);

test('an agent’s list: their queues and what is theirs, longest waiting first, in pages', async () => {
  const [queue, foreign, agent] = [newId(), newId(), newId()];
  const a = await conversation({ queueId: queue });
  const b = await conversation({ queueId: foreign, state: 'active', assigneeId: agent });
  const c = await conversation({ queueId: queue, state: 'active', assigneeId: agent });
  const d = await conversation({ queueId: foreign, state: 'offered', offeredToId: agent });
  await conversation({ queueId: foreign });
  const filter = { queueIds: [queue], orAgentId: agent, limit: 3 };
  const first = await log.list(filter);
  assert.deepEqual(idsOf(first.items), [a, b, c]);
  assert.ok(first.next);
  const second = await log.list({ ...filter, cursor: first.next });
  assert.deepEqual([idsOf(second.items), second.next], [[d], undefined]);
  const newest = await log.list({ ...filter, newestFirst: true });
  assert.deepEqual(idsOf(newest.items), [d, c, b]);
});

test('lists hold to every filter', async () => {
  const [queue, contact, agent] = [newId(), newId(), newId()];
  const waiting = await conversation({ queueId: queue, contactId: contact });
  const verified = await conversation({
    ...{ queueId: queue, state: 'active', assigneeId: agent },
    identity: { state: 'verified' },
  });
  const closed = await conversation({ queueId: queue, state: 'closed', contactId: contact });
  const list = async (filter: Partial<Parameters<Conversations['list']>[0]>) =>
    idsOf((await log.list({ queueIds: [queue], limit: 10, ...filter })).items);
  assert.deepEqual(await list({ states: ['waiting', 'active'] }), [waiting, verified]);
  assert.deepEqual(await list({ states: ['closed'] }), [closed]);
  assert.deepEqual(await list({ authenticated: true }), [verified]);
  assert.deepEqual(await list({ authenticated: false, states: ['waiting'] }), [waiting]);
  assert.deepEqual(await list({ assigneeId: null, states: ['waiting', 'active'] }), [waiting]);
  assert.deepEqual(await list({ assigneeId: agent }), [verified]);
  assert.deepEqual(await list({ contactId: contact }), [waiting, closed]);
  assert.deepEqual(await list({ contactId: contact, queueIds: [newId()] }), []);
  assert.deepEqual(await list({ queueIds: [] }), []);
});

test('[A02] a cursor that is not ours points nowhere, and reaches nothing foreign', async () => {
  const queue = newId();
  const mine = await conversation({ queueId: queue });
  for (const cursor of ['', 'x', '1_2', "1'_--", `-5_${newId()}`]) {
    const { items } = await log.list({ queueIds: [queue], cursor, limit: 10 });
    assert.deepEqual(idsOf(items), [mine]);
  }
});

test('what waits is given by priority, then by waiting time', async () => {
  const [queue, other] = [newId(), newId()];
  const later = await conversation({ queueId: queue, priority: 2 });
  const urgent = await conversation({ queueId: other, priority: 1 });
  const last = await conversation({ queueId: queue, priority: 2 });
  await conversation({ queueId: queue, priority: 0, state: 'active' });
  assert.deepEqual(idsOf(await log.waiting([queue, other], 10)), [urgent, later, last]);
  const oldest = (await log.read(later))?.openedAt;
  const counts = (await log.counts()).filter(({ queueId }) => queueId === queue);
  assert.deepEqual(counts, [{ queueId: queue, waiting: 2, oldestOpenedAt: oldest }]);
});

test('work left behind by a node is found when its time has come', async () => {
  const unrouted = await conversation();
  const offered = await conversation({
    ...{ queueId: newId(), state: 'offered', offeredToId: newId() },
    offerExpiresAt: world.clock.now() + 5000,
  });
  assert.ok(!(await log.unrouted(4000)).includes(unrouted));
  assert.ok(!(await log.expiredOffers()).includes(offered));
  world.clock.move(5000);
  assert.ok((await log.unrouted(4000)).includes(unrouted));
  assert.ok((await log.expiredOffers()).includes(offered));
});

test('the load of an agent counts what is active, in wrap-up or offered', async () => {
  const agent = newId();
  await conversation({ state: 'active', assigneeId: agent });
  await conversation({ state: 'wrap-up', assigneeId: agent });
  await conversation({ state: 'offered', offeredToId: agent });
  await conversation({ state: 'closed', assigneeId: agent });
  assert.deepEqual(await log.loads([agent, newId()]), new Map([[agent, 30]]));
});

test('changes and messages since a time are found, closed conversations too', async () => {
  const [quiet, written, closed] = [
    await conversation(),
    await conversation(),
    await conversation(),
  ];
  world.clock.move(1000);
  const since = world.clock.now();
  await log.append(message(written));
  world.clock.move(1);
  await log.change(closed, () => ({ set: { state: 'closed' } }));
  const changed = idsOf(await log.changedSince(since, 100));
  assert.deepEqual(changed, [written, closed]);
  assert.ok(!changed.includes(quiet));
});

test('a preview is the last message, not what came after it', async () => {
  const id = await conversation();
  const { entry } = await log.append(message(id));
  await log.append(message(id, { kind: 'note', role: 'agent', text: 'for us alone' }));
  assert.deepEqual(await log.previews([id, newId()]), new Map([[id, entry]]));
});

const kinds = fc.constantFrom('message', 'note', 'joined', 'assigned', 'ended', 'signed-in');
const roles = fc.constantFrom('customer', 'agent', 'system');
const logs = fc.array(fc.array(fc.tuple(kinds, roles), { maxLength: 15 }), { maxLength: 3 });

test('a customer’s history is what customers may see, newest first, on any page', async () => {
  await fc.assert(
    fc.asyncProperty(
      logs,
      fc.nat(20),
      fc.integer({ min: 1, max: 20 }),
      async (all, offset, limit) => {
        const ids: string[] = [];
        for (const entries of all) {
          const id = await conversation();
          ids.push(id);
          for (const [kind, role] of entries)
            if (kind === 'note') await log.change(id, () => ({ entries: [{ kind, role }] }));
            else await log.append(message(id, { kind, role }));
        }
        const stored = (await Promise.all(ids.map((id) => readAll(log, id)))).flat();
        const visible = stored
          .filter(
            ({ kind, role }) =>
              ['message', 'ended', 'signed-in'].includes(kind) ||
              (kind === 'joined' && role === 'customer'),
          )
          .reverse();
        assert.deepEqual(await log.history(ids, { offset, limit }), {
          entries: visible.slice(offset, offset + limit),
          total: visible.length,
        });
      },
    ),
    { numRuns: 25 },
  );
});

test('unknown ids are nothing, not an error', async () => {
  assert.equal(await log.read("'; drop table entries"), null);
  assert.deepEqual(await log.entries('x', { after: 0, limit: 1 }), []);
  assert.deepEqual(await log.history(['x', newId()], { offset: 0, limit: 5 }), {
    entries: [],
    total: 0,
  });
});

import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import type { ConversationHint, Conversations } from '../../src/conversations/index.ts';
import { CONVERSATIONS_TOPIC } from '../../src/conversations/index.ts';
import { Fault, localBus, newId } from '../../src/platform/index.ts';
import {
  exportOf,
  isInOrder,
  type LogUnderTest,
  message,
  opening,
  openLog,
  openOne,
  readAll,
  verify,
} from './log-under-test.ts';

let world: LogUnderTest;
let log: Conversations;
before(async () => {
  world = await openLog();
  log = world.node();
});
after(() => world.close());

const first = (clientId: string, senderId: string) => ({
  kind: 'message' as const,
  role: 'customer' as const,
  ...{ clientId, senderId, text: 'Hello' },
});

test('[K18] of agents that take one offer at once, on two nodes, exactly one gets it', async () => {
  const nodes = [log, world.node()];
  const id = await openOne(log);
  const taking = Array.from({ length: 20 }, (_, n) =>
    (nodes[n % 2] ?? log).change(id, (record) => {
      if (record.state !== 'waiting') return null;
      return {
        set: { state: 'active', assigneeId: `agent-${n}` },
        entries: [{ kind: 'assigned', role: 'system', data: { agent: `agent-${n}` } }],
      };
    }),
  );
  const results = await Promise.all(taking);
  assert.equal(results.filter(({ changed }) => changed).length, 1);
  const entries = await readAll(log, id);
  assert.deepEqual(
    entries.map(({ data }) => data),
    [{ agent: (await log.read(id))?.assigneeId }],
  );
});

test('[K18] changes and messages at once: no deadlock, one order, no message after the end', async () => {
  const nodes = [log, world.node()];
  const ids = await Promise.all(Array.from({ length: 10 }, () => openOne(log)));
  const work = Array.from({ length: 400 }, (_, n) => {
    const id = ids[n % 10] ?? '';
    const node = nodes[n % 2] ?? log;
    if (n % 4 !== 0) return node.append(message(id));
    if (n > 350) return node.change(id, () => ({ set: { state: 'closed' }, entries: [ended] }));
    return node.change(id, ({ priority }) => ({ set: { priority: (priority ?? 0) + 1 } }));
  });
  for (const result of await Promise.allSettled(work)) {
    if (result.status === 'fulfilled') continue;
    assert.equal(result.reason.code, 'conversation_closed');
  }
  for (const id of ids) {
    const entries = await readAll(log, id);
    assert.ok(isInOrder(entries));
    assert.equal(verify(await exportOf(log, id)).entries, entries.length);
    const end = entries.findIndex(({ kind }) => kind === 'ended');
    if (end >= 0)
      assert.deepEqual(
        entries.slice(end).filter(({ kind }) => kind === 'message'),
        [],
      );
  }
});
const ended = { kind: 'ended' as const, role: 'agent' as const };

test('a change that is declined or fails leaves everything as it was, and publishes nothing', async () => {
  const bus = localBus();
  const node = world.node({ bus });
  const id = await openOne(node);
  const before = await node.read(id);
  const hints: unknown[] = [];
  bus.subscribe(CONVERSATIONS_TOPIC, (hint) => hints.push(hint));
  const declined = await node.change(id, () => null);
  assert.deepEqual(declined, { record: before, entries: [], changed: false });
  const failing = node.change(id, () => {
    throw new Fault('offer.gone', 409, 'gone');
  });
  await assert.rejects(failing, { code: 'offer.gone' });
  await assert.rejects(
    node.change(newId(), () => null),
    { code: 'not_found' },
  );
  assert.deepEqual(await node.read(id), before);
  assert.deepEqual(hints, []);
});

test('a change is published after its commit, with the record and its entries', async () => {
  const bus = localBus();
  const node = world.node({ bus });
  const id = await openOne(node);
  const hints: ConversationHint[] = [];
  bus.subscribe(CONVERSATIONS_TOPIC, (hint) => hints.push(hint as ConversationHint));
  const { record, entries } = await node.change(id, () => ({
    set: { state: 'closed', routing: { rule: 1, because: ['x'] }, declinedBy: ['a', 'a'] },
    entries: [ended],
  }));
  assert.deepEqual(hints, [{ conversationId: id, record, entries }]);
  assert.deepEqual(await node.read(id), record);
  assert.equal(record.closedAt, world.clock.now());
});

test('a conversation cannot become that of an owner who has an open one', async () => {
  const owner = `identity:${newId()}`;
  await openOne(log, owner);
  const id = await openOne(log);
  await assert.rejects(
    log.change(id, () => ({ set: { ownerKey: owner } })),
    { code: 'owner_has_conversation' },
  );
  assert.notEqual((await log.read(id))?.ownerKey, owner);
});

test('opening joins the open conversation; after its end another is opened', async () => {
  const owner = `session:${newId()}`;
  const a = await log.open(opening(owner), [first('1', owner)]);
  const b = await log.open(opening(owner), [first('2', owner)]);
  assert.deepEqual([a.created, b.created, b.record.id], [true, false, a.record.id]);
  assert.deepEqual((await log.openOf(owner))?.id, a.record.id);
  await log.change(a.record.id, () => ({ set: { state: 'closed' } }));
  assert.equal(await log.openOf(owner), null);
  const c = await log.open(opening(owner), [first('3', owner)]);
  assert.ok(c.created && c.record.id !== a.record.id);
});

test('Invariant 2: a resend of the message that opened a conversation, since ended, opens none', async () => {
  const owner = `session:${newId()}`;
  const a = await log.open(opening(owner), [first('1', owner)]);
  await log.change(a.record.id, () => ({ set: { state: 'closed' } }));
  const again = await log.open(opening(owner), [first('1', owner)]);
  assert.deepEqual(again.entries, a.entries);
  assert.equal(again.created, false);
  assert.equal(await log.openOf(owner), null);
});

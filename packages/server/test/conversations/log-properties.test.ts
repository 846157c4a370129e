/** Invariants 1–4 under random traffic: two nodes, one database, a bus that loses hints. */
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import fc from 'fast-check';
import type { Conversations, EntryRecord } from '../../src/conversations/index.ts';
import {
  exportOf,
  followUntil,
  isInOrder,
  type LogUnderTest,
  lossyBus,
  message,
  opening,
  openLog,
  openOne,
  readAll,
  verify,
} from './log-under-test.ts';

let world: LogUnderTest;
before(async () => {
  world = await openLog();
});
after(() => world.close());

const runs = { numRuns: 25 };

interface Sent {
  node: number;
  conversation: number;
  clientId: number;
  text: string;
  change: boolean;
}
const traffic = fc.array(
  fc.record<Sent>({
    node: fc.nat(1),
    conversation: fc.nat(2),
    clientId: fc.nat(7),
    text: fc.constantFrom('a', 'b', '"\\', ''),
    change: fc.boolean(),
  }),
  { minLength: 1, maxLength: 80 },
);

/** Two nodes on one bus that loses about half of what is published. */
function twoNodes(seed: number): Conversations[] {
  let state = seed;
  const bus = lossyBus(() => {
    state = (Math.imul(state, 1_103_515_245) + 12_345) >>> 0;
    return state % 2 === 0;
  });
  return [world.node({ bus }), world.node({ bus })];
}

async function play(nodes: Conversations[], ids: string[], sent: Sent[]) {
  return Promise.all(
    sent.map(async ({ node, conversation, clientId, text, change }) => {
      const log = nodes[node];
      const id = ids[conversation];
      assert.ok(log && id);
      if (!change)
        return (await log.append(message(id, { senderId: id, clientId: `${clientId}`, text })))
          .entry;
      const changed = await log.change(id, (record) => ({
        set: { priority: (record.priority ?? 0) + 1 },
        entries: [
          { kind: 'transferred', role: 'system' },
          { kind: 'queued', role: 'system', data: { before: record.lastSeq } },
        ],
      }));
      return changed.entries[1];
    }),
  );
}

test('Invariants 1–4 hold for any traffic on two nodes with a bus that loses hints', async () => {
  await fc.assert(
    fc.asyncProperty(traffic, fc.nat(), async (sent, seed) => {
      const nodes = twoNodes(seed);
      const first = nodes[0];
      assert.ok(first);
      const ids = [await openOne(first), await openOne(first), await openOne(first)];
      const heard = listen(nodes, ids);
      const answers = await play(nodes, ids, sent);
      for (const [index, id] of ids.entries()) {
        const stored = await readAll(first, id);
        assert.ok(isInOrder(stored), 'Invariant 3: seq without gaps, at strictly increasing');
        assert.equal(new Set(stored.map(keyOf)).size, stored.length, 'Invariant 2: once');
        assertAcknowledged(answers, stored, id);
        assertUnmixed(stored);
        assert.equal(verify(await exportOf(first, id)).entries, stored.length, 'one chain');
        for (const follower of heard[index] ?? [])
          assert.deepEqual(await follower.until(stored.length), stored, 'Invariant 4');
      }
      await Promise.all(nodes.map((node) => node.close()));
    }),
    runs,
  );
});

/** What a resend would repeat; entries without a sender's id are each their own. */
const keyOf = ({ id, clientId, text }: EntryRecord): string =>
  clientId === null ? id : JSON.stringify([clientId, text]);

/** [I1] */
function assertAcknowledged(
  answers: (EntryRecord | undefined)[],
  stored: EntryRecord[],
  id: string,
) {
  const byId = new Map(stored.map((entry) => [entry.id, entry]));
  for (const answer of answers)
    if (answer?.conversationId === id) assert.deepEqual(answer, byId.get(answer.id), 'Invariant 1');
}

/** Entries of one change stand together, right after what its decision saw. */
function assertUnmixed(stored: EntryRecord[]) {
  for (const { kind, seq, data } of stored)
    if (kind === 'queued') assert.equal(data?.before, seq - 2);
}

function listen(nodes: Conversations[], ids: string[]) {
  return ids.map((id) =>
    nodes.map((node) => {
      const got: EntryRecord[] = [];
      let wake = () => {};
      node.follow(id, 0, (entries) => {
        got.push(...entries);
        wake();
      });
      return {
        async until(count: number) {
          while (got.length < count)
            await new Promise<void>((resolve) => {
              wake = resolve;
            });
          return got;
        },
      };
    }),
  );
}

test('Invariant 2: two nodes that get the same message at once write it once', async () => {
  const nodes = [world.node(), world.node()];
  await fc.assert(
    fc.asyncProperty(fc.integer({ min: 1, max: 40 }), async (messages) => {
      const [a, b] = nodes;
      assert.ok(a && b);
      const id = await openOne(a);
      const draft = (n: number) => message(id, { senderId: id, clientId: `${n % 10}` });
      const answers = await Promise.all(
        Array.from({ length: messages }, (_, n) =>
          Promise.all([a.append(draft(n)), b.append(draft(n))]),
        ),
      );
      for (const [one, two] of answers) assert.deepEqual(one.entry, two.entry);
      const stored = await readAll(a, id);
      assert.equal(stored.length, Math.min(messages, 10));
      assert.ok(isInOrder(stored));
    }),
    runs,
  );
});

test('Invariant 4: whoever has n gets n+1 and on, from any n', async () => {
  const [writer, reader] = twoNodes(7);
  assert.ok(writer && reader);
  const id = await openOne(writer);
  await Promise.all(Array.from({ length: 1200 }, () => writer.append(message(id))));
  const stored = await readAll(writer, id);
  await fc.assert(
    fc.asyncProperty(fc.nat(1199), async (after) => {
      assert.deepEqual(await followUntil(reader, id, 1200, after), stored.slice(after));
    }),
    runs,
  );
});

test('one owner has one open conversation, however many open it at once on two nodes', async () => {
  const nodes = [world.node(), world.node()];
  await fc.assert(
    fc.asyncProperty(fc.integer({ min: 2, max: 12 }), fc.uuid(), async (tabs, owner) => {
      const opened = await Promise.all(
        [...Array(tabs).keys()].map((n) => {
          const node = nodes[n % 2];
          assert.ok(node);
          const { conversationId: _, ...first } = message('', {
            senderId: owner,
            clientId: `${n}`,
          });
          return node.open(opening(`session:${owner}`), [first]);
        }),
      );
      assert.equal(opened.filter(({ created }) => created).length, 1);
      assert.equal(new Set(opened.map(({ record }) => record.id)).size, 1);
      const log = nodes[0];
      assert.ok(log);
      const stored = await readAll(log, opened[0]?.record.id ?? '');
      assert.ok(isInOrder(stored));
      assert.equal(stored.length, tabs);
    }),
    runs,
  );
});

import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import fc from 'fast-check';
import type {
  ConversationChange,
  ConversationRecord,
  Conversations,
  InboxQuery,
} from '../../src/conversations/index.ts';
import { newId } from '../../src/platform/index.ts';
import { type LogUnderTest, message, openLog, openOne } from './log-under-test.ts';

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

const view = (query: Partial<InboxQuery>): InboxQuery => ({
  queueIds: [],
  withoutQueue: false,
  agentId: newId(),
  orHeld: true,
  which: 'all',
  identity: null,
  sort: 'longest-waiting',
  limit: 50,
  ...query,
});

test('a view holds what is open in its queues and what the agent holds, each once', async () => {
  const [queue, foreign, agent] = [newId(), newId(), newId()];
  const waiting = await conversation({ queueId: queue });
  const own = await conversation({ queueId: queue, state: 'active', assigneeId: agent });
  const elsewhere = await conversation({ queueId: foreign, state: 'wrap-up', assigneeId: agent });
  const offered = await conversation({ queueId: foreign, state: 'offered', offeredToId: agent });
  await conversation({ queueId: foreign });
  await conversation({ queueId: queue, state: 'closed', assigneeId: agent });
  const of = { queueIds: [queue], agentId: agent };
  const all = await log.inbox(view(of));
  assert.deepEqual(idsOf(all.items), [waiting, own, elsewhere, offered]);
  assert.deepEqual(all.next, undefined);
  const unassigned = await log.inbox(view({ ...of, which: 'unassigned' }));
  assert.deepEqual(idsOf(unassigned.items), [waiting, offered]);
  const mine = await log.inbox(view({ agentId: agent, which: 'assigned' }));
  assert.deepEqual(idsOf(mine.items), [own, elsewhere]);
  const one = await log.inbox(view({ ...of, orHeld: false }));
  assert.deepEqual(idsOf(one.items), [waiting, own]);
  const held = all.held.map(({ queueId, assigned, count }) => [queueId, assigned, count]);
  const wanted = [
    [queue, true, 1],
    [foreign, true, 1],
    [foreign, false, 1],
  ];
  assert.deepEqual(held.map(String).sort(), wanted.map(String).sort());
  assert.equal((await log.held([agent])).length, 3, 'the same without a page');
});

test('what has no queue is in the view of those who see everything', async () => {
  const unrouted = await conversation();
  const everything = view({ withoutQueue: true, orHeld: false });
  assert.ok(idsOf((await log.inbox(everything)).items).includes(unrouted));
  assert.deepEqual((await log.inbox({ ...everything, withoutQueue: false })).items, []);
});

test('an empty page still tells what the agent holds', async () => {
  const [agent, queue] = [newId(), newId()];
  await conversation({ queueId: queue, state: 'active', assigneeId: agent });
  const { items, held } = await log.inbox(
    view({ queueIds: [newId()], agentId: agent, orHeld: false }),
  );
  assert.deepEqual([items, held.length], [[], 1]);
});

const states = ['waiting', 'offered', 'active', 'closed'] as const;
const someConversation = fc.record({
  queue: fc.nat(2),
  state: fc.constantFrom(...states),
  priority: fc.constantFrom(null, 1, 2, 3),
  identity: fc.constantFrom('anonymous' as const, 'verified' as const),
});
const someView = fc.record({
  which: fc.constantFrom('all' as const, 'unassigned' as const),
  identity: fc.constantFrom(null, 'verified' as const),
  sort: fc.constantFrom('longest-waiting' as const, 'newest' as const, 'priority' as const),
  limit: fc.integer({ min: 1, max: 4 }),
});

test('[A02] page by page, each view gives what it selects in its order, nothing twice', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(someConversation, { maxLength: 12 }),
      someView,
      async (conversations, query) => {
        const queues = [newId(), newId(), newId()];
        const records: ConversationRecord[] = [];
        for (const { queue, state, priority, identity } of conversations) {
          const id = await conversation({
            queueId: queues[queue] ?? null,
            ...{ state, priority, identity: { state: identity } },
          });
          const record = await log.read(id);
          if (record) records.push(record);
        }
        const asked = queues.slice(0, 2);
        const wanted = records
          .filter(({ queueId }) => queueId && asked.includes(queueId))
          .filter(({ state }) =>
            query.which === 'all' ? state !== 'closed' : ['waiting', 'offered'].includes(state),
          )
          .filter(({ identity }) => !query.identity || identity.state === query.identity)
          .sort(orders[query.sort]);
        assert.deepEqual(await pages(view({ ...query, queueIds: asked })), idsOf(wanted));
      },
    ),
    { numRuns: 40 },
  );
});

const rank = ({ priority }: ConversationRecord) => priority ?? Number.POSITIVE_INFINITY;
const byRank = (a: ConversationRecord, b: ConversationRecord) =>
  rank(a) === rank(b) ? 0 : rank(a) - rank(b);
const orders = {
  'longest-waiting': (a: ConversationRecord, b: ConversationRecord) => a.openedAt - b.openedAt,
  newest: (a: ConversationRecord, b: ConversationRecord) => b.openedAt - a.openedAt,
  priority: (a: ConversationRecord, b: ConversationRecord) =>
    byRank(a, b) || a.openedAt - b.openedAt,
};

async function pages(query: InboxQuery): Promise<string[]> {
  const { items, next } = await log.inbox(query);
  assert.ok(items.length <= query.limit);
  const ids = idsOf(items);
  return next === undefined ? ids : [...ids, ...(await pages({ ...query, cursor: next }))];
}

test('[A02] a cursor that is not ours points nowhere', async () => {
  const queue = newId();
  const id = await conversation({ queueId: queue });
  for (const cursor of ['', 'x', '1_2', "0_1'_--", `0.5_1_${newId()}`, `x_1_${newId()}`]) {
    const { items } = await log.inbox(view({ queueIds: [queue], cursor, sort: 'priority' }));
    assert.deepEqual(idsOf(items), [id]);
  }
});

test('a summary is the last message and how much of the customer is unread, 100 at most', async () => {
  const id = await conversation();
  for (let n = 0; n < 3; n += 1) await log.append(message(id, { text: `${n}` }));
  const { entry } = await log.append(message(id, { role: 'agent', text: 'We look' }));
  await log.append(message(id, { kind: 'note', role: 'agent', text: 'for us alone' }));
  const silent = await conversation();
  const marks = new Map([
    [id, 0],
    [silent, 0],
  ]);
  const fresh = await log.summaries(marks);
  assert.deepEqual(fresh.get(id), { preview: entry, unread: 3 });
  assert.deepEqual(fresh.get(silent), { preview: null, unread: 0 });
  assert.equal((await log.summaries(new Map([[id, 2]]))).get(id)?.unread, 1);
  assert.equal((await log.summaries(new Map([[id, 99]]))).get(id)?.unread, 0);
  await Promise.all(
    Array.from({ length: 120 }, (_, n) => log.append(message(id, { text: `more ${n}` }))),
  );
  assert.equal((await log.summaries(marks)).get(id)?.unread, 100);
  assert.deepEqual(await log.summaries(new Map([['x', 0]])), new Map());
});

test('what is open is counted by queue, identity and whether somebody has it', async () => {
  const [queue, agent] = [newId(), newId()];
  await conversation({ queueId: queue });
  await conversation({ queueId: queue, state: 'offered', offeredToId: agent });
  await conversation({ queueId: queue, state: 'active', assigneeId: agent });
  const verified = { state: 'verified' as const };
  await conversation({ queueId: queue, state: 'active', assigneeId: agent, identity: verified });
  await conversation({ queueId: queue, state: 'closed' });
  const counts = (await log.openCounts()).filter(({ queueId }) => queueId === queue);
  const shown = counts.map(
    ({ identity, unassigned, count }) => `${identity} ${unassigned} ${count}`,
  );
  assert.deepEqual(shown.sort(), ['anonymous false 1', 'anonymous true 2', 'verified false 1']);
  const work = (await log.workload()).filter(({ queueId }) => queueId === queue);
  const loads = work.map(({ state, agentId, count }) => `${state} ${agentId === agent} ${count}`);
  assert.deepEqual(loads.sort(), ['active true 2', 'offered true 1', 'waiting false 1']);
});

/** Every view of the inbox; what it selects is the newest of 20,000, behind all the rest. */
const shapes = (['longest-waiting', 'newest', 'priority'] as const).flatMap((sort) => [
  { sort, which: 'all' as const, identity: null },
  { sort, which: 'all' as const, identity: 'lapsed' as const },
  { sort, which: 'unassigned' as const, identity: null },
  { sort, which: 'assigned' as const, identity: null },
]);

test('however much is open, a page is read from an index in its order', async () => {
  const [queue, other, agent] = [newId(), newId(), newId()];
  await world.database.pool.query(
    `insert into conversations (id, last_seq, last_at, customer_seq, identity_state, state, owner_key,
       channel, deployment_id, workstream_id, queue_id, priority, assignee_id, capacity, identity,
       context, opened_at, changed_at, link)
     select gen_random_uuid(), 0, n, 0,
       case when n > 10000 then 'lapsed' else 'anonymous' end,
       case when n > 14000 then 'waiting' else 'active' end, 'bulk:' || n, 'web', 'd', 'w',
       case when n % 2 = 0 then $1 else $2 end, n % 7, case when n > 14000 then null else 'a' end,
       1, '{"state":"anonymous"}', '[]', n, n, ''
     from generate_series(1, 20000) n`,
    [queue, other],
  );
  await world.database.pool.query('analyze conversations');
  for (const shape of shapes) {
    const query = view({ ...shape, queueIds: [queue, other], agentId: agent, limit: 20 });
    const { plan, rows } = await explained(query);
    const name = JSON.stringify(shape);
    assert.doesNotMatch(plan, /Seq Scan on conversations/, `${name}\n${plan}`);
    assert.ok(rows < 500, `${name} looked at ${rows} rows\n${plan}`);
  }
});

/** The plan of the one statement that a page is, and how many rows of the table it touched. */
async function explained(query: InboxQuery): Promise<{ plan: string; rows: number }> {
  const statement = await statementOf(() => log.inbox(query));
  const text = `explain (analyze, timing off, costs off) ${statement.text}`;
  const { rows } = await world.database.pool.query<{ 'QUERY PLAN': string }>({
    text,
    values: statement.values,
  });
  const plan = rows.map((row) => row['QUERY PLAN']).join('\n');
  const scans = [...plan.matchAll(/Scan[^\n]*on conversations[^\n]*rows=([\d.]+) loops=(\d+)/g)];
  const removed = [...plan.matchAll(/Rows Removed by Filter: (\d+)/g)];
  const touched = scans.map(([, each, loops]) => Number(each) * Number(loops));
  const sum = [...touched, ...removed.map(([, count]) => Number(count))];
  return { plan, rows: sum.reduce((a, b) => a + b, 0) };
}

/** What `work` sends to the database, which must be one statement. */
async function statementOf(work: () => Promise<unknown>) {
  const sent: { text: string; values: unknown[] }[] = [];
  const { pool } = world.database;
  const client = await pool.connect();
  const prototype = Object.getPrototypeOf(client);
  client.release();
  const { query } = prototype;
  prototype.query = function listened(this: unknown, ...given: unknown[]) {
    const [config] = given as [{ text: string; values: unknown[] }];
    sent.push(config);
    return query.apply(this, given);
  };
  try {
    await work();
  } finally {
    prototype.query = query;
  }
  const [statement] = sent;
  assert.ok(statement && sent.length === 1, 'a page is one statement');
  return statement;
}

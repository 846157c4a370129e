import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { type Conversations, conversationTopic } from '../../src/conversations/index.ts';
import { type Database, Fault, localBus, newId } from '../../src/platform/index.ts';
import {
  exportOf,
  isInOrder,
  type LogUnderTest,
  message,
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

const isFault = (code: string, status: number) => (error: unknown) =>
  error instanceof Fault && error.code === code && error.status === status;

test('[I1] what append answers is what is stored, byte for byte', async () => {
  const id = await openOne(log);
  const text = 'quote " backslash \\ comma , brace {} NULL \u0001 \u{1f4e6} \n\r\t end';
  const content = [{ contentType: 'Card', card: { title: '"\\{},', actions: [null, 1.5, true] } }];
  const data = { 'a"b': ['\\', null, { deep: [] }] };
  const draft = message(id, { text, content, data, senderName: 'NULL', clientId: '"\\,{}' });
  const { entry, repeated } = await log.append(draft);
  assert.equal(repeated, false);
  assert.deepEqual(await readAll(log, id), [entry]);
  assert.deepEqual(
    { text: entry.text, content: entry.content, data: entry.data, name: entry.senderName },
    { text, content, data, name: 'NULL' },
  );
});

test('Invariant 2: a resend answers with the first entry, and nothing is written', async () => {
  const id = await openOne(log);
  const draft = message(id, { clientId: 'm-1' });
  const first = await log.append(draft);
  const again = await log.append({ ...draft });
  assert.equal(again.repeated, true);
  assert.deepEqual(again.entry, first.entry);
  assert.equal((await readAll(log, id)).length, 1);
  assert.equal((await log.read(id))?.lastSeq, 1);
});

test('a batch in which some are known answers those and writes the others', async () => {
  const id = await openOne(log);
  const known = await log.append(message(id, { clientId: '3' }));
  const all = await Promise.all(
    [...Array(10).keys()].map((n) => log.append(message(id, { clientId: String(n) }))),
  );
  assert.deepEqual(all[3], { ...known, repeated: true });
  assert.equal(all.filter(({ repeated }) => repeated).length, 1);
  const stored = await readAll(log, id);
  assert.deepEqual(
    stored.map(({ clientId }) => clientId),
    ['3', '0', '1', '2', '4', '5', '6', '7', '8', '9'],
  );
  assert.ok(isInOrder(stored));
});

test('Invariant 2: a resend while the first is under way gets the same entry', async () => {
  const id = await openOne(log);
  const answers = await Promise.all(
    Array.from({ length: 20 }, () => log.append(message(id, { clientId: 'm-1' }))),
  );
  assert.equal(answers.filter(({ repeated }) => !repeated).length, 1);
  assert.equal(new Set(answers.map(({ entry }) => entry.id)).size, 1);
  assert.equal((await readAll(log, id)).length, 1);
});

test('Invariant 2: the same id with other content is another message', async () => {
  const id = await openOne(log);
  const drafts = [
    message(id, { clientId: 'always', text: 'one' }),
    message(id, { clientId: 'always', text: 'two' }),
    message(id, { clientId: 'always', text: 'one', content: [{ a: 1 }] }),
    message(id, { clientId: 'always', text: 'one', data: { a: 1 } }),
    message(id, { clientId: 'always', text: 'one', senderId: 'session-2' }),
  ];
  const answers = await Promise.all(drafts.map((draft) => log.append(draft)));
  assert.deepEqual(
    answers.map(({ repeated }) => repeated),
    [false, false, false, false, false],
  );
  assert.equal((await readAll(log, id)).length, 5);
});

test('Invariant 2: a resend after the conversation ended still gets its first entry', async () => {
  const id = await openOne(log);
  const draft = message(id, { clientId: 'm-1', senderId: newId() });
  const first = await log.append(draft);
  await log.change(id, () => ({ set: { state: 'closed' } }));
  const next = await openOne(log);
  const again = await log.append({ ...draft, conversationId: next });
  assert.deepEqual(again, { entry: first.entry, repeated: true });
  assert.deepEqual(await readAll(log, next), []);
});

test('an agent program that says the same in two conversations is heard in both', async () => {
  const [a, b] = [await openOne(log), await openOne(log)];
  const said = { role: 'agent' as const, senderId: newId(), clientId: '1', text: 'Hello' };
  const [first, second] = await Promise.all([
    log.append(message(a, said)),
    log.append(message(b, said)),
  ]);
  assert.deepEqual(
    [first.entry.conversationId, second.entry.conversationId, second.repeated],
    [a, b, false],
  );
});

test('a message without an id of its sender is written each time', async () => {
  const id = await openOne(log);
  await Promise.all([log.append(message(id)), log.append(message(id))]);
  assert.equal((await readAll(log, id)).length, 2);
});

test('a closed conversation refuses, an unknown one is not found, and neither stops the others', async () => {
  const [open, closed] = [await openOne(log), await openOne(log)];
  await log.change(closed, () => ({ set: { state: 'closed' } }));
  const [good, ...refused] = await Promise.allSettled([
    log.append(message(open)),
    log.append(message(closed)),
    log.append(message(newId())),
    log.append(message('no-uuid')),
    log.append(message(open, { text: 'a\0b' })),
  ]);
  assert.equal(good.status, 'fulfilled');
  const expected = [
    isFault('conversation_closed', 409),
    isFault('not_found', 404),
    isFault('not_found', 404),
    isFault('invalid_text', 400),
  ];
  for (const [index, result] of refused.entries())
    assert.ok(result.status === 'rejected' && expected[index]?.(result.reason));
  assert.deepEqual(await readAll(log, closed), []);
  assert.equal((await readAll(log, open)).length, 1);
});

test('lone surrogates are stored as what was answered', async () => {
  const id = await openOne(log);
  const { entry } = await log.append(message(id, { text: 'a\ud800b', data: { x: '\udc00' } }));
  assert.equal(entry.text, 'a\ufffdb');
  assert.equal((await readAll(log, id))[0]?.text, entry.text);
});

test('Invariant 3: a burst within one millisecond is gapless, and every time is its own', async () => {
  const id = await openOne(log);
  const answers = await Promise.all(
    Array.from({ length: 1000 }, (_, n) => log.append(message(id, { text: String(n) }))),
  );
  assert.deepEqual(
    answers.map(({ entry }) => [entry.seq, entry.text]),
    answers.map((_, n) => [n + 1, String(n)]),
  );
  assert.ok(isInOrder(await readAll(log, id)));
});

test('Invariant 3: a clock that jumps back does not turn time round', async () => {
  const id = await openOne(log);
  await log.append(message(id));
  world.clock.move(-3_600_000);
  await log.append(message(id));
  await log.change(id, () => ({ entries: [{ kind: 'note', role: 'system' }] }));
  world.clock.move(3_600_000);
  assert.ok(isInOrder(await readAll(log, id)));
});

test('entries carry the identity state that the conversation had when they were written', async () => {
  const id = await openOne(log);
  await log.append(message(id));
  await log.change(id, () => ({
    set: { identity: { state: 'verified' } },
    entries: [{ kind: 'signed-in', role: 'customer' }],
  }));
  await log.append(message(id));
  assert.deepEqual(
    (await readAll(log, id)).map(({ identityState }) => identityState),
    ['anonymous', 'verified', 'verified'],
  );
});

test('an entry whose sender has no proof any more is lapsed, in the log and in the answer', async () => {
  const [verified, anonymous] = [await openOne(log), await openOne(log)];
  await log.change(verified, () => ({
    set: { identity: { state: 'verified' } },
    entries: [{ kind: 'signed-in', role: 'customer' }],
  }));
  const lapsed = [verified, anonymous].map((id) => message(id, { lapsed: true }));
  const alone = await Promise.all(lapsed.map((draft) => log.append(draft)));
  // Together with others, by the statement of a batch
  const batched = await Promise.all(
    [message(await openOne(log)), ...lapsed].map((draft) => log.append(draft)),
  );
  const changed = await log.change(verified, () => ({
    entries: [{ kind: 'note', role: 'system', lapsed: true }],
  }));
  const answered = [...alone, ...batched].map(({ entry }) => entry).concat(changed.entries);
  const states = ['lapsed', 'anonymous', 'anonymous', 'lapsed', 'anonymous', 'lapsed'];
  assert.deepEqual(
    answered.map(({ identityState }) => identityState),
    states,
  );
  for (const entry of answered)
    assert.deepEqual((await readAll(log, entry.conversationId))[entry.seq - 1], entry);
  assert.equal((await log.read(verified))?.identity.state, 'verified');
});

test('the hot path is one statement a batch, whatever is in it', async () => {
  const ids = await Promise.all(Array.from({ length: 50 }, () => openOne(log)));
  const { database, statements } = counting(world.database);
  const { createConversations } = await import('../../src/conversations/index.ts');
  const { localBus, systemClock } = await import('../../src/platform/index.ts');
  const { pino } = await import('pino');
  const counted = createConversations({
    ...{ database, bus: localBus(), clock: systemClock, log: pino({ level: 'silent' }), lanes: 1 },
  });
  await counted.append(message(ids[0] ?? ''));
  statements.length = 0;
  // The first goes alone; the rest wait for its commit and go together
  await Promise.all(ids.flatMap((id) => [1, 2, 3].map(() => counted.append(message(id)))));
  assert.deepEqual(statements.splice(0), ['append-one', 'append-chained']);
  await Promise.all(ids.map((id) => counted.append(message(id))));
  assert.deepEqual(statements, ['append-one', 'append-batch']);
  await counted.close();
});

/** The database, with the names of the statements that its dedicated connections get. */
function counting(database: Database): { database: Database; statements: string[] } {
  const statements: string[] = [];
  const dedicated: Database['dedicated'] = async (name) => {
    const client = await database.dedicated(name);
    const query = client.query.bind(client);
    Object.assign(client, {
      query: (first: string | { name?: string }, ...rest: []) => {
        statements.push(typeof first === 'string' ? 'settings' : (first.name ?? 'unnamed'));
        return query(first as string, ...rest);
      },
    });
    return client;
  };
  return { database: { ...database, dedicated }, statements };
}

test('[K05] more than the queue holds is refused with busy; what was taken is written', async () => {
  const small = world.node({ maxQueued: 10 });
  const id = await openOne(small);
  const results = await Promise.allSettled(
    Array.from({ length: 100 }, () => small.append(message(id))),
  );
  const written = results.filter(({ status }) => status === 'fulfilled').length;
  const refused = results.filter((r) => r.status === 'rejected' && isFault('busy', 503)(r.reason));
  assert.ok(written >= 10 && refused.length > 0);
  assert.equal(written + refused.length, 100);
  assert.equal((await readAll(small, id)).length, written);
});

test('close writes what is queued, then refuses', async () => {
  const closing = world.node();
  const id = await openOne(closing);
  const taken = Array.from({ length: 100 }, () => closing.append(message(id)));
  await closing.close();
  assert.equal((await Promise.all(taken)).length, 100);
  await assert.rejects(closing.append(message(id)), isFault('busy', 503));
  assert.equal((await readAll(log, id)).length, 100);
});

test('[K02] connections cut during commits: nothing acknowledged is lost, nothing is doubled', async () => {
  const id = await openOne(log);
  const all: Promise<unknown>[] = [];
  for (let round = 0; round < 10; round += 1) {
    for (let n = 0; n < 50; n += 1) {
      const named = n % 2 === 0 ? { clientId: `${round}-${n}` } : {};
      all.push(log.append(message(id, { text: `${round}-${n}`, ...named })));
    }
    await world.database.pool.query(
      `select pg_terminate_backend(pid) from pg_stat_activity
       where application_name like 'countersign conversations%'`,
    );
  }
  await Promise.all(all);
  const texts = (await readAll(log, id)).map(({ text }) => text);
  assert.equal(texts.length, 500);
  assert.equal(new Set(texts).size, 500);
  assert.ok(isInOrder(await readAll(log, id)));
  assert.equal(verify(await exportOf(log, id)).entries, 500);
});

test('whoever listens and fails stops neither the writer nor what is written next', async () => {
  const bus = localBus();
  const node = world.node({ bus });
  const id = await openOne(node);
  bus.subscribe(conversationTopic(id), () => {
    throw new Error('a listener that fails');
  });
  const first = await node.append(message(id, { text: 'first' }));
  const second = await node.append(message(id, { text: 'second' }));
  assert.deepEqual(
    (await readAll(node, id)).map(({ seq }) => seq),
    [first.entry.seq, second.entry.seq],
  );
});

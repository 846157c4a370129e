/** An export of 10,000 entries of a real log, and every way to damage it. */
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import type { Trail, TrailEntry } from '@countersign/protocol';
import type { Conversations } from '../../src/conversations/index.ts';
import {
  exportOf,
  type LogUnderTest,
  message,
  openLog,
  openOne,
  verify,
} from './log-under-test.ts';

const ENTRIES = 10_000;
/** Where the guest of the large export signs in, signs out, and signs in again. */
const SIGNED_IN = 101;
const SIGNED_OUT = 6000;

let world: LogUnderTest;
let log: Conversations;
let exported: string;
before(async () => {
  world = await openLog();
  log = world.node();
  exported = await exportOf(log, await largeConversation());
});
after(() => world.close());

/** Written as a node writes: batches across conversations, and changes with entries of their own. */
async function largeConversation(): Promise<string> {
  const id = await openOne(log);
  const others = await Promise.all([openOne(log), openOne(log), openOne(log)]);
  const write = async (count: number, more = {}) => {
    for (let n = 0; n < count; n += 500) {
      const numbers = Array.from({ length: Math.min(500, count - n) }, (_, index) => n + index);
      await Promise.all([
        ...others.map((other) => log.append(message(other))),
        ...numbers.map((number) => log.append(message(id, { text: `Message ${number}`, ...more }))),
      ]);
    }
  };
  await write(SIGNED_IN - 1);
  await log.change(id, () => ({
    set: { identity: { state: 'verified', subject: 'u-1007' } },
    entries: [{ kind: 'signed-in', role: 'customer', data: proof('2026-q4') }],
  }));
  await write(SIGNED_OUT - SIGNED_IN - 1, { senderName: 'Ada Ng', senderId: 'session-2' });
  await log.change(id, () => ({
    set: { identity: { state: 'lapsed', subject: 'u-1007' } },
    entries: [{ kind: 'signed-out', role: 'customer' }],
  }));
  await write(ENTRIES - SIGNED_OUT, { senderName: 'Ada Ng', senderId: 'session-3' });
  return id;
}

const proof = (keyId: string) => ({
  ...{ setting: 'Shop sign-in', method: 'signed-token', issuer: 'https://shop.example' },
  ...{ subject: 'u-1007', keyId, since: '2026-11-24T09:00:00.000Z' },
});

/** The export after `damage` has been at its entries. */
function damaged(damage: (entries: TrailEntry[], trail: Trail) => TrailEntry[] | undefined) {
  const trail: Trail = JSON.parse(exported);
  trail.entries = damage(trail.entries, trail) ?? trail.entries;
  return trail;
}

const renumbered = (entries: TrailEntry[]): TrailEntry[] =>
  entries.map((entry, index) => ({ ...entry, seq: index + 1 }));

function assertFound(trail: Trail, seq: number, damage: string, head?: string) {
  const { code, outcome, broken } = verify(JSON.stringify(trail), head);
  assert.deepEqual([code, outcome], [1, 'broken']);
  assert.deepEqual([broken.seq, broken.damage], [seq, damage], broken.explanation);
}

/** What stands at a place of the export. */
function at(entries: TrailEntry[], seq: number): TrailEntry {
  const entry = entries[seq - 1];
  assert.ok(entry);
  return entry;
}

test('an export of 10,000 entries is whole, and each entry says how it was authenticated', () => {
  const trail: Trail = JSON.parse(exported);
  const { head } = trail;
  assert.deepEqual(verify(exported), {
    ...{ code: 0, outcome: 'whole', conversation: trail.conversation.id },
    ...{ entries: ENTRIES, head, keptAt: null },
  });
  assert.equal(verify(exported, head).keptAt, ENTRIES);
  const { since, keyId, ...who } = proof('2026-q4');
  const proven = { ...who, keyId, since };
  assert.deepEqual(
    [1, SIGNED_IN, SIGNED_OUT - 1, SIGNED_OUT, ENTRIES].map(
      (seq) => at(trail.entries, seq).identity,
    ),
    [
      { state: 'anonymous' },
      { state: 'verified', ...proven },
      { state: 'verified', ...proven },
      { state: 'lapsed', ...proven },
      { state: 'lapsed', ...proven },
    ],
  );
});

test('an export that was printed anew, indented, is as good', () => {
  assert.equal(verify(JSON.stringify(JSON.parse(exported), null, 2)).code, 0);
});

test('a changed entry is found, whatever of it was changed', () => {
  const changes: ((entry: TrailEntry) => void)[] = [
    (entry) => {
      entry.text = 'I never said that';
    },
    (entry) => {
      entry.at = new Date(Date.parse(entry.at) - 1).toISOString();
    },
    (entry) => {
      entry.at = new Date(Date.parse(entry.at) + 3_600_000).toISOString();
    },
    (entry) => {
      entry.identityState = 'lapsed';
      entry.identity.state = 'lapsed';
    },
    (entry) => {
      entry.senderName = 'Somebody Else';
    },
    (entry) => {
      entry.kind = 'note';
    },
    (entry) => {
      entry.data = { edited: true };
    },
    (entry) => {
      entry.link = 'ab'.repeat(32);
    },
  ];
  for (const seq of [1 + SIGNED_IN, 5000]) {
    for (const change of changes) {
      const trail = damaged((entries) => void change(at(entries, seq)));
      assertFound(trail, seq, 'changed');
    }
  }
});

test('an identity that the sign-ins do not say is found, and so is a changed sign-in', () => {
  const beside = damaged((entries) => {
    at(entries, 3000).identity.subject = 'u-2000';
  });
  assertFound(beside, 3000, 'changed');
  const signIn = damaged((entries) => {
    const { data } = at(entries, SIGNED_IN);
    assert.ok(data);
    data.subject = 'u-2000';
    for (const { identity } of entries) if (identity.subject) identity.subject = 'u-2000';
  });
  assertFound(signIn, SIGNED_IN, 'changed');
});

test('removed entries are found, with their numbers left or made anew', () => {
  for (const count of [1, 3]) {
    const gap = damaged((entries) => entries.toSpliced(4999, count));
    assertFound(gap, 5000, 'removed');
    const closed = damaged((entries) => renumbered(entries.toSpliced(4999, count)));
    assertFound(closed, 5000, 'removed');
  }
  assertFound(
    damaged((entries) => entries.slice(1)),
    1,
    'removed',
  );
});

test('inserted entries are found, with numbers of their own or not', () => {
  const forged = (entries: TrailEntry[]): TrailEntry => ({
    ...at(entries, 5000),
    id: '0198c0de-0000-7000-8000-000000000000',
    text: 'I agree to the new price.',
    link: 'cd'.repeat(32),
  });
  for (const finish of [renumbered, (entries: TrailEntry[]) => entries]) {
    const before = damaged((entries) => finish(entries.toSpliced(4999, 0, forged(entries))));
    assertFound(before, 5000, 'inserted');
    const copied = damaged((entries) => finish(entries.toSpliced(5000, 0, at(entries, 5000))));
    assertFound(copied, 5001, 'inserted');
  }
});

test('swapped entries are found, beside each other or far apart', () => {
  for (const [a, b] of [
    [5000, 5001],
    [5000, 7000],
    [9999, 10_000],
  ] as const) {
    const swap = (entries: TrailEntry[]) =>
      entries.with(a - 1, at(entries, b)).with(b - 1, at(entries, a));
    assertFound(damaged(swap), a, 'swapped');
    assertFound(
      damaged((entries) => renumbered(swap(entries))),
      a,
      'swapped',
    );
  }
});

test('a chain cut off at its end is found by its head; one with a new head only by a kept one', () => {
  const { head: kept }: Trail = JSON.parse(exported);
  const cut = damaged((entries) => entries.slice(0, 9000));
  assertFound(cut, 9001, 'truncated');
  const withHead = { ...cut, head: at(cut.entries, 9000).link };
  assert.equal(verify(JSON.stringify(withHead)).code, 0, 'a chain alone cannot tell');
  assertFound(withHead, 9001, 'truncated', kept);
});

test('a head that was kept earlier vouches for what it was the head of', () => {
  const trail: Trail = JSON.parse(exported);
  assert.equal(verify(exported, at(trail.entries, 700).link.toUpperCase()).keptAt, 700);
});

test('an entry with a member that nothing covers is refused', () => {
  const trail = damaged((entries) => void Object.assign(at(entries, 42), { remark: 'paid' }));
  assertFound(trail, 42, 'malformed');
});

test('what is no export is told from one that is broken', () => {
  const trail: Trail = JSON.parse(exported);
  const { code, outcome } = verify(exported.slice(0, 100_000));
  assert.deepEqual([code, outcome], [2, 'unreadable']);
  for (const value of [null, [], {}, { ...trail, format: 'countersign-trail/2' }])
    assert.equal(verify(JSON.stringify(value)).code, 2);
  assert.equal(verify(exported, 'abc').code, 2);
});

test('a conversation in which nothing was said has a trail too', async () => {
  const id = await openOne(log);
  const text = await exportOf(log, id);
  assert.deepEqual(verify(text).entries, 0);
  assert.equal(await log.exportTrail('no-uuid'), null);
});

test('what goes wrong in the database is found in the export', async () => {
  const id = await openOne(log);
  for (let n = 0; n < 5; n += 1) await log.append(message(id, { text: `${n}` }));
  await world.database.pool.query(
    `update entries set text = 'something else' where conversation_id = $1 and seq = 3`,
    [id],
  );
  assertFound(JSON.parse(await exportOf(log, id)), 3, 'changed');
});

test('an entry that says verified, and no sign-in why, is named', async () => {
  const id = await openOne(log);
  await log.append(message(id));
  await log.change(id, () => ({ set: { identity: { state: 'verified' } } }));
  await log.append(message(id));
  assertFound(JSON.parse(await exportOf(log, id)), 2, 'unfounded');
});

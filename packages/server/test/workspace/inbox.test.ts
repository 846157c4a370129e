// The inbox as agents and supervisors get it over HTTP.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import type { Entry, Inbox } from '@countersign/protocol';
import { conversationOf, type Office, openOffice, PICK, type Staff } from './office.ts';

let office: Office;
let maria: Staff;
let tom: Staff;
let ines: Staff;

before(async () => {
  office = await openOffice();
  ({ maria, tom, ines } = await office.staff());
});
after(() => office.close());

const inboxOf = async (staff: Staff, query = 'view=all'): Promise<Inbox> => {
  const { status, body } = await staff.call<Inbox>('GET', `/api/inbox?${query}`);
  assert.equal(status, 200, JSON.stringify(body));
  return body;
};
const textsOf = ({ items }: Inbox) => items.map(({ preview }) => preview?.text);

/** Counts are at most a second behind: the live feed says when they have come. */
async function countsOf(staff: Staff, fit: (counts: Inbox['counts']) => boolean) {
  const live = await staff.live();
  const frame = await live.until((f) => f.type === 'counts' && fit(f.counts));
  assert.ok(frame.type === 'counts');
  return frame.counts;
}

test('views select, sort and page; each person’s own view is theirs', async () => {
  for (const text of ['first', 'second', 'third']) await office.guest(text);
  const second = await conversationOf(ines, 'second');
  await maria.call('POST', `/api/conversations/${second.id}/pick`);
  assert.deepEqual(textsOf(await inboxOf(maria, 'view=mine')), ['second']);
  assert.deepEqual(textsOf(await inboxOf(tom, 'view=mine')), []);
  assert.deepEqual(textsOf(await inboxOf(tom, 'view=unassigned')), ['first', 'third']);
  assert.deepEqual(textsOf(await inboxOf(tom)), ['first', 'second', 'third']);
  const newest = await inboxOf(tom, 'view=queue&name=Guests&sort=newest&limit=2');
  assert.deepEqual(textsOf(newest), ['third', 'second']);
  assert.ok(newest.next);
  const rest = await inboxOf(
    tom,
    `view=queue&name=Guests&sort=newest&limit=2&cursor=${encodeURIComponent(newest.next)}`,
  );
  assert.deepEqual([textsOf(rest), rest.next], [['first'], undefined]);
  assert.deepEqual(textsOf(await inboxOf(tom, 'view=identity&name=verified')), []);
  const anonymous = await inboxOf(tom, 'view=identity&name=anonymous&sort=priority');
  assert.deepEqual(textsOf(anonymous), ['first', 'second', 'third']);
});

test('Invariant 8: an agent of another queue sees no row and no count; a foreign queue is an unknown one', async () => {
  await office.guest('for Tom alone', PICK);
  const wanted = { mine: 1, unassigned: 2, all: 3, queues: { Guests: 3 } };
  const counts = await countsOf(maria, ({ all }) => all === 3);
  assert.deepEqual(counts, {
    ...wanted,
    identity: { anonymous: 3, claimed: 0, verified: 0, lapsed: 0 },
  });
  const ofTom = await countsOf(tom, ({ all }) => all === 4);
  assert.deepEqual(ofTom.queues, { Guests: 3, 'Only Tom': 1 });
  assert.deepEqual([ofTom.mine, ofTom.unassigned], [0, 3]);
  assert.deepEqual((await countsOf(ines, ({ all }) => all === 4)).queues, ofTom.queues);
  assert.deepEqual((await inboxOf(maria)).counts, counts, 'HTTP says what the feed says');
  assert.ok(!textsOf(await inboxOf(maria)).includes('for Tom alone'));
  assert.ok(textsOf(await inboxOf(ines)).includes('for Tom alone'));
  const foreign = await maria.call('GET', '/api/inbox?view=queue&name=Only%20Tom');
  const unknown = await maria.call('GET', '/api/inbox?view=queue&name=None');
  assert.deepEqual([foreign.status, foreign.body.code], [400, 'unknown_queue']);
  assert.deepEqual(foreign, unknown);
});

test('what is transferred to an agent of another queue counts for them, and for no colleague', async () => {
  const { id } = await conversationOf(ines, 'for Tom alone');
  await tom.call('POST', `/api/conversations/${id}/pick`);
  await maria.available();
  await tom.call('POST', `/api/conversations/${id}/transfer`, { agent: maria.id });
  const counts = await countsOf(maria, ({ all }) => all === 4);
  assert.deepEqual(counts.queues, { Guests: 3 });
  assert.ok(textsOf(await inboxOf(maria)).includes('for Tom alone'));
  await maria.call('POST', `/api/conversations/${id}/accept`);
  await maria.call('POST', `/api/conversations/${id}/end`);
  await maria.call('PUT', '/api/me/presence', { presence: 'offline' });
});

test('mine is exact at once', async () => {
  const { id } = await conversationOf(ines, 'third');
  const before = (await inboxOf(maria)).counts.mine;
  await maria.call('POST', `/api/conversations/${id}/pick`);
  assert.equal((await inboxOf(maria)).counts.mine, before + 1);
  await maria.call('POST', `/api/conversations/${id}/end`);
  assert.equal((await inboxOf(maria)).counts.mine, before);
});

test('unread counts the customer’s messages after the reader’s own mark, which never goes back', async () => {
  const guest = await office.guest('one');
  const { id } = await conversationOf(ines, 'one');
  await maria.call('POST', `/api/conversations/${id}/pick`);
  await guest.say('two');
  const note = { text: 'a note', kind: 'note', clientId: 'n' };
  await maria.call('POST', `/api/conversations/${id}/messages`, note);
  const { body } = await maria.call<Entry>('GET', `/api/conversations/${id}/entries`);
  const seqOf = (text: string) => body.items.find((entry) => entry.text === text)?.seq ?? 0;
  const unread = async (staff: Staff) =>
    (await inboxOf(staff, 'view=all&sort=newest')).items.find((item) => item.id === id)?.unread;
  const read = async (staff: Staff, seq: number) =>
    (await staff.call('PUT', `/api/conversations/${id}/read`, { seq })).status;

  assert.equal(await unread(maria), 2);
  assert.equal(await read(maria, seqOf('one')), 204);
  assert.equal(await unread(maria), 1);
  assert.equal(await read(maria, seqOf('a note')), 204);
  assert.equal(await read(maria, 1), 204);
  assert.equal(await unread(maria), 0, 'a mark never goes back');
  assert.equal(await unread(tom), 2, 'each reader has their own');
  assert.equal(await read(tom, 2_000_000_000), 204);
  await guest.say('three');
  assert.deepEqual(
    [await unread(maria), await unread(tom)],
    [1, 1],
    'what was not there yet cannot have been read',
  );
});

test('[A01] a mark in a foreign conversation is refused as in an unknown one, and not kept', async () => {
  await office.guest('Only for Tom', PICK);
  const { id } = await conversationOf(ines, 'Only for Tom');
  const foreign = await maria.call('PUT', `/api/conversations/${id}/read`, { seq: 1 });
  const nowhere = '/api/conversations/01980000-0000-7000-8000-000000000000/read';
  assert.deepEqual(foreign, await maria.call('PUT', nowhere, { seq: 1 }));
  assert.equal(foreign.status, 404);
  const { pool } = office.node.database;
  const { rows } = await pool.query('select 1 from read_marks where conversation_id = $1', [id]);
  assert.deepEqual(rows, []);
});

test('a page of the inbox is three queries, with any number of rows', async () => {
  for (const query of [
    'view=all&limit=1',
    'view=all',
    'view=mine',
    'view=unassigned&sort=priority',
  ]) {
    const sent = await statementsOf(office.node.database.pool, () => inboxOf(tom, query));
    assert.ok(sent.length <= 3, `${query}:\n${sent.join('\n')}`);
  }
});

/** Who is asking, which is not the inbox's to say, and what the node does by itself every second. */
const NOT_OF_THE_INBOX = /"staff_|"agents"|offer_expires_at|queue_id is null\s*and opened_at/;

/** What a request sends to the database; the least of many tries, for on a busy machine a sweep falls into most. */
async function statementsOf(
  pool: Office['node']['database']['pool'],
  work: () => Promise<unknown>,
): Promise<string[]> {
  const client = await pool.connect();
  const prototype = Object.getPrototypeOf(client);
  client.release();
  const { query } = prototype;
  const tries: string[][] = [];
  let sent: string[] = [];
  prototype.query = function listened(this: unknown, ...given: unknown[]) {
    const [first] = given;
    const text = typeof first === 'string' ? first : JSON.stringify(first);
    if (!NOT_OF_THE_INBOX.test(text)) sent.push(text);
    return query.apply(this, given);
  };
  try {
    for (let n = 0; n < 20; n += 1) {
      sent = [];
      await work();
      tries.push(sent);
    }
  } finally {
    prototype.query = query;
  }
  return tries.reduce((least, one) => (one.length < least.length ? one : least));
}

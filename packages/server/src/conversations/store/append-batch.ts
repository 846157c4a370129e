/**
 * The hot path: a batch of entries in one prepared statement, one round trip, one commit.
 *
 * Keeps: `seq` without gaps and `at` strictly increasing in each conversation, both given under the lock of
 * its row (invariant 3); each entry's link made from the one before; nothing is written to a closed
 * conversation. Rows are locked in the order of their ids, so that nodes which write to the same
 * conversations do not deadlock.
 *
 * A statement changes a row once: a batch with several entries of one conversation goes through
 * `append-chained.ts`. Both take all keys for new. If the log has one of them, its unique index refuses the
 * batch (23505), and `append-known.ts` finds out which (invariant 2).
 */
import type { IdentityState } from '@countersign/protocol';
import type pg from 'pg';
import { entryAt, type NewEntry } from '../new-entry.ts';
import type { EntryRecord } from '../records.ts';
import { CHAINED, chainedValues, isChained } from './append-chained.ts';
import { arrayLiteral } from './array-literal.ts';
import { identityState, KEYS, keysOf, linkOf } from './linked-entry.ts';

export interface Appended {
  entry: EntryRecord;
  repeated: boolean;
}

/**
 * `state || ''`: said plainly, an empty table's plan reads the partial index of all that is open instead of
 * looking up the id, and is kept when the table has grown.
 */
const STATEMENT = `
  with bumped as (
    update conversations c
    set last_seq = c.last_seq + 1,
        last_at = greatest($1::bigint, c.last_at + 1),
        customer_seq = c.customer_seq + i.visible,
        link = ${linkOf('c', 'greatest($1::bigint, c.last_at + 1)')}
    from (
      select t.*, ${KEYS}
      from unnest($3::uuid[], $4::int[], $5::bool[], $6::text[], $7::text[], $8::text[], $9::text[],
                  $10::text[], $11::text[], $12::json[], $13::json[])
        with ordinality as t (conversation_id, visible, lapsed, kind, role, sender_id, sender_name,
                              client_id, body, content, data, place)
    ) i
    where c.id = i.conversation_id and c.state || '' <> 'closed'
    returning i.*, c.last_seq as seq, c.last_at as at, c.customer_seq, c.link,
              ${identityState('c')} as identity_state
  ),
  inserted as (
    insert into entries (conversation_id, seq, customer_seq, at, id, dedupe, kind, role,
                         identity_state, sender_id, sender_name, client_id, text, content, data, link)
    select conversation_id, seq, case when visible = 1 then customer_seq end, at, entry_id, dedupe, kind,
           role, identity_state, sender_id, sender_name, client_id, body, content, data, link
    from bumped
  )
  select place::int, seq, at, identity_state from bumped`;

type ResultRow = [place: number, seq: number, at: number, identityState: IdentityState];

/** Settings of a connection that appends: always the plan that looks up by index, made once. */
export async function prepareConnection(client: pg.Client): Promise<void> {
  await client.query(
    `set plan_cache_mode = force_generic_plan; set enable_seqscan = off; set enable_mergejoin = off;
     set enable_bitmapscan = off; set enable_memoize = off; set jit = off`,
  );
}

/**
 * Appends what can be. At the place of each entry: what became of it; null: its conversation is closed or
 * unknown. Throws what PostgreSQL says; 23505 when the log has one of the keys.
 */
export async function appendBatch(
  client: pg.Client,
  entries: NewEntry[],
  now: number,
): Promise<(Appended | null)[]> {
  const order = [...entries.keys()].sort((a, b) => byConversation(entries[a], entries[b]));
  const sorted = order.flatMap((index) => entries[index] ?? []);
  const statement = isChained(sorted)
    ? {
        name: 'append-chained',
        text: CHAINED,
        values: chainedValues(sorted, valuesOf(sorted, now)),
      }
    : { name: 'append-batch', text: STATEMENT, values: valuesOf(sorted, now) };
  const { rows } = await client.query<ResultRow>({ ...statement, rowMode: 'array' });
  const results: (Appended | null)[] = new Array(entries.length).fill(null);
  for (const [place, seq, at, identityState] of rows) {
    const entry = sorted[place - 1];
    const index = order[place - 1];
    if (!entry || index === undefined) continue;
    results[index] = { entry: entryAt(entry, { seq, at, identityState }), repeated: false };
  }
  return results;
}

/** Entries of one conversation stay in their order. */
function byConversation(a: NewEntry | undefined, b: NewEntry | undefined): number {
  if (!a || !b || a.conversationId === b.conversationId) return 0;
  return a.conversationId < b.conversationId ? -1 : 1;
}

function valuesOf(entries: NewEntry[], now: number): unknown[] {
  const column = (of: (entry: NewEntry) => string | number | null) => arrayLiteral(entries, of);
  return [
    now,
    keysOf(entries),
    column(({ conversationId }) => conversationId),
    column(({ customerVisible }) => (customerVisible ? 1 : 0)),
    column(({ lapsed }) => (lapsed ? 't' : 'f')),
    column(({ kind }) => kind),
    column(({ role }) => role),
    column(({ senderId }) => senderId),
    column(({ senderName }) => senderName),
    column(({ clientId }) => clientId),
    column(({ text }) => text),
    column(({ contentJson }) => contentJson),
    column(({ dataJson }) => dataJson),
  ];
}

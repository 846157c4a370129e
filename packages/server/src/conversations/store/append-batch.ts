/**
 * The hot path: a batch of entries in one prepared statement, one round trip, one commit.
 *
 * Keeps: `seq` without gaps and `at` strictly increasing in each conversation, both given while its row
 * is locked (invariant 3); a key that is in the log is answered, not written again (invariant 2); nothing
 * is written to a closed conversation. Rows are locked in the order of their ids, so that nodes which
 * write to the same conversations cannot deadlock.
 */
import type { IdentityState } from '@countersign/protocol';
import type pg from 'pg';
import { entryAt, type NewEntry } from '../new-entry.ts';
import type { EntryRecord } from '../records.ts';
import { arrayLiteral } from './array-literal.ts';

export interface Appended {
  entry: EntryRecord;
  repeated: boolean;
}

/** Each index lookup is fenced (`offset 0`): a plan made while the log was empty must not read all of it. */
const STATEMENT = `
  with input as materialized (
    select i.*, e.*
    from unnest($1::uuid[], $2::uuid[], $3::uuid[], $4::text[], $5::text[], $6::text[], $7::text[],
                $8::text[], $9::text[], $10::json[], $11::json[], $12::int[]) with ordinality
      as i (conversation_id, id, dedupe, kind, role, sender_id, sender_name, client_id, body, content,
            data, visible, ord)
    left join lateral (
      select e.conversation_id as known_conversation_id, e.seq as known_seq, e.at as known_at,
             e.id as known_id, e.identity_state as known_identity_state,
             e.sender_name as known_sender_name
      from entries e where e.dedupe = i.dedupe offset 0
    ) e on true
  ),
  fresh as materialized (
    select *, row_number() over earlier as nth, sum(visible) over earlier as visible_nth
    from input where known_seq is null
    window earlier as (partition by conversation_id order by ord)
  ),
  totals as materialized (
    select conversation_id, count(*)::int as entries, sum(visible)::int as visible
    from fresh group by conversation_id
  ),
  locked as materialized (
    select id from conversations
    where id = any ($13::uuid[]) and state <> 'closed' order by id for no key update
  ),
  bumped as (
    update conversations c
    set last_seq = c.last_seq + t.entries,
        last_at = greatest($14::bigint, c.last_at + 1) + t.entries - 1,
        customer_seq = c.customer_seq + t.visible
    from totals t join locked l on l.id = t.conversation_id
    where c.id = t.conversation_id and c.id = any ($13::uuid[])
    returning c.id, c.last_seq - t.entries as seq, c.last_at - t.entries as at,
              c.customer_seq - t.visible as customer_seq, c.identity_state
  ),
  placed as materialized (
    select f.*, b.seq + f.nth as seq, b.at + f.nth as at, b.identity_state,
           case when f.visible = 1 then b.customer_seq + f.visible_nth end as customer_seq
    from fresh f join bumped b on b.id = f.conversation_id
  ),
  inserted as (
    insert into entries (conversation_id, seq, customer_seq, at, id, dedupe, kind, role,
                         identity_state, sender_id, sender_name, client_id, text, content, data)
    select conversation_id, seq, customer_seq, at, id, dedupe, kind, role, identity_state, sender_id,
           sender_name, client_id, body, content, data
    from placed order by ord
  )
  select ord::int, seq::int, at, identity_state,
         null::uuid as known_conversation_id, null::uuid as known_id, null as known_sender_name
  from placed
  union all
  select ord::int, known_seq, known_at, known_identity_state,
         known_conversation_id, known_id, known_sender_name
  from input where known_seq is not null`;

type ResultRow = [
  ord: number,
  seq: number,
  at: number,
  identityState: IdentityState,
  knownConversationId: string | null,
  knownId: string | null,
  knownSenderName: string | null,
];

/** Settings of a connection that appends: always the plan that looks up by index. */
export async function prepareConnection(client: pg.Client): Promise<void> {
  await client.query(
    `set plan_cache_mode = force_generic_plan; set enable_seqscan = off;
     set enable_mergejoin = off; set enable_bitmapscan = off; set jit = off`,
  );
}

/**
 * Appends what can be. At the place of each entry: what became of it; null: its conversation is closed
 * or unknown. Keys must be distinct.
 * Throws what PostgreSQL says; 23505 when another connection wrote one of the keys at the same time.
 */
export async function appendBatch(
  client: pg.Client,
  entries: NewEntry[],
  now: number,
): Promise<(Appended | null)[]> {
  const { rows } = await client.query<ResultRow>({
    name: 'append-batch',
    text: STATEMENT,
    rowMode: 'array',
    values: valuesOf(entries, now),
  });
  const results: (Appended | null)[] = new Array(entries.length).fill(null);
  for (const row of rows) {
    const entry = entries[row[0] - 1];
    if (entry) results[row[0] - 1] = toAppended(entry, row);
  }
  return results;
}

function valuesOf(entries: NewEntry[], now: number): unknown[] {
  const column = (of: (entry: NewEntry) => string | null) => arrayLiteral(entries, of);
  const conversationIds = [...new Set(entries.map((entry) => entry.conversationId))];
  return [
    column((entry) => entry.conversationId),
    column((entry) => entry.id),
    column((entry) => entry.dedupe),
    column((entry) => entry.kind),
    column((entry) => entry.role),
    column((entry) => entry.senderId),
    column((entry) => entry.senderName),
    column((entry) => entry.clientId),
    column((entry) => entry.text),
    column((entry) => entry.contentJson),
    column((entry) => entry.dataJson),
    column((entry) => (entry.customerVisible ? '1' : '0')),
    arrayLiteral(conversationIds, (id) => id),
    now,
  ];
}

function toAppended(entry: NewEntry, row: ResultRow): Appended {
  const [, seq, at, identityState, conversationId, id, senderName] = row;
  const placed = entryAt(entry, { seq, at, identityState });
  if (conversationId === null || id === null) return { entry: placed, repeated: false };
  // The key covers all else that the sender said
  return { entry: { ...placed, conversationId, id, senderName }, repeated: true };
}

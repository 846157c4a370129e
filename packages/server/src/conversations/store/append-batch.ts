/**
 * The hot path: a batch of entries in one prepared statement, one round trip, one commit.
 *
 * Keeps: `seq` without gaps and `at` strictly increasing in each conversation, both given under the lock of
 * its row (invariant 3); nothing is written to a closed conversation. Rows are locked in the order of
 * their ids, so that nodes which write to the same conversations do not deadlock.
 *
 * It takes all keys for new. If the log has one of them, its unique index refuses the batch (23505), and
 * `append-known.ts` finds out which (invariant 2).
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

/**
 * `state || ''`: said plainly, an empty table's plan reads the partial index of all that is open instead of
 * looking up the id, and is kept when the table has grown.
 */
const STATEMENT = `
  with bumped as (
    update conversations c
    set last_seq = c.last_seq + t.entries,
        last_at = greatest($16::bigint, c.last_at + 1) + t.entries - 1,
        customer_seq = c.customer_seq + t.visible
    from unnest($1::uuid[], $2::int[], $3::int[]) with ordinality as t (id, entries, visible, place)
    where c.id = t.id and c.state || '' <> 'closed'
    returning t.place::int, c.last_seq - t.entries as seq, c.last_at - t.entries as at,
              c.customer_seq - t.visible as customer_seq, c.identity_state, c.id
  ),
  inserted as (
    insert into entries (conversation_id, seq, customer_seq, at, id, dedupe, kind, role,
                         identity_state, sender_id, sender_name, client_id, text, content, data)
    select b.id, b.seq + i.nth, b.customer_seq + i.visible_nth, b.at + i.nth, i.id, i.dedupe, i.kind,
           i.role, b.identity_state, i.sender_id, i.sender_name, i.client_id, i.body, i.content, i.data
    from unnest($4::int[], $5::int[], $6::int[], $7::uuid[], $8::uuid[], $9::text[], $10::text[],
                $11::text[], $12::text[], $13::text[], $14::text[], $15::json[], $17::json[])
      as i (place, nth, visible_nth, id, dedupe, kind, role, sender_id, sender_name, client_id, body,
            content, data)
    join bumped b on b.place = i.place
  )
  select place, seq, at, identity_state from bumped`;

type ResultRow = [place: number, seq: number, at: number, identityState: IdentityState];

/** Settings of a connection that appends: always the plan that looks up by index, made once. */
export async function prepareConnection(client: pg.Client): Promise<void> {
  await client.query(
    `set plan_cache_mode = force_generic_plan; set enable_seqscan = off; set enable_mergejoin = off;
     set enable_bitmapscan = off; set enable_memoize = off; set jit = off`,
  );
}

/**
 * Appends what can be. At the place of each entry: what became of it; null: its conversation is closed
 * or unknown. Throws what PostgreSQL says; 23505 when the log has one of the keys.
 */
export async function appendBatch(
  client: pg.Client,
  entries: NewEntry[],
  now: number,
): Promise<(Appended | null)[]> {
  const batch = numbered(entries);
  const { rows } = await client.query<ResultRow>({
    name: 'append-batch',
    text: STATEMENT,
    rowMode: 'array',
    values: valuesOf(batch, now),
  });
  const bases = new Map(rows.map((row) => [row[0], row]));
  return batch.items.map(({ entry, conversation, nth }) => {
    const base = bases.get(conversation.place);
    if (!base) return null;
    const [, seq, at, identityState] = base;
    return {
      entry: entryAt(entry, { seq: seq + nth, at: at + nth, identityState }),
      repeated: false,
    };
  });
}

interface ConversationInBatch {
  id: string;
  /** From 1, in the order of ids. */
  place: number;
  entries: number;
  visible: number;
}

interface Numbered {
  entry: NewEntry;
  conversation: ConversationInBatch;
  /** Among its conversation's entries in this batch, from 1. */
  nth: number;
  /** Among those that the customer may see; null: not one of them. */
  visibleNth: number | null;
}

function numbered(entries: NewEntry[]): {
  items: Numbered[];
  conversations: ConversationInBatch[];
} {
  const byId = new Map<string, ConversationInBatch>();
  const items = entries.map((entry) => {
    const id = entry.conversationId;
    const conversation = byId.get(id) ?? { id, place: 0, entries: 0, visible: 0 };
    byId.set(id, conversation);
    conversation.entries += 1;
    if (entry.customerVisible) conversation.visible += 1;
    const visibleNth = entry.customerVisible ? conversation.visible : null;
    return { entry, conversation, nth: conversation.entries, visibleNth };
  });
  const conversations = [...byId.values()].sort((a, b) => (a.id < b.id ? -1 : 1));
  for (const [index, conversation] of conversations.entries()) conversation.place = index + 1;
  return { items, conversations };
}

function valuesOf({ items, conversations }: ReturnType<typeof numbered>, now: number): unknown[] {
  const column = (of: (item: Numbered) => string | number | null) => arrayLiteral(items, of);
  return [
    arrayLiteral(conversations, ({ id }) => id),
    arrayLiteral(conversations, (conversation) => conversation.entries),
    arrayLiteral(conversations, ({ visible }) => visible),
    column(({ conversation }) => conversation.place),
    column(({ nth }) => nth),
    column(({ visibleNth }) => visibleNth),
    column(({ entry }) => entry.id),
    column(({ entry }) => entry.dedupe),
    column(({ entry }) => entry.kind),
    column(({ entry }) => entry.role),
    column(({ entry }) => entry.senderId),
    column(({ entry }) => entry.senderName),
    column(({ entry }) => entry.clientId),
    column(({ entry }) => entry.text),
    column(({ entry }) => entry.contentJson),
    now,
    column(({ entry }) => entry.dataJson),
  ];
}

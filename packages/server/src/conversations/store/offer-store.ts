/** The two statements that write a batch of offers. */
import { sql, type Transaction } from 'kysely';
import type { NewEntry } from '../new-entry.ts';
import { arrayLiteral } from './array-literal.ts';
import { type ConversationRow, type EntryInsert, type Tables, toConversation } from './rows.ts';
import { place, type Written } from './write-store.ts';

export interface Offering {
  /** Locked by this transaction. */
  row: ConversationRow;
  offeredToId: string;
  offerExpiresAt: number;
  entry: NewEntry;
}

export async function writeOffers(
  db: Transaction<Tables>,
  offerings: Offering[],
  now: number,
): Promise<Written[]> {
  if (offerings.length === 0) return [];
  const placed = offerings.map((offering) => {
    const { counters, rows, records } = place(
      offering.row,
      [offering.entry],
      offering.row.identity_state,
      now,
    );
    return { ...offering, counters, rows, records };
  });
  const column = (of: (item: (typeof placed)[number]) => string | number) =>
    arrayLiteral(placed, of);
  await sql`
    update conversations c
    set state = 'offered', assignee_id = null, offered_to_id = o.agent, offer_expires_at = o.expires,
        last_seq = o.seq, last_at = o.at, link = o.link, changed_at = ${now}
    from unnest(${column(({ row }) => row.id)}::uuid[], ${column((item) => item.offeredToId)}::text[],
                ${column((item) => item.offerExpiresAt)}::bigint[],
                ${column(({ counters }) => counters.last_seq)}::int[],
                ${column(({ counters }) => counters.last_at)}::bigint[],
                ${placed.map(({ counters }) => counters.link)}::bytea[])
      as o (id, agent, expires, seq, at, link)
    where c.id = o.id`.execute(db);
  await insertRows(
    db,
    placed.flatMap(({ rows }) => rows),
  );
  return placed.map(({ row, counters, records, offeredToId, offerExpiresAt }) => ({
    record: toConversation({
      ...{ ...row, ...counters, changed_at: now, state: 'offered', assignee_id: null },
      ...{ offered_to_id: offeredToId, offer_expires_at: offerExpiresAt },
    }),
    entries: records,
  }));
}

/** Entries of the system that no customer sees. */
async function insertRows(db: Transaction<Tables>, rows: EntryInsert[]): Promise<void> {
  const column = (of: (row: EntryInsert) => string | number | null) => arrayLiteral(rows, of);
  await sql`
    insert into entries (conversation_id, seq, at, id, dedupe, kind, role, identity_state, data, link)
    select * from unnest(
      ${column((row) => row.conversation_id)}::uuid[], ${column((row) => row.seq)}::int[],
      ${column((row) => row.at)}::bigint[], ${column((row) => row.id)}::uuid[],
      ${column((row) => row.dedupe)}::uuid[], ${column((row) => row.kind)}::text[],
      ${column((row) => row.role)}::text[], ${column((row) => row.identity_state)}::text[],
      ${column((row) => row.data ?? null)}::json[], ${rows.map((row) => row.link)}::bytea[])`.execute(
    db,
  );
}

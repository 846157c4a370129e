/** Reads by id, by owner, by (conversation, seq): index lookups, whatever the size of the log. */
import type { EntryKind } from '@countersign/protocol';
import { sql } from 'kysely';
import type { ConversationRecord, EntryRecord } from '../records.ts';
import {
  type Connection,
  type ConversationRow,
  ENTRY_COLUMNS,
  type EntryRow,
  isConversationId,
  toConversation,
  toEntry,
} from './rows.ts';

export async function read(db: Connection, id: string): Promise<ConversationRecord | null> {
  const row = await readRow(db, id);
  return row && toConversation(row);
}

/** The conversation as it is at one moment: its `link` is that of entry `last_seq`. */
export async function readRow(db: Connection, id: string): Promise<ConversationRow | null> {
  if (!isConversationId(id)) return null;
  const row = await db
    .selectFrom('conversations')
    .selectAll()
    .where('id', '=', id)
    .executeTakeFirst();
  return row ?? null;
}

export async function openOf(db: Connection, ownerKey: string): Promise<ConversationRecord | null> {
  const row = await db
    .selectFrom('conversations')
    .selectAll()
    .where('owner_key', '=', ownerKey)
    .where('state', 'in', ['waiting', 'offered', 'active'])
    .executeTakeFirst();
  return row ? toConversation(row) : null;
}

/** Oldest first, `seq` > after. */
export async function entries(
  db: Connection,
  id: string,
  range: { after: number; limit: number },
): Promise<EntryRecord[]> {
  if (!isConversationId(id)) return [];
  const rows = await db
    .selectFrom('entries')
    .select(ENTRY_COLUMNS)
    .where('conversation_id', '=', id)
    .where('seq', '>', range.after)
    .orderBy('seq')
    .limit(range.limit)
    .execute();
  return rows.map(toEntry);
}

/** The newest entry of one of these kinds. */
export async function lastOf(
  db: Connection,
  id: string,
  kinds: EntryKind[],
): Promise<EntryRecord | null> {
  if (!isConversationId(id)) return null;
  const row = await db
    .selectFrom('entries')
    .selectAll()
    .where('conversation_id', '=', id)
    .where('kind', 'in', kinds)
    .orderBy('seq', 'desc')
    .limit(1)
    .executeTakeFirst();
  return row ? toEntry(row) : null;
}

/** How far each log has come. */
export async function lastSeqs(db: Connection, ids: string[]): Promise<Map<string, number>> {
  const { rows } = await sql<{ id: string; last_seq: number }>`
    select id, last_seq from conversations where id = any (${ids.filter(isConversationId)}::uuid[])`.execute(
    db,
  );
  return new Map(rows.map((row) => [row.id, row.last_seq]));
}

const columns = sql.join(ENTRY_COLUMNS.map((column) => sql.ref(column)));

/** The last message of each. */
export async function previews(db: Connection, ids: string[]): Promise<Map<string, EntryRecord>> {
  const { rows } = await sql<EntryRow>`
    select e.* from unnest(${ids.filter(isConversationId)}::uuid[]) as wanted (id)
    cross join lateral (
      select ${columns} from entries where conversation_id = wanted.id and kind = 'message'
      order by seq desc limit 1
    ) e`.execute(db);
  return new Map(rows.map((row) => [row.conversation_id, toEntry(row)]));
}

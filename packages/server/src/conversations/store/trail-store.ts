/** Reads entries with their links, for the identity trail. */
import type { EntryRecord } from '../records.ts';
import {
  type Connection,
  type ConversationRow,
  ENTRY_COLUMNS,
  isConversationId,
  toEntry,
} from './rows.ts';

export interface LinkedEntry {
  entry: EntryRecord;
  link: Buffer;
}

/** The conversation as it is at one moment: its head is the link of entry `last_seq`. */
export async function readHead(db: Connection, id: string): Promise<ConversationRow | null> {
  if (!isConversationId(id)) return null;
  const row = await db
    .selectFrom('conversations')
    .selectAll()
    .where('id', '=', id)
    .executeTakeFirst();
  return row ?? null;
}

/** Oldest first, `seq` > after and at most `last`. */
export async function linkedEntries(
  db: Connection,
  id: string,
  range: { after: number; last: number; limit: number },
): Promise<LinkedEntry[]> {
  const rows = await db
    .selectFrom('entries')
    .select([...ENTRY_COLUMNS, 'link'])
    .where('conversation_id', '=', id)
    .where('seq', '>', range.after)
    .where('seq', '<=', range.last)
    .orderBy('seq')
    .limit(range.limit)
    .execute();
  return rows.map(({ link, ...row }) => ({ entry: toEntry(row), link }));
}

/** Reads entries with their links, for the identity trail. */
import type { EntryRecord } from '../records.ts';
import { type Connection, ENTRY_COLUMNS, toEntry } from './rows.ts';

export interface LinkedEntry {
  entry: EntryRecord;
  link: Buffer;
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

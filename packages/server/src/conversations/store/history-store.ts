/**
 * What customers may see. `customer_seq` numbers it without gaps in each conversation: a total is a number
 * on the conversation, and a page, however deep, is a range of the primary key.
 */
import { sql } from 'kysely';
import type { EntryRecord } from '../records.ts';
import {
  type Connection,
  ENTRY_COLUMNS,
  type EntryRow,
  isConversationId,
  toEntry,
} from './rows.ts';

interface Extent {
  id: string;
  visible: number;
  /** Entries of the company alone. */
  hidden: number;
}

const columns = sql.join(ENTRY_COLUMNS.map((column) => sql.ref(column)));

/** Newest first: conversations by when they were opened, entries by `seq`. */
export async function history(
  db: Connection,
  ids: string[],
  page: { offset: number; limit: number },
): Promise<{ entries: EntryRecord[]; total: number }> {
  const extents = await extentsOf(db, ids.filter(isConversationId));
  const total = extents.reduce((sum, { visible }) => sum + visible, 0);
  const ranges = rangesOf(extents, page);
  if (ranges.length === 0) return { entries: [], total };
  const { rows } = await sql<EntryRow>`
    select e.* from
      unnest(${ranges.map(({ id }) => id)}::uuid[], ${ranges.map(({ from }) => from)}::int[],
             ${ranges.map(({ to }) => to)}::int[], ${ranges.map(({ hidden }) => hidden)}::int[])
        with ordinality as wanted (id, first, last, hidden, place)
    cross join lateral (
      select ${columns} from entries
      where conversation_id = wanted.id
        and seq between wanted.first and wanted.last + wanted.hidden
        and customer_seq between wanted.first and wanted.last
    ) e
    order by wanted.place, e.seq desc`.execute(db);
  return { entries: rows.map(toEntry), total };
}

async function extentsOf(db: Connection, ids: string[]): Promise<Extent[]> {
  const { rows } = await sql<Extent>`
    select id, customer_seq as visible, last_seq - customer_seq as hidden
    from conversations where id = any (${ids}::uuid[])
    order by opened_at desc, id desc`.execute(db);
  return rows;
}

/** The part of each conversation that is on the page, as numbers of `customer_seq`, both included. */
export function rangesOf(
  extents: Extent[],
  { offset, limit }: { offset: number; limit: number },
): { id: string; from: number; to: number; hidden: number }[] {
  let before = 0;
  const ranges = extents.map(({ id, visible, hidden }) => {
    const to = visible - Math.max(0, offset - before);
    const from = Math.max(1, visible - (offset + limit - before) + 1);
    before += visible;
    return { id, from, to, hidden };
  });
  return ranges.filter(({ from, to }) => from <= to);
}

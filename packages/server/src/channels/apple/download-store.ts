import { type Kysely, sql } from 'kysely';
import type { Database } from '../../platform/index.ts';

interface DownloadTable {
  id: string;
  account_id: string;
  opaque_id: string;
  message_id: string;
  place: number;
  sealed: string;
  tries: number;
  next_try_at: number;
  created_at: number;
}
type Tables = { apple_downloads: DownloadTable };

/** Something to be fetched from Apple. `sealed` is JSON of a `Wanted`. */
export interface DownloadRecord {
  id: string;
  accountId: string;
  opaqueId: string;
  messageId: string;
  place: number;
  sealed: string;
  tries: number;
}

const toRecord = (row: DownloadTable): DownloadRecord => ({
  id: row.id,
  accountId: row.account_id,
  opaqueId: row.opaque_id,
  messageId: row.message_id,
  place: row.place,
  sealed: row.sealed,
  tries: row.tries,
});

export function downloadStore(database: Pick<Database, 'kysely'>) {
  const db: Kysely<Tables> = database.kysely.withTables<Tables>();
  return {
    /** Each once, however often its message comes. */
    async add(downloads: Omit<DownloadRecord, 'tries'>[], now: number): Promise<void> {
      if (downloads.length === 0) return;
      const rows = downloads.map((item) => ({
        id: item.id,
        account_id: item.accountId,
        opaque_id: item.opaqueId,
        message_id: item.messageId,
        place: item.place,
        sealed: item.sealed,
        tries: 0,
        next_try_at: now,
        created_at: now,
      }));
      await db
        .insertInto('apple_downloads')
        .values(rows)
        .onConflict((conflict) => conflict.doNothing())
        .execute();
    },

    /** Those that are due, for this node alone until `leaseUntil`. */
    async claim(now: number, leaseUntil: number, limit: number): Promise<DownloadRecord[]> {
      const due = db
        .selectFrom('apple_downloads')
        .select('id')
        .where('next_try_at', '<=', now)
        .orderBy('next_try_at')
        .limit(limit)
        .forUpdate()
        .skipLocked();
      const rows = await db
        .updateTable('apple_downloads')
        .set({ next_try_at: leaseUntil, tries: sql`tries + 1` })
        .where('id', 'in', due)
        .returningAll()
        .execute();
      return rows.map(toRecord).sort((a, b) => a.place - b.place);
    },

    async tryAgain(id: string, nextTryAt: number): Promise<void> {
      await db
        .updateTable('apple_downloads')
        .set({ next_try_at: nextTryAt })
        .where('id', '=', id)
        .execute();
    },

    async done(id: string): Promise<void> {
      await db.deleteFrom('apple_downloads').where('id', '=', id).execute();
    },
  };
}
export type DownloadStore = ReturnType<typeof downloadStore>;

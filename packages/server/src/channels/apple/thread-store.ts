import { type Kysely, sql, type Transaction } from 'kysely';
import type { Database } from '../../platform/index.ts';

interface ThreadTable {
  conversation_id: string;
  account_id: string;
  opaque_id: string;
  is_open: boolean;
  sent_seq: number;
  sent_part: number;
  tries: number;
  first_try_at: number | null;
  next_try_at: number;
  lease_until: number;
  typing_at: number;
  last_error: string | null;
}
type Tables = { apple_threads: ThreadTable };

/** How far a conversation has been sent. Times are ms since the epoch. */
export interface ThreadRecord {
  conversationId: string;
  accountId: string;
  opaqueId: string;
  /** All up to here has been sent or given up. */
  sentSeq: number;
  /** So many parts of the next entry have been sent. */
  sentPart: number;
  /** Of the part that is under way. */
  tries: number;
  firstTryAt: number | null;
  nextTryAt: number;
  leaseUntil: number;
}

const toRecord = (row: ThreadTable): ThreadRecord => ({
  conversationId: row.conversation_id,
  accountId: row.account_id,
  opaqueId: row.opaque_id,
  sentSeq: row.sent_seq,
  sentPart: row.sent_part,
  tries: row.tries,
  firstTryAt: row.first_try_at,
  nextTryAt: row.next_try_at,
  leaseUntil: row.lease_until,
});

/** In the transaction that opens the conversation: neither is there without the other. */
export async function insertThread(
  transaction: Transaction<unknown>,
  thread: Pick<ThreadRecord, 'conversationId' | 'accountId' | 'opaqueId'>,
): Promise<void> {
  await sql`
    insert into apple_threads (conversation_id, account_id, opaque_id)
    values (${thread.conversationId}, ${thread.accountId}, ${thread.opaqueId})`.execute(
    transaction,
  );
}

export function threadStore(database: Pick<Database, 'kysely'>) {
  const db: Kysely<Tables> = database.kysely.withTables<Tables>();
  const of = (id: string) => db.updateTable('apple_threads').where('conversation_id', '=', id);
  return {
    async read(conversationId: string): Promise<ThreadRecord | null> {
      const row = await db
        .selectFrom('apple_threads')
        .selectAll()
        .where('conversation_id', '=', conversationId)
        .executeTakeFirst();
      return row ? toRecord(row) : null;
    },

    /** Those that something may yet be sent in. */
    async open(): Promise<ThreadRecord[]> {
      const rows = await db.selectFrom('apple_threads').selectAll().where('is_open', '=', true);
      return (await rows.execute()).map(toRecord);
    },

    /** For this node alone until `leaseUntil`; null: not due, or another node has it. */
    async claim(id: string, now: number, leaseUntil: number): Promise<ThreadRecord | null> {
      const row = await of(id)
        .set({ lease_until: leaseUntil })
        .where('is_open', '=', true)
        .where('lease_until', '<=', now)
        .where('next_try_at', '<=', now)
        .returningAll()
        .executeTakeFirst();
      return row ? toRecord(row) : null;
    },

    async renew(id: string, leaseUntil: number): Promise<void> {
      await of(id).set({ lease_until: leaseUntil }).execute();
    },

    /** What comes next begins its tries anew. */
    async sent(id: string, sentSeq: number, sentPart: number): Promise<void> {
      await of(id)
        .set({ sent_seq: sentSeq, sent_part: sentPart, tries: 0, first_try_at: null })
        .execute();
    },

    async tryAgain(
      id: string,
      later: { tries: number; firstTryAt: number; nextTryAt: number; error: string },
    ): Promise<void> {
      const { tries, firstTryAt, nextTryAt, error } = later;
      await of(id)
        .set({ tries, first_try_at: firstTryAt, next_try_at: nextTryAt, last_error: error })
        .execute();
    },

    async release(id: string, { isOpen }: { isOpen: boolean }): Promise<void> {
      await of(id).set({ lease_until: 0, is_open: isOpen }).execute();
    },

    /** Whether nobody has told of typing since `before`: of several nodes one does. */
    async mayType(id: string, now: number, before: number): Promise<boolean> {
      const { numUpdatedRows } = await of(id)
        .set({ typing_at: now })
        .where('is_open', '=', true)
        .where('typing_at', '<=', before)
        .executeTakeFirstOrThrow();
      return numUpdatedRows === 1n;
    },

    /** Whether typing was told of and not ended: of several nodes one ends it. */
    async mayEndTyping(id: string): Promise<boolean> {
      const { numUpdatedRows } = await of(id)
        .set({ typing_at: 0 })
        .where('is_open', '=', true)
        .where('typing_at', '>', 0)
        .executeTakeFirstOrThrow();
      return numUpdatedRows === 1n;
    },
  };
}
export type ThreadStore = ReturnType<typeof threadStore>;

import { type Kysely, sql, type Transaction } from 'kysely';
import type { Database } from '../platform/index.ts';

interface DeliveryTable {
  id: string;
  webhook_id: string;
  event: string;
  conversation_id: string | null;
  seq: number | null;
  created_at: number;
  state: 'pending' | 'delivered' | 'failed';
  tries: number;
  next_try_at: number | null;
  last_try_at: number | null;
  last_status: number | null;
  last_error: string | null;
  duration_ms: number | null;
}
type Tables = { webhook_deliveries: DeliveryTable };

export interface NewDelivery {
  id: string;
  webhookId: string;
  event: string;
  conversationId: string | null;
  seq: number | null;
}

/** Times are ms since the epoch. */
export interface DeliveryRecord extends NewDelivery {
  createdAt: number;
  state: 'pending' | 'delivered' | 'failed';
  tries: number;
  nextTryAt: number | null;
  lastStatus: number | null;
  lastError: string | null;
  durationMs: number | null;
}

export interface Tried {
  state: 'pending' | 'delivered' | 'failed';
  nextTryAt: number | null;
  status: number | null;
  error: string | null;
  durationMs: number;
}

const toRecord = (row: DeliveryTable): DeliveryRecord => ({
  id: row.id,
  webhookId: row.webhook_id,
  event: row.event,
  conversationId: row.conversation_id,
  seq: row.seq,
  createdAt: row.created_at,
  state: row.state,
  tries: row.tries,
  nextTryAt: row.next_try_at,
  lastStatus: row.last_status,
  lastError: row.last_error,
  durationMs: row.duration_ms,
});

export async function insertDeliveries(
  transaction: Transaction<unknown>,
  deliveries: NewDelivery[],
  now: number,
): Promise<void> {
  await insert(transaction.withTables<Tables>(), deliveries, now);
}

async function insert(db: Kysely<Tables>, deliveries: NewDelivery[], now: number): Promise<void> {
  const rows = deliveries.map((item) => ({
    id: item.id,
    webhook_id: item.webhookId,
    event: item.event,
    conversation_id: item.conversationId,
    seq: item.seq,
    created_at: now,
    state: 'pending' as const,
    tries: 0,
    next_try_at: now,
    last_try_at: null,
    last_status: null,
    last_error: null,
    duration_ms: null,
  }));
  await db.insertInto('webhook_deliveries').values(rows).execute();
}

export function deliveryStore(database: Database) {
  const db: Kysely<Tables> = database.kysely.withTables<Tables>();
  return {
    insert: (deliveries: NewDelivery[], now: number) => insert(db, deliveries, now),

    /** Those that are due, for this node alone until `leaseUntil`: a node that dies leaves them to the next. */
    async claim(
      webhookId: string,
      { now, leaseUntil, limit }: { now: number; leaseUntil: number; limit: number },
    ): Promise<DeliveryRecord[]> {
      const due = db
        .selectFrom('webhook_deliveries')
        .select('id')
        .where('webhook_id', '=', webhookId)
        .where('next_try_at', '<=', now)
        .orderBy('next_try_at')
        .limit(limit)
        .forUpdate()
        .skipLocked();
      const rows = await db
        .updateTable('webhook_deliveries')
        .set({ next_try_at: leaseUntil, last_try_at: now, tries: sql`tries + 1` })
        .where('id', 'in', due)
        .returningAll()
        .execute();
      return rows.map(toRecord).sort((a, b) => a.createdAt - b.createdAt);
    },

    async tried(id: string, { state, nextTryAt, status, error, durationMs }: Tried): Promise<void> {
      await db
        .updateTable('webhook_deliveries')
        .set({
          state,
          next_try_at: nextTryAt,
          last_status: status,
          last_error: error,
          duration_ms: durationMs,
        })
        .where('id', '=', id)
        .execute();
    },

    /** The receiver wants no more: what still waits for it is given up. */
    async giveUp(webhookId: string, error: string): Promise<void> {
      await db
        .updateTable('webhook_deliveries')
        .set({ state: 'failed', next_try_at: null, last_error: error })
        .where('webhook_id', '=', webhookId)
        .where('state', '=', 'pending')
        .execute();
    },

    /** What waits for any webhook but these. */
    async giveUpOthers(webhookIds: string[], error: string): Promise<void> {
      await db
        .updateTable('webhook_deliveries')
        .set({ state: 'failed', next_try_at: null, last_error: error })
        .where('next_try_at', 'is not', null)
        .$if(webhookIds.length > 0, (query) => query.where('webhook_id', 'not in', webhookIds))
        .execute();
    },

    /** Tried again at once, with the same id; false: there is none. */
    async resend(id: string, now: number): Promise<boolean> {
      const { numUpdatedRows } = await db
        .updateTable('webhook_deliveries')
        .set({ state: 'pending', next_try_at: now, tries: 0 })
        .where('id', '=', id)
        .executeTakeFirstOrThrow();
      return numUpdatedRows === 1n;
    },

    async read(id: string): Promise<DeliveryRecord | null> {
      const row = await db
        .selectFrom('webhook_deliveries')
        .selectAll()
        .where('id', '=', id)
        .executeTakeFirst();
      return row ? toRecord(row) : null;
    },

    /** Newest first, before `cursor` (an id, which counts up with time). */
    async list(webhookId: string, limit: number, cursor?: string): Promise<DeliveryRecord[]> {
      const rows = await db
        .selectFrom('webhook_deliveries')
        .selectAll()
        .where('webhook_id', '=', webhookId)
        .$if(cursor !== undefined, (query) => query.where('id', '<', cursor ?? ''))
        .orderBy('id', 'desc')
        .limit(limit)
        .execute();
      return rows.map(toRecord);
    },

    async statuses(): Promise<
      {
        webhookId: string;
        pending: number;
        lastSuccess: number | null;
        lastFailure: number | null;
      }[]
    > {
      const { rows } = await sql<{
        webhookId: string;
        pending: number;
        lastSuccess: number | null;
        lastFailure: number | null;
      }>`
        select webhook_id as "webhookId", count(*) filter (where state = 'pending')::int as pending,
               max(last_try_at) filter (where state = 'delivered') as "lastSuccess",
               max(last_try_at) filter (where last_error is not null) as "lastFailure"
        from webhook_deliveries group by webhook_id`.execute(db);
      return rows;
    },

    async forget(before: number): Promise<void> {
      await db.deleteFrom('webhook_deliveries').where('created_at', '<', before).execute();
    },
  };
}
export type DeliveryStore = ReturnType<typeof deliveryStore>;

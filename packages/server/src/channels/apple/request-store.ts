import { type Kysely, sql } from 'kysely';
import type { Database } from '../../platform/index.ts';
import type { CustomerKey } from './customer-store.ts';

interface RequestTable {
  request_identifier: string;
  account_id: string;
  opaque_id: string;
  type: string;
  options: Option[];
  asked_at: number;
}
type Tables = { apple_requests: RequestTable };

/** What a customer can choose. */
export interface Option {
  identifier: string;
  title: string;
}

/** A bubble that asks, as it was sent to one customer. */
export interface AskedRequest {
  requestIdentifier: string;
  type: string;
  options: Option[];
}

export function requestStore(database: Pick<Database, 'kysely'>) {
  const db: Kysely<Tables> = database.kysely.withTables<Tables>();
  return {
    /** Written before it is sent; a retry finds it there. */
    async add(key: CustomerKey, asked: AskedRequest, now: number): Promise<void> {
      await db
        .insertInto('apple_requests')
        .values({
          request_identifier: asked.requestIdentifier,
          account_id: key.accountId,
          opaque_id: key.opaqueId,
          type: asked.type,
          options: sql<Option[]>`${JSON.stringify(asked.options)}::jsonb`,
          asked_at: now,
        })
        .onConflict((conflict) => conflict.doNothing())
        .execute();
    },

    /** Null: this was never asked of this customer. */
    async find(key: CustomerKey, requestIdentifier: string): Promise<AskedRequest | null> {
      const row = await db
        .selectFrom('apple_requests')
        .select(['type', 'options'])
        .where('request_identifier', '=', requestIdentifier)
        .where('account_id', '=', key.accountId)
        .where('opaque_id', '=', key.opaqueId)
        .executeTakeFirst();
      return row ? { requestIdentifier, ...row } : null;
    },

    async forget(before: number): Promise<void> {
      await db.deleteFrom('apple_requests').where('asked_at', '<', before).execute();
    },
  };
}
export type RequestStore = ReturnType<typeof requestStore>;

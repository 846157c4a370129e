import type { Kysely } from 'kysely';
import type { Database } from '../../platform/index.ts';

interface ReceivedTable {
  account_id: string;
  key: string;
  received_at: number;
}
type Tables = { apple_received: ReceivedTable };

/** What has been received, so that it counts once (§3.3 step 8). */
export function receivedStore(database: Pick<Database, 'kysely'>) {
  const db: Kysely<Tables> = database.kysely.withTables<Tables>();
  return {
    async hasAny(accountId: string, keys: string[]): Promise<boolean> {
      const row = await db
        .selectFrom('apple_received')
        .select('key')
        .where('account_id', '=', accountId)
        .where('key', 'in', keys)
        .limit(1)
        .executeTakeFirst();
      return row !== undefined;
    },

    async add(accountId: string, keys: string[], now: number): Promise<void> {
      await db
        .insertInto('apple_received')
        .values(keys.map((key) => ({ account_id: accountId, key, received_at: now })))
        .onConflict((conflict) => conflict.doNothing())
        .execute();
    },

    async forget(before: number): Promise<void> {
      await db.deleteFrom('apple_received').where('received_at', '<', before).execute();
    },
  };
}
export type ReceivedStore = ReturnType<typeof receivedStore>;

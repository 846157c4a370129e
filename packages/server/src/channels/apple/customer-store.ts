import { type Kysely, sql } from 'kysely';
import type { Database } from '../../platform/index.ts';

interface CustomerTable {
  account_id: string;
  opaque_id: string;
  capabilities: string[];
  closed_at: number | null;
  refused_at: number | null;
  heard_at: number;
}
type Tables = { apple_customers: CustomerTable };

export interface CustomerKey {
  accountId: string;
  opaqueId: string;
}

export interface CustomerState {
  /** Tokens of §3.4 in capitals, as the device last listed them. */
  capabilities: string[];
  /** Nothing is sent until they write again: they have closed, or Apple does not know them. */
  isSilent: 'closed' | 'refused' | null;
}

const UNHEARD: CustomerState = { capabilities: [], isSilent: null };

export function customerStore(database: Pick<Database, 'kysely'>) {
  const db: Kysely<Tables> = database.kysely.withTables<Tables>();
  const of = ({ accountId, opaqueId }: CustomerKey) =>
    db
      .updateTable('apple_customers')
      .where('account_id', '=', accountId)
      .where('opaque_id', '=', opaqueId);
  return {
    async read({ accountId, opaqueId }: CustomerKey): Promise<CustomerState> {
      const row = await db
        .selectFrom('apple_customers')
        .select(['capabilities', 'closed_at', 'refused_at'])
        .where('account_id', '=', accountId)
        .where('opaque_id', '=', opaqueId)
        .executeTakeFirst();
      if (!row) return UNHEARD;
      const silent = row.refused_at !== null ? ('refused' as const) : null;
      const isSilent = row.closed_at !== null ? ('closed' as const) : silent;
      return { capabilities: row.capabilities, isSilent };
    },

    /** `writes`: what they have said, and not only done, opens them to messages again. */
    async heard(
      { accountId, opaqueId }: CustomerKey,
      { capabilities, writes, now }: { capabilities: string[]; writes: boolean; now: number },
    ): Promise<void> {
      const opened = writes ? { closed_at: null, refused_at: null } : {};
      await db
        .insertInto('apple_customers')
        .values({
          ...{ account_id: accountId, opaque_id: opaqueId, closed_at: null, refused_at: null },
          capabilities: sql<string[]>`${capabilities}::text[]`,
          heard_at: now,
        })
        .onConflict((conflict) =>
          conflict.columns(['account_id', 'opaque_id']).doUpdateSet({
            capabilities: sql<string[]>`excluded.capabilities`,
            heard_at: now,
            ...opened,
          }),
        )
        .execute();
    },

    async close(key: CustomerKey, now: number): Promise<void> {
      await of(key).set({ closed_at: now }).execute();
    },

    async refuse(key: CustomerKey, now: number): Promise<void> {
      await of(key).set({ refused_at: now }).execute();
    },
  };
}
export type CustomerStore = ReturnType<typeof customerStore>;

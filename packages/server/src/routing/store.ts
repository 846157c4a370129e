import type { Presence } from '@countersign/protocol';
import { type Kysely, sql, type Transaction } from 'kysely';
import type { Database } from '../platform/index.ts';

type AgentsTable = {
  id: string;
  presence: Presence;
  seen_at: Date;
  idle_since: Date;
  last_offered_at: Date | null;
};
type Tables = { agents: AgentsTable };

export interface AgentRow {
  id: string;
  presence: Presence;
  /** Ms since the epoch. */
  idleSince: number;
  /** Ms since the epoch; 0: never. */
  lastOfferedAt: number;
}

const toRow = (row: AgentsTable): AgentRow => ({
  id: row.id,
  presence: row.presence,
  idleSince: row.idle_since.getTime(),
  lastOfferedAt: row.last_offered_at?.getTime() ?? 0,
});

/** How agents stand: presence and turns. What they have on their hands is in the conversations. */
export function agentStore(database: Database) {
  const db: Kysely<Tables> = database.kysely.withTables<Tables>();
  return {
    async setPresence(id: string, presence: Presence): Promise<void> {
      await db
        .insertInto('agents')
        .values({
          id,
          presence,
          seen_at: sql`now()`,
          idle_since: sql`now()`,
          last_offered_at: null,
        })
        .onConflict((conflict) =>
          conflict
            .column('id')
            .doUpdateSet({ presence, seen_at: sql`now()`, idle_since: sql`now()` }),
        )
        .execute();
    },

    async seen(id: string): Promise<void> {
      await db.updateTable('agents').set({ seen_at: sql`now()` }).where('id', '=', id).execute();
    },

    async read(ids: string[]): Promise<AgentRow[]> {
      if (ids.length === 0) return [];
      return (await db.selectFrom('agents').selectAll().where('id', 'in', ids).execute()).map(
        toRow,
      );
    },

    /** Those of `ids` that are available, locked in id order so that two offers cannot overfill one. */
    async lockAvailable(ids: string[], transaction: Transaction<unknown>): Promise<AgentRow[]> {
      if (ids.length === 0) return [];
      const rows = await transaction
        .withTables<Tables>()
        .selectFrom('agents')
        .selectAll()
        .where('id', 'in', ids)
        .where('presence', '=', 'available')
        .orderBy('id')
        .forUpdate()
        .execute();
      return rows.map(toRow);
    },

    async offered(id: string, transaction: Transaction<unknown>): Promise<void> {
      await transaction
        .withTables<Tables>()
        .updateTable('agents')
        .set({ last_offered_at: sql`clock_timestamp()` })
        .where('id', '=', id)
        .execute();
    },

    async freed(id: string): Promise<void> {
      await db.updateTable('agents').set({ idle_since: sql`now()` }).where('id', '=', id).execute();
    },

    /** Agents whose screens have not been seen for this long become offline; answers who. */
    async leaveUnseen(seconds: number): Promise<string[]> {
      const rows = await db
        .updateTable('agents')
        .set({ presence: 'offline' })
        .where('presence', '!=', 'offline')
        .where('seen_at', '<', sql<Date>`now() - make_interval(secs => ${seconds})`)
        .returning('id')
        .execute();
      return rows.map((row) => row.id);
    },

    async available(): Promise<string[]> {
      const rows = await db
        .selectFrom('agents')
        .select('id')
        .where('presence', '=', 'available')
        .execute();
      return rows.map((row) => row.id);
    },
  };
}
export type AgentStore = ReturnType<typeof agentStore>;

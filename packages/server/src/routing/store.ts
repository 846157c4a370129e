import type { Presence } from '@countersign/protocol';
import { type Kysely, sql, type Transaction } from 'kysely';
import type { Database } from '../platform/index.ts';

type AgentsTable = {
  id: string;
  /** As chosen. */
  presence: Presence;
  idle_since: number;
  left_at: number | null;
};
type TurnsTable = { queue_id: string; agent_id: string; turn: number };
type Tables = { agents: AgentsTable; queue_turns: TurnsTable };

/** Times are ms since the epoch. */
export interface AgentRow {
  id: string;
  /** As chosen. */
  presence: Presence;
  idleSince: number;
  /** When the last of its screens closed; null: one is open, or it has never had one. */
  leftAt: number | null;
}

/** Whose turn it was when, counted in each queue. */
export interface Turn {
  queueId: string;
  agentId: string;
  turn: number;
}

const toRow = (row: AgentsTable): AgentRow => ({
  id: row.id,
  presence: row.presence,
  idleSince: row.idle_since,
  leftAt: row.left_at,
});

/** How agents stand: presence and turns. What they have on their hands is in the conversations. */
export function agentStore(database: Pick<Database, 'kysely'>) {
  const db: Kysely<Tables> = database.kysely.withTables<Tables>();
  return {
    /** Whoever says how they are is there. */
    async setPresence(id: string, presence: Presence, now: number): Promise<void> {
      const row = { presence, idle_since: now, left_at: null };
      await db
        .insertInto('agents')
        .values({ id, ...row })
        .onConflict((conflict) => conflict.column('id').doUpdateSet(row))
        .execute();
    },

    async read(ids: string[]): Promise<AgentRow[]> {
      if (ids.length === 0) return [];
      return (await db.selectFrom('agents').selectAll().where('id', 'in', ids).execute()).map(
        toRow,
      );
    },

    /** Those of `ids` that are available, locked in id order so that two offers cannot overfill one. */
    async lockAvailable(ids: string[], transaction: Transaction<unknown>): Promise<AgentRow[]> {
      const { rows } = await sql<AgentsTable>`
        select * from agents
        where id = any (${ids}::uuid[]) and presence = 'available' and left_at is null
        order by id for update`.execute(transaction);
      return rows.map(toRow);
    },

    async turns(queueIds: string[], transaction: Transaction<unknown>): Promise<Turn[]> {
      const { rows } = await sql<Turn>`
        select queue_id as "queueId", agent_id as "agentId", turn from queue_turns
        where queue_id = any (${queueIds})`.execute(transaction);
      return rows;
    },

    /** Writes whose turn it was, and that they are idle no longer. */
    async offered(turns: Turn[], now: number, transaction: Transaction<unknown>): Promise<void> {
      const agentIds = turns.map(({ agentId }) => agentId);
      await sql`update agents set idle_since = ${now} where id = any (${agentIds}::uuid[])`.execute(
        transaction,
      );
      await sql`
        insert into queue_turns (queue_id, agent_id, turn)
        select * from unnest(${turns.map(({ queueId }) => queueId)}::text[], ${agentIds}::uuid[],
                             ${turns.map(({ turn }) => turn)}::bigint[])
        on conflict (queue_id, agent_id) do update set turn = excluded.turn`.execute(transaction);
    },

    async freed(id: string, now: number): Promise<void> {
      await db.updateTable('agents').set({ idle_since: now }).where('id', '=', id).execute();
    },

    async available(): Promise<string[]> {
      const rows = await db
        .selectFrom('agents')
        .select('id')
        .where('presence', '=', 'available')
        .where('left_at', 'is', null)
        .execute();
      return rows.map((row) => row.id);
    },
  };
}
export type AgentStore = ReturnType<typeof agentStore>;

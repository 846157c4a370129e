/** Which agents have a screen open, on which node, and who has left. Times are ms since the epoch. */
import { sql } from 'kysely';
import type { Database } from '../platform/index.ts';

export function screenStore({ kysely: db }: Pick<Database, 'kysely'>) {
  return {
    /** These agents have screens on this node; answers whose return that is. */
    async open(agentIds: string[], nodeId: string, now: number): Promise<string[]> {
      await sql`
        insert into agent_screens (agent_id, node_id, seen_at)
        select agent, ${nodeId}::uuid, ${now}::bigint from unnest(${agentIds}::uuid[]) as t (agent)
        on conflict (agent_id, node_id) do update set seen_at = excluded.seen_at`.execute(db);
      const { rows } = await sql<{ id: string }>`
        update agents set left_at = null
        where id = any (${agentIds}::uuid[]) and left_at is not null returning id`.execute(db);
      return rows.map(({ id }) => id);
    },

    /** True: it was the last one on any node, and the agent has left. */
    async close(agentId: string, nodeId: string, now: number): Promise<boolean> {
      await sql`
        delete from agent_screens where agent_id = ${agentId} and node_id = ${nodeId}`.execute(db);
      return (await leave(sql`id = ${agentId}`, now)).length > 0;
    },

    /** Screens of nodes that have not renewed them since then are gone; answers whose last that was. */
    async leaveUnseen(seenBefore: number, now: number): Promise<string[]> {
      const { rows } = await sql<{ id: string }>`
        delete from agent_screens where seen_at < ${seenBefore} returning agent_id as id`.execute(
        db,
      );
      const gone = [...new Set(rows.map(({ id }) => id))];
      return gone.length === 0 ? [] : leave(sql`id = any (${gone}::uuid[])`, now);
    },

    /** Who has left, since when. */
    async left(): Promise<{ id: string; leftAt: number }[]> {
      const { rows } = await sql<{ id: string; leftAt: number }>`
        select id, left_at as "leftAt" from agents where left_at is not null`.execute(db);
      return rows;
    },

    /** They have not come back in time: offline, until they choose otherwise. */
    async giveUp(agentId: string, leftBefore: number): Promise<boolean> {
      const { rows } = await sql`
        update agents set presence = 'offline', left_at = null
        where id = ${agentId} and left_at <= ${leftBefore} returning id`.execute(db);
      return rows.length > 0;
    },
  };

  async function leave(who: ReturnType<typeof sql>, now: number): Promise<string[]> {
    const { rows } = await sql<{ id: string }>`
      update agents set left_at = ${now}
      where ${who} and left_at is null
        and not exists (select from agent_screens where agent_id = agents.id)
      returning id`.execute(db);
    return rows.map(({ id }) => id);
  }
}
export type ScreenStore = ReturnType<typeof screenStore>;

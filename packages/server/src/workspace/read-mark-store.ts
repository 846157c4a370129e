import { type Kysely, sql } from 'kysely';
import type { Database } from '../platform/index.ts';

type Tables = { read_marks: { agent_id: string; conversation_id: string; seq: number } };

/** Up to which entry each agent has read each conversation. */
export interface ReadMarks {
  /** For all of `conversationIds`; 0: nothing was read. */
  of(agentId: string, conversationIds: string[]): Promise<Map<string, number>>;
  /** Never goes back. */
  read(agentId: string, conversationId: string, seq: number): Promise<void>;
}

export function readMarkStore(database: Pick<Database, 'kysely'>): ReadMarks {
  const db: Kysely<Tables> = database.kysely.withTables<Tables>();
  return {
    async of(agentId, conversationIds) {
      const marks = new Map(conversationIds.map((id) => [id, 0]));
      const { rows } = await sql<{ conversation_id: string; seq: number }>`
        select conversation_id, seq from read_marks
        where agent_id = ${agentId} and conversation_id = any (${conversationIds}::uuid[])`.execute(
        db,
      );
      for (const { conversation_id: id, seq } of rows) marks.set(id, seq);
      return marks;
    },
    async read(agentId, conversationId, seq) {
      await sql`
        insert into read_marks (agent_id, conversation_id, seq)
        values (${agentId}, ${conversationId}, ${seq})
        on conflict (agent_id, conversation_id) do update set seq = excluded.seq
        where excluded.seq > read_marks.seq`.execute(db);
    },
  };
}

import { type Kysely, sql } from 'kysely';

/**
 * One index for each way in which a view of the inbox is sorted. All hold what is open alone, and end
 * with what the order is made of; `store/inbox-store.ts` says its conditions in the same words.
 */
export async function addInboxIndexes(db: Kysely<unknown>): Promise<void> {
  for (const [name, definition] of Object.entries(indexes)) {
    await sql`${sql.raw(`create index ${name} on conversations ${definition}`)}`.execute(db);
  }
}

const RANK = 'coalesce(priority, 2147483647)';

const indexes: Record<string, string> = {
  conversations_queue_rank: `(queue_id, (${RANK}), opened_at, id) where state <> 'closed'`,
  conversations_identity: `(queue_id, identity_state, opened_at, id) where state <> 'closed'`,
  conversations_identity_rank: `(queue_id, identity_state, (${RANK}), opened_at, id)
    where state <> 'closed'`,
  conversations_unassigned: `(queue_id, opened_at, id) where state in ('waiting', 'offered')`,
  conversations_unassigned_rank: `(queue_id, (${RANK}), opened_at, id)
    where state in ('waiting', 'offered')`,
};

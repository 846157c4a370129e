import { sql } from 'kysely';
import type { Connection } from './rows.ts';

/** A conversation of one of these deployments whose customer has been proven; null: there is none. */
export async function anyVerified(db: Connection, deploymentIds: string[]): Promise<string | null> {
  const { rows } = await sql<{ id: string }>`
    select id from conversations
    where deployment_id = any(${deploymentIds}) and identity_state in ('verified', 'lapsed')
    limit 1`.execute(db);
  return rows[0]?.id ?? null;
}

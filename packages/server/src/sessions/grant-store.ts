import { type Kysely, sql } from 'kysely';
import type { ProvenIdentity } from '../identity/index.ts';
import type { Grant } from './records.ts';

type Connection = Kysely<unknown>;

interface GrantRow {
  id: string;
  deployment_id: string;
  identity: ProvenIdentity;
  contact_id: string;
}

const toGrant = (row: GrantRow): Grant => ({
  id: row.id,
  deploymentId: row.deployment_id,
  identity: row.identity,
  contactId: row.contact_id,
});

export async function insertGrant(
  db: Connection,
  grant: Grant,
  times: { now: number; expiresAt: number },
  refreshHash: Buffer | null,
): Promise<void> {
  const { settingId, subject } = grant.identity;
  await sql`
    insert into grants (id, deployment_id, setting_id, subject, identity, contact_id, created_at,
                        refresh_hash, expires_at)
    values (${grant.id}, ${grant.deploymentId}, ${settingId}, ${subject},
            ${JSON.stringify(grant.identity)}, ${grant.contactId}, ${times.now}, ${refreshHash},
            ${times.expiresAt})`.execute(db);
}

export async function readGrant(db: Connection, id: string): Promise<Grant | null> {
  const { rows } = await sql<GrantRow>`
    select id, deployment_id, identity, contact_id from grants
    where id = ${id} and revoked_at is null`.execute(db);
  return rows[0] ? toGrant(rows[0]) : null;
}

export async function grantOfRefreshToken(
  db: Connection,
  hash: Buffer,
  now: number,
): Promise<Grant | null> {
  const { rows } = await sql<GrantRow>`
    select id, deployment_id, identity, contact_id from grants
    where refresh_hash = ${hash} and revoked_at is null and expires_at > ${now}`.execute(db);
  return rows[0] ? toGrant(rows[0]) : null;
}

/**
 * Ends every sign-in of this person on the deployment, and every session of them; answers the sessions.
 * The sign-ins first: a session that is being made holds its own until it is there to be found.
 */
export async function revokePerson(db: Connection, grant: Grant, now: number): Promise<string[]> {
  const { settingId, subject } = grant.identity;
  return db.transaction().execute(async (transaction) => {
    await sql`update grants set revoked_at = ${now} where id in
      (select id from grants where deployment_id = ${grant.deploymentId}
         and setting_id = ${settingId} and subject = ${subject} and revoked_at is null
       order by id for update)`.execute(transaction);
    const { rows } = await sql<{ id: string }>`
      update sessions set ended_at = ${now}, end_reason = 'logout'
      where deployment_id = ${grant.deploymentId} and setting_id = ${settingId}
        and subject = ${subject} and ended_at is null
      returning id`.execute(transaction);
    return rows.map(({ id }) => id);
  });
}

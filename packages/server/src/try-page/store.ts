import { type Kysely, sql } from 'kysely';

export interface StoredSignIn {
  stateHash: Buffer;
  browserHash: Buffer;
  userId: string;
  deploymentId: string;
  /** Sealed. */
  secrets: string;
  expiresAt: number;
}

/** Those that nobody came back from go with it. */
export async function keepSignIn(
  db: Kysely<unknown>,
  signIn: StoredSignIn,
  now: number,
): Promise<void> {
  const { stateHash, browserHash, userId, deploymentId, secrets, expiresAt } = signIn;
  await sql`delete from try_sign_ins where expires_at <= ${now}`.execute(db);
  await sql`
    insert into try_sign_ins (state_hash, browser_hash, user_id, deployment_id, secrets, expires_at)
    values (${stateHash}, ${browserHash}, ${userId}, ${deploymentId}, ${secrets}, ${expiresAt})`.execute(
    db,
  );
}

/** Once, for the browser and the person who began it; for anybody else it stays as it is. */
export async function takeSignIn(
  db: Kysely<unknown>,
  by: Pick<StoredSignIn, 'stateHash' | 'browserHash' | 'userId'>,
  now: number,
): Promise<Pick<StoredSignIn, 'deploymentId' | 'secrets'> | null> {
  const { rows } = await sql<Pick<StoredSignIn, 'deploymentId' | 'secrets'>>`
    delete from try_sign_ins
    where state_hash = ${by.stateHash} and browser_hash = ${by.browserHash}
      and user_id = ${by.userId} and expires_at > ${now}
    returning deployment_id as "deploymentId", secrets`.execute(db);
  return rows[0] ?? null;
}

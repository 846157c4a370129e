import { type Kysely, sql } from 'kysely';

export interface StaffSession {
  id: string;
  address: string | null;
  userAgent: string | null;
  createdAt: Date;
  /** To the minute; null: not since it began. */
  lastSeenAt: Date | null;
}

/** The newest first. */
export async function listSessions(
  db: Kysely<unknown>,
  userId: string,
  now: Date,
): Promise<StaffSession[]> {
  const { rows } = await sql<StaffSession>`
    select id, nullif("ipAddress", '') as address, nullif("userAgent", '') as "userAgent",
      "createdAt", "lastSeenAt"
    from staff_sessions where "userId" = ${userId} and "expiresAt" > ${now}
    order by "createdAt" desc, id`.execute(db);
  return rows;
}

/** Of this person alone; answers whether there was one. */
export async function endSession(
  db: Kysely<unknown>,
  userId: string,
  id: string,
): Promise<boolean> {
  const { numAffectedRows } = await sql`
    delete from staff_sessions where id = ${id} and "userId" = ${userId}`.execute(db);
  return numAffectedRows === 1n;
}

/** Answers how many there were. */
export async function endOtherSessions(
  db: Kysely<unknown>,
  userId: string,
  id: string,
): Promise<number> {
  const { numAffectedRows } = await sql`
    delete from staff_sessions where "userId" = ${userId} and id <> ${id}`.execute(db);
  return Number(numAffectedRows ?? 0n);
}

export async function endSessionByToken(db: Kysely<unknown>, token: string): Promise<void> {
  await sql`delete from staff_sessions where token = ${token}`.execute(db);
}

export async function writeLastSeen(db: Kysely<unknown>, id: string, at: Date): Promise<void> {
  await sql`update staff_sessions set "lastSeenAt" = ${at} where id = ${id}`.execute(db);
}

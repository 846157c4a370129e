import { type Kysely, sql } from 'kysely';

/** What sign-in keeps of a person; `passwordHash` absent: cannot sign in with a password. */
export interface StaffRecord {
  id: string;
  email: string;
  name: string;
  passwordHash?: string;
}

/** Brings the tables of the sign-in library in line with a user, in the caller's transaction. */
export async function writeStaff(
  db: Kysely<unknown>,
  { id, email, name, passwordHash }: StaffRecord,
  at: Date,
): Promise<void> {
  await sql`
    insert into staff_users (id, name, email, "emailVerified", "createdAt", "updatedAt")
    values (${id}, ${name}, ${email}, true, ${at}, ${at})
    on conflict (id) do update
    set name = excluded.name, email = excluded.email, "updatedAt" = excluded."updatedAt"
    where (staff_users.name, staff_users.email) <> (excluded.name, excluded.email)
  `.execute(db);
  if (passwordHash !== undefined) await writePassword(db, id, passwordHash, at);
}

export async function writePassword(
  db: Kysely<unknown>,
  id: string,
  hash: string,
  at: Date,
): Promise<void> {
  await sql`
    insert into staff_accounts
      (id, "accountId", "providerId", "userId", password, "createdAt", "updatedAt")
    values (${id}, ${id}, 'credential', ${id}, ${hash}, ${at}, ${at})
    on conflict (id) do update set password = excluded.password, "updatedAt" = excluded."updatedAt"
  `.execute(db);
}

/** Signs a person out everywhere: their password was changed. */
export async function endStaffSessions(db: Kysely<unknown>, id: string): Promise<void> {
  await sql`delete from staff_sessions where "userId" = ${id}`.execute(db);
}

/** Takes a person's sign-in away, with their sessions. */
export async function deleteStaff(db: Kysely<unknown>, id: string): Promise<void> {
  await sql`delete from staff_users where id = ${id}`.execute(db);
}

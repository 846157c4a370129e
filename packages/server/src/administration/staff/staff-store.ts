import { sql, type Transaction } from 'kysely';

/** What sign-in keeps of a person; `passwordHash` absent: cannot sign in with a password. */
export interface StaffRecord {
  id: string;
  email: string;
  name: string;
  passwordHash?: string;
}

/** Brings the tables of the sign-in library in line with a user, in the caller's transaction. */
export async function writeStaff(
  transaction: Transaction<unknown>,
  { id, email, name, passwordHash }: StaffRecord,
  at: Date,
): Promise<void> {
  await sql`
    insert into staff_users (id, name, email, "emailVerified", "createdAt", "updatedAt")
    values (${id}, ${name}, ${email}, true, ${at}, ${at})
    on conflict (id) do update
    set name = excluded.name, email = excluded.email, "updatedAt" = excluded."updatedAt"
    where (staff_users.name, staff_users.email) <> (excluded.name, excluded.email)
  `.execute(transaction);
  if (passwordHash !== undefined) await writePassword(transaction, id, passwordHash, at);
}

async function writePassword(
  transaction: Transaction<unknown>,
  id: string,
  hash: string,
  at: Date,
): Promise<void> {
  await sql`
    insert into staff_accounts
      (id, "accountId", "providerId", "userId", password, "createdAt", "updatedAt")
    values (${id}, ${id}, 'credential', ${id}, ${hash}, ${at}, ${at})
    on conflict (id) do update set password = excluded.password, "updatedAt" = excluded."updatedAt"
  `.execute(transaction);
}

/** Signs a person out everywhere: their password was changed. */
export async function endStaffSessions(
  transaction: Transaction<unknown>,
  id: string,
): Promise<void> {
  await sql`delete from staff_sessions where "userId" = ${id}`.execute(transaction);
}

/** Takes a person's sign-in away, with their sessions. */
export async function deleteStaff(transaction: Transaction<unknown>, id: string): Promise<void> {
  await sql`delete from staff_users where id = ${id}`.execute(transaction);
}

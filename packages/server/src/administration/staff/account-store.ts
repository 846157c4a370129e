import { type Kysely, sql } from 'kysely';

export interface Passkey {
  id: string;
  name: string | null;
  /** Whether it is kept on several devices of the person. */
  synced: boolean;
  createdAt: Date | null;
}

export interface AccountFacts {
  passwordHash: string | null;
  secondFactor: boolean;
  /** Whether the company's own sign-in is bound to this person. */
  company: boolean;
}

export async function readAccount(db: Kysely<unknown>, userId: string): Promise<AccountFacts> {
  const { rows } = await sql<AccountFacts>`
    select
      (select password from staff_accounts
        where "userId" = u.id and "providerId" = 'credential') as "passwordHash",
      coalesce(u."twoFactorEnabled", false) as "secondFactor",
      exists (select 1 from staff_accounts
        where "userId" = u.id and "providerId" <> 'credential') as company
    from staff_users u where u.id = ${userId}`.execute(db);
  return rows[0] ?? { passwordHash: null, secondFactor: false, company: false };
}

export async function listPasskeys(db: Kysely<unknown>, userId: string): Promise<Passkey[]> {
  const { rows } = await sql<Passkey>`
    select id, name, "backedUp" as synced, "createdAt" from staff_passkeys
    where "userId" = ${userId} order by "createdAt", id`.execute(db);
  return rows;
}

/** Of this person alone; answers whether there was one. */
export async function renamePasskey(
  db: Kysely<unknown>,
  userId: string,
  id: string,
  name: string,
): Promise<boolean> {
  const { numAffectedRows } = await sql`
    update staff_passkeys set name = ${name} where id = ${id} and "userId" = ${userId}`.execute(db);
  return numAffectedRows === 1n;
}

export async function deletePasskey(
  db: Kysely<unknown>,
  userId: string,
  id: string,
): Promise<boolean> {
  const { numAffectedRows } = await sql`
    delete from staff_passkeys where id = ${id} and "userId" = ${userId}`.execute(db);
  return numAffectedRows === 1n;
}

/** All that a person signs in with except the password. */
export async function dropFactors(db: Kysely<unknown>, userId: string): Promise<void> {
  await sql`delete from staff_two_factors where "userId" = ${userId}`.execute(db);
  await sql`update staff_users set "twoFactorEnabled" = false where id = ${userId}`.execute(db);
  await sql`delete from staff_passkeys where "userId" = ${userId}`.execute(db);
  await sql`
    delete from staff_accounts
    where "userId" = ${userId} and "providerId" <> 'credential'`.execute(db);
}

import { type Kysely, sql } from 'kysely';

/** A link by which a person comes in for the first time, or again; its token is kept as a hash. */
export interface StaffLink {
  id: string;
  /** Null: the first administrator's, who is not there yet. */
  userId: string | null;
  email: string | null;
  name: string | null;
  /** Whether the second factor, the passkeys and the company's sign-in are taken away with its use. */
  startOver: boolean;
  /** Whether whoever made it has the role `secrets`. */
  withSecrets: boolean;
  createdBy: string | null;
  createdAt: Date;
  expiresAt: Date;
}

export type NewLink = Omit<StaffLink, 'email' | 'name'> & { tokenHash: string };

/** Takes the place of the link that the person had before. */
export async function writeLink(db: Kysely<unknown>, link: NewLink): Promise<void> {
  await sql`delete from staff_links where user_id is not distinct from ${link.userId}`.execute(db);
  await sql`
    insert into staff_links
      (id, token_hash, user_id, start_over, with_secrets, created_by, created_at, expires_at)
    values (${link.id}, ${link.tokenHash}, ${link.userId}, ${link.startOver}, ${link.withSecrets},
      ${link.createdBy}, ${link.createdAt}, ${link.expiresAt})`.execute(db);
}

const columns = sql`
  l.id, l.user_id as "userId", u.email, u.name, l.start_over as "startOver",
  l.with_secrets as "withSecrets", l.created_by as "createdBy", l.created_at as "createdAt",
  l.expires_at as "expiresAt"`;

/** Null when there is none, or it has expired. */
export async function readLink(
  db: Kysely<unknown>,
  id: string,
  now: Date,
): Promise<StaffLink | null> {
  const { rows } = await sql<StaffLink>`
    select ${columns} from staff_links l left join staff_users u on u.id = l.user_id
    where l.id = ${id} and l.expires_at > ${now}`.execute(db);
  return rows[0] ?? null;
}

export async function findLink(
  db: Kysely<unknown>,
  tokenHash: string,
  now: Date,
): Promise<StaffLink | null> {
  const { rows } = await sql<StaffLink>`
    select ${columns} from staff_links l left join staff_users u on u.id = l.user_id
    where l.token_hash = ${tokenHash} and l.expires_at > ${now}`.execute(db);
  return rows[0] ?? null;
}

/** Those of people, the newest first. */
export async function listLinks(db: Kysely<unknown>, now: Date): Promise<StaffLink[]> {
  const { rows } = await sql<StaffLink>`
    select ${columns} from staff_links l join staff_users u on u.id = l.user_id
    where l.expires_at > ${now} order by l.created_at desc, l.id`.execute(db);
  return rows;
}

/** Answers whether it was there: of two at once, one takes it. */
export async function deleteLink(db: Kysely<unknown>, id: string): Promise<boolean> {
  const { numAffectedRows } = await sql`delete from staff_links where id = ${id}`.execute(db);
  return numAffectedRows === 1n;
}

export async function dropFirstLinks(db: Kysely<unknown>): Promise<void> {
  await sql`delete from staff_links where user_id is null`.execute(db);
}

export async function dropExpiredLinks(db: Kysely<unknown>, now: Date): Promise<void> {
  await sql`delete from staff_links where expires_at <= ${now}`.execute(db);
}

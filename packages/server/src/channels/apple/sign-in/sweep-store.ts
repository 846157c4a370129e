/** What a sweep looks for. */
import { type Kysely, sql } from 'kysely';
import { CONFIRMATION_MS } from './limits.ts';
import { COLUMNS, type SignInRequest } from './store.ts';

type Connection = Kysely<unknown>;

const AT_ONCE = 100;

/** Pending requests whose time is over: nobody answered, or nobody confirmed (§9.6). */
export async function overdue(db: Connection, now: number): Promise<SignInRequest[]> {
  const { rows } = await sql<SignInRequest>`
    select ${COLUMNS} from apple_sign_ins s
    where s.status = 'pending' and (s.expires_at <= ${now}
      or (s.reported_at is null and s.proven_at < ${now - CONFIRMATION_MS}))
    limit ${AT_ONCE}`.execute(db);
  return rows;
}

/** Both have arrived, and the node that saw the second has died before it wrote so. */
export async function uncompleted(db: Connection): Promise<SignInRequest[]> {
  const { rows } = await sql<SignInRequest>`
    select ${COLUMNS} from apple_sign_ins s
    where s.status = 'pending' and s.provisional is not null and s.reported_at is not null
    limit ${AT_ONCE}`.execute(db);
  return rows;
}

/** A sign-in that stands. */
export interface StandingSignIn {
  id: string;
  accountId: string;
  settingId: string;
  subject: string;
  conversationId: string;
}

const STANDING = sql`select id, account_id as "accountId", setting_id as "settingId", subject,
  conversation_id as "conversationId" from apple_sign_ins`;

export async function standing(db: Connection, now: number): Promise<StandingSignIn[]> {
  const { rows } = await sql<StandingSignIn>`${STANDING} where until_at > ${now}`.execute(db);
  return rows;
}

export async function standingOf(
  db: Connection,
  person: { settingId: string; subject: string },
  now: number,
): Promise<StandingSignIn[]> {
  const { rows } = await sql<StandingSignIn>`${STANDING} where until_at > ${now}
    and setting_id = ${person.settingId} and subject = ${person.subject}`.execute(db);
  return rows;
}

export async function standingOfCustomer(
  db: Connection,
  { accountId, opaqueId }: { accountId: string; opaqueId: string },
  now: number,
): Promise<StandingSignIn[]> {
  const { rows } = await sql<StandingSignIn>`${STANDING} where until_at > ${now}
    and account_id = ${accountId} and opaque_id = ${opaqueId}`.execute(db);
  return rows;
}

/** None of the conversation's sign-ins stands any more. */
export async function endStanding(db: Connection, conversationId: string): Promise<void> {
  await sql`update apple_sign_ins set until_at = null
    where conversation_id = ${conversationId} and until_at is not null`.execute(db);
}

/** Ended requests that were made before this time and of which nothing stands. */
export async function forget(db: Connection, before: number, now: number): Promise<void> {
  await sql`delete from apple_sign_ins where created_at < ${before} and status <> 'pending'
    and (until_at is null or until_at <= ${now})`.execute(db);
}

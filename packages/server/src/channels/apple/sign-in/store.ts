/**
 * One row a request. What ends a request is one statement that asks for `pending`, so that of two nodes,
 * or two answers, exactly one goes on (Apple Messages spec §7.5, §9.4).
 */
import { type Kysely, sql } from 'kysely';
import { CONFIRMATION_MS } from './limits.ts';

type Connection = Kysely<unknown>;

export type SignInStatus =
  | 'pending'
  | 'succeeded'
  | 'failed'
  | 'cancelled'
  | 'expired'
  | 'superseded';

/** Times are ms since the epoch. */
export interface SignInRequest {
  /** The `requestIdentifier`. */
  id: string;
  accountId: string;
  opaqueId: string;
  conversationId: string;
  settingId: string;
  /** The bubble that was chosen; null: the setting's first. */
  richMessageId: string | null;
  version: 1 | 2;
  /** Sealed; null once used or ended. */
  secrets: string | null;
  createdAt: number;
  expiresAt: number;
  status: SignInStatus;
  /** The gateway has taken it. */
  sentAt: number | null;
  /** Version 2: our callback was called with the state. */
  redeemedAt: number | null;
  /** The profile look-up succeeded. */
  provenAt: number | null;
  /** The device reported success. */
  reportedAt: number | null;
  /** Sealed. */
  provisional: string | null;
}

export type NewSignIn = Pick<
  SignInRequest,
  | 'id'
  | 'accountId'
  | 'opaqueId'
  | 'conversationId'
  | 'settingId'
  | 'richMessageId'
  | 'version'
  | 'createdAt'
  | 'expiresAt'
> & { secrets: string; stateHash: Buffer };

export const COLUMNS = sql`s.id, s.account_id as "accountId",
  s.opaque_id as "opaqueId", s.conversation_id as "conversationId", s.setting_id as "settingId",
  s.version, s.secrets, s.created_at as "createdAt", s.expires_at as "expiresAt", s.status, s.sent_at as "sentAt",
  s.rich_message_id as "richMessageId",
  s.redeemed_at as "redeemedAt", s.proven_at as "provenAt", s.reported_at as "reportedAt",
  s.provisional`;

/** With the secrets as they were before, where the statement takes them. */
const TAKEN = sql`${COLUMNS}, taken.secrets as "takenSecrets"`;

export async function insert(db: Connection, row: NewSignIn): Promise<void> {
  await sql`
    insert into apple_sign_ins (id, account_id, opaque_id, conversation_id, setting_id,
      rich_message_id, version, state_hash, secrets, created_at, expires_at, status)
    values (${row.id}, ${row.accountId}, ${row.opaqueId}, ${row.conversationId},
      ${row.settingId}, ${row.richMessageId}, ${row.version}, ${row.stateHash}, ${row.secrets}, ${row.createdAt},
      ${row.expiresAt}, 'pending')`.execute(db);
}

export async function read(db: Connection, id: string): Promise<SignInRequest | null> {
  return one(db, sql`select ${COLUMNS} from apple_sign_ins s where s.id = ${id}`);
}

/** The conversation's request that still can be answered. */
export async function pendingOf(
  db: Connection,
  conversationId: string,
  now: number,
): Promise<SignInRequest | null> {
  return one(
    db,
    sql`select ${COLUMNS} from apple_sign_ins s where s.conversation_id = ${conversationId}
      and s.status = 'pending' and s.expires_at > ${now}`,
  );
}

/** The request that was made last in this conversation. */
export async function latestOf(
  db: Connection,
  conversationId: string,
): Promise<SignInRequest | null> {
  return one(
    db,
    sql`select ${COLUMNS} from apple_sign_ins s where s.conversation_id = ${conversationId}
      order by s.created_at desc, s.id desc limit 1`,
  );
}

export async function pendingOfCustomer(
  db: Connection,
  { accountId, opaqueId }: { accountId: string; opaqueId: string },
): Promise<SignInRequest[]> {
  const { rows } = await sql<SignInRequest>`
    select ${COLUMNS} from apple_sign_ins s where s.status = 'pending'
      and s.account_id = ${accountId} and s.opaque_id = ${opaqueId}`.execute(db);
  return rows;
}

/** Version 1: takes the private key of a request that waits, once. Null: there is none (any more). */
export async function takeKey(
  db: Connection,
  id: string,
  now: number,
): Promise<(SignInRequest & { takenSecrets: string }) | null> {
  return take(
    db,
    sql`update apple_sign_ins s set secrets = null, reported_at = ${now} from taken
      where s.id = taken.id returning ${TAKEN}`,
    sql`id = ${id} and version = 1 and reported_at is null`,
    now,
  );
}

/** Version 2: consumes the state. Null: no request waits for it (any more). */
export async function redeemState(
  db: Connection,
  stateHash: Buffer,
  now: number,
): Promise<(SignInRequest & { takenSecrets: string }) | null> {
  return take(
    db,
    sql`update apple_sign_ins s set secrets = null, redeemed_at = ${now} from taken
      where s.id = taken.id returning ${TAKEN}`,
    sql`state_hash = ${stateHash} and version = 2 and redeemed_at is null`,
    now,
  );
}

/** A state that waits for nobody: its request, the first time that somebody comes with it. */
export async function markReused(
  db: Connection,
  stateHash: Buffer,
  now: number,
): Promise<SignInRequest | null> {
  return one(
    db,
    sql`update apple_sign_ins s set reused_at = ${now}
      where s.state_hash = ${stateHash} and s.reused_at is null returning ${COLUMNS}`,
  );
}

/** Keeps who was proven until the device confirms it. Null: the request has ended meanwhile. */
export async function keepProvisional(
  db: Connection,
  id: string,
  provisional: string,
  now: number,
): Promise<SignInRequest | null> {
  return one(
    db,
    sql`update apple_sign_ins s set provisional = ${provisional}, proven_at = ${now}
      where s.id = ${id} and s.status = 'pending' and s.proven_at is null and s.expires_at > ${now}
      returning ${COLUMNS}`,
  );
}

/** Version 2: the device reports success. Null: nothing waits for that (any more). */
export async function report(
  db: Connection,
  id: string,
  now: number,
): Promise<SignInRequest | null> {
  return one(
    db,
    sql`update apple_sign_ins s set reported_at = ${now}
      where s.id = ${id} and s.version = 2 and s.status = 'pending' and s.reported_at is null
        and s.expires_at > ${now}
      returning ${COLUMNS}`,
  );
}

/** §9.6: both have arrived, in either order, and the device did not take too long. */
export async function succeed(
  db: Connection,
  id: string,
  { now, subject, until }: { now: number; subject: string; until: number },
): Promise<boolean> {
  const { rows } = await sql`
    update apple_sign_ins set status = 'succeeded', provisional = null, secrets = null,
      subject = ${subject}, until_at = ${until}
    where id = ${id} and status = 'pending' and proven_at is not null and reported_at is not null
      and reported_at <= proven_at + ${CONFIRMATION_MS} and expires_at > ${now}
    returning id`.execute(db);
  return rows.length === 1;
}

/** Ends it without an identity. False: it has ended already. */
export async function finish(
  db: Connection,
  id: string,
  status: Exclude<SignInStatus, 'pending' | 'succeeded'>,
): Promise<boolean> {
  const { rows } = await sql`
    update apple_sign_ins
    set status = ${status}, provisional = null, secrets = null
    where id = ${id} and status = 'pending' returning id`.execute(db);
  return rows.length === 1;
}

/** A newer request takes the place of the conversation's pending one (§7.1). */
export async function supersede(db: Connection, conversationId: string): Promise<void> {
  await sql`
    update apple_sign_ins
    set status = 'superseded', provisional = null, secrets = null
    where conversation_id = ${conversationId} and status = 'pending'`.execute(db);
}

export async function sent(db: Connection, id: string, now: number): Promise<void> {
  await sql`update apple_sign_ins set sent_at = ${now}
    where id = ${id} and sent_at is null`.execute(db);
}

async function take(
  db: Connection,
  update: ReturnType<typeof sql>,
  which: ReturnType<typeof sql>,
  now: number,
): Promise<(SignInRequest & { takenSecrets: string }) | null> {
  const { rows } = await sql<SignInRequest & { takenSecrets: string }>`
    with taken as (
      select id, secrets from apple_sign_ins
      where ${which} and status = 'pending' and secrets is not null and expires_at > ${now}
      for update)
    ${update}`.execute(db);
  return rows[0] ?? null;
}

async function one(db: Connection, query: ReturnType<typeof sql>): Promise<SignInRequest | null> {
  const { rows } = await sql<SignInRequest>`${query}`.execute(db);
  return rows[0] ?? null;
}

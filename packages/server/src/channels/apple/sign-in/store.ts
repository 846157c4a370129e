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
  /** Of the message to the gateway: every try has the same. */
  messageId: string;
  accountId: string;
  opaqueId: string;
  conversationId: string;
  settingId: string;
  version: 1 | 2;
  /** Sealed; null once used or ended. */
  secrets: string | null;
  createdAt: number;
  expiresAt: number;
  status: SignInStatus;
  sends: number;
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
  | 'messageId'
  | 'accountId'
  | 'opaqueId'
  | 'conversationId'
  | 'settingId'
  | 'version'
  | 'createdAt'
  | 'expiresAt'
> & { secrets: string; stateHash: Buffer; nextSendAt: number };

export const COLUMNS = sql`s.id, s.message_id as "messageId", s.account_id as "accountId",
  s.opaque_id as "opaqueId", s.conversation_id as "conversationId", s.setting_id as "settingId",
  s.version, s.secrets, s.created_at as "createdAt", s.expires_at as "expiresAt", s.status, s.sends,
  s.redeemed_at as "redeemedAt", s.proven_at as "provenAt", s.reported_at as "reportedAt",
  s.provisional`;

/** With the secrets as they were before, where the statement takes them. */
const TAKEN = sql`${COLUMNS}, taken.secrets as "takenSecrets"`;

export async function insert(db: Connection, row: NewSignIn): Promise<void> {
  await sql`
    insert into apple_sign_ins (id, message_id, account_id, opaque_id, conversation_id, setting_id,
      version, state_hash, secrets, created_at, expires_at, status, next_send_at)
    values (${row.id}, ${row.messageId}, ${row.accountId}, ${row.opaqueId}, ${row.conversationId},
      ${row.settingId}, ${row.version}, ${row.stateHash}, ${row.secrets}, ${row.createdAt},
      ${row.expiresAt}, 'pending', ${row.nextSendAt})`.execute(db);
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
      next_send_at = null, subject = ${subject}, until_at = ${until}
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
    set status = ${status}, provisional = null, secrets = null, next_send_at = null
    where id = ${id} and status = 'pending' returning id`.execute(db);
  return rows.length === 1;
}

/** A newer request takes the place of the conversation's pending one (§7.1). */
export async function supersede(db: Connection, conversationId: string): Promise<void> {
  await sql`
    update apple_sign_ins
    set status = 'superseded', provisional = null, secrets = null, next_send_at = null
    where conversation_id = ${conversationId} and status = 'pending'`.execute(db);
}

export async function sent(db: Connection, id: string): Promise<void> {
  await sql`update apple_sign_ins set next_send_at = null, sends = sends + 1
    where id = ${id}`.execute(db);
}

export async function sendLater(db: Connection, id: string, at: number): Promise<void> {
  await sql`update apple_sign_ins set next_send_at = ${at}, sends = sends + 1
    where id = ${id} and status = 'pending'`.execute(db);
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

import { type Kysely, sql } from 'kysely';
import type { ProvenIdentity } from '../identity/index.ts';
import { newId } from '../platform/index.ts';
import { type Grant, identityOf, ownerKeyOf, type Session } from './records.ts';

type Connection = Kysely<unknown>;

export type EndReason = 'replaced' | 'signed-in' | 'closed' | 'cleared' | 'logout' | 'expired';

interface SessionRow {
  id: string;
  deployment_id: string;
  read_only: boolean;
  created_at: number;
  expires_at: number;
  ended_at: number | null;
  grant_id: string | null;
  grant_deployment_id: string | null;
  grant_identity: ProvenIdentity | null;
  grant_contact_id: string | null;
}

/** A session with what only the store and the configuring of it know. */
export interface StoredSession extends Session {
  endedAt: number | null;
}

const WITH_GRANT = sql`
  select s.id, s.deployment_id, s.read_only, s.created_at, s.expires_at, s.ended_at, s.grant_id,
         g.deployment_id as grant_deployment_id, g.identity as grant_identity,
         g.contact_id as grant_contact_id
  from sessions s left join grants g on g.id = s.grant_id`;

function toSession(row: SessionRow): StoredSession {
  const grant =
    row.grant_id && row.grant_identity && row.grant_deployment_id && row.grant_contact_id
      ? {
          id: row.grant_id,
          deploymentId: row.grant_deployment_id,
          identity: row.grant_identity,
          contactId: row.grant_contact_id,
        }
      : null;
  return {
    id: row.id,
    deploymentId: row.deployment_id,
    grant,
    identity: identityOf(grant),
    ownerKey: ownerKeyOf(row.id, grant),
    readOnly: row.read_only,
    createdAt: row.created_at,
    expiresAt: row.expires_at,
    endedAt: row.ended_at,
  };
}

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/** A session that can be used now. */
export async function readLive(db: Connection, id: string, now: number): Promise<Session | null> {
  if (!UUID.test(id)) return null;
  const { rows } = await sql<SessionRow>`
    ${WITH_GRANT} where s.id = ${id} and s.ended_at is null and s.expires_at > ${now}`.execute(db);
  return rows[0] ? withoutEnd(toSession(rows[0])) : null;
}

export function withoutEnd({ endedAt: _, ...session }: StoredSession): Session {
  return session;
}

/** The last session of a token, live or not. `lock`: until the transaction ends. */
export async function lastOfToken(
  db: Connection,
  deploymentId: string,
  tokenHash: Buffer,
  lock: boolean,
): Promise<StoredSession | null> {
  const last = sql`where s.deployment_id = ${deploymentId} and s.token_hash = ${tokenHash}
    order by s.created_at desc, s.id desc limit 1`;
  // Locked first and read after: whoever waited for the lock while another tab bound a newer grant would
  // otherwise see the new binding beside the grants of before, and take the session for a guest's
  if (lock) await sql`select s.id from sessions s ${last} for update`.execute(db);
  const { rows } = await sql<SessionRow>`${WITH_GRANT} ${last}`.execute(db);
  return rows[0] ? toSession(rows[0]) : null;
}

export interface NewSession {
  deploymentId: string;
  tokenHash: Buffer;
  grant: Grant | null;
  /** As in "Firefox on Linux"; null: not said. */
  device: string | null;
  now: number;
  expiresAt: number;
}

/** Null: the token got a session in the meantime, or the grant was revoked. */
export async function insertSession(db: Connection, input: NewSession): Promise<Session | null> {
  const { deploymentId, tokenHash, grant, device, now, expiresAt } = input;
  const id = newId();
  const person = grant?.identity;
  const { rows } = await sql<{ id: string }>`
    insert into sessions (id, deployment_id, token_hash, grant_id, setting_id, subject, created_at,
                          expires_at, device, seen_at)
    select ${id}::uuid, ${deploymentId}::text, ${tokenHash}::bytea, ${grant?.id ?? null}::uuid,
           ${person?.settingId ?? null}::text, ${person?.subject ?? null}::text, ${now}::bigint,
           ${expiresAt}::bigint, ${device}::text, ${now}::bigint
    ${grant ? whereGranted(grant) : sql``}
    on conflict (deployment_id, token_hash) where ended_at is null do nothing
    returning id`.execute(db);
  if (!rows[0]) return null;
  return {
    id,
    deploymentId,
    grant,
    identity: identityOf(grant),
    ownerKey: ownerKeyOf(id, grant),
    readOnly: false,
    createdAt: now,
    expiresAt,
  };
}

/** Locked: a revocation under way is waited for, a later one finds this session. */
const whereGranted = (grant: Grant) => sql`
  from (select 1 from grants where id = ${grant.id} and revoked_at is null for share) granted`;

/** Binds a live session to a sign-in. False: the grant was revoked. */
export async function bindGrant(
  db: Connection,
  sessionId: string,
  {
    grant,
    device,
    now,
    expiresAt,
  }: { grant: Grant } & Omit<NewSession, 'deploymentId' | 'tokenHash'>,
): Promise<boolean> {
  const { rows } = await sql<{ id: string }>`
    update sessions set grant_id = ${grant.id}, setting_id = ${grant.identity.settingId},
      subject = ${grant.identity.subject}, expires_at = greatest(expires_at, ${expiresAt}::bigint),
      device = coalesce(${device}, device), seen_at = ${now}
    ${whereGranted(grant)}
    where sessions.id = ${sessionId} returning sessions.id`.execute(db);
  return rows.length === 1;
}

export async function endSessions(
  db: Connection,
  ids: string[],
  reason: EndReason,
  now: number,
): Promise<void> {
  await sql`update sessions set ended_at = ${now}, end_reason = ${reason}
    where id = any (${ids}::uuid[]) and ended_at is null`.execute(db);
}

/** Live sessions at a deployment, or of those who were proven by a setting. */
export async function liveWith(
  db: Connection,
  { deploymentId, settingId }: { deploymentId?: string; settingId?: string },
  now: number,
): Promise<string[]> {
  const { rows } = await sql<{ id: string }>`
    select id from sessions where ended_at is null and expires_at > ${now}
      and (deployment_id = ${deploymentId ?? null} or setting_id = ${settingId ?? null})`.execute(
    db,
  );
  return rows.map(({ id }) => id);
}

export async function liveOfPerson(db: Connection, grant: Grant, now: number): Promise<string[]> {
  const { rows } = await sql<{ id: string }>`
    select id from sessions
    where deployment_id = ${grant.deploymentId} and setting_id = ${grant.identity.settingId}
      and subject = ${grant.identity.subject} and ended_at is null and expires_at > ${now}
    order by id for update`.execute(db);
  return rows.map(({ id }) => id);
}

export async function extend(
  db: Connection,
  touched: { id: string; expiresAt: number; seenAt: number }[],
): Promise<void> {
  await sql`
    update sessions s set expires_at = greatest(s.expires_at, t.expires_at),
      seen_at = greatest(s.seen_at, t.seen_at)
    from unnest(${touched.map(({ id }) => id)}::uuid[],
                ${touched.map(({ expiresAt }) => expiresAt)}::bigint[],
                ${touched.map(({ seenAt }) => seenAt)}::bigint[]) as t (id, expires_at, seen_at)
    where s.id = t.id and s.ended_at is null`.execute(db);
}

export async function writeReadOnly(db: Connection, id: string, readOnly: boolean): Promise<void> {
  await sql`update sessions set read_only = ${readOnly}
    where id = ${id} and ended_at is null`.execute(db);
}

/** Ends what has run out, at most `limit`; two nodes take different ones. */
export async function endExpired(db: Connection, now: number, limit: number): Promise<string[]> {
  const { rows } = await sql<{ id: string }>`
    update sessions set ended_at = ${now}, end_reason = 'expired'
    where id in (select id from sessions where ended_at is null and expires_at <= ${now}
                 order by expires_at limit ${limit} for update skip locked)
    returning id`.execute(db);
  return rows.map(({ id }) => id);
}

/** Forgets sessions that ended before this time, and sign-ins that nothing can use any more. */
export async function forget(db: Connection, before: number, limit: number): Promise<void> {
  await sql`delete from sessions where id in
    (select id from sessions where ended_at < ${before} limit ${limit})`.execute(db);
  await sql`delete from grants where id in
    (select id from grants g where g.expires_at < ${before}
       and not exists (select from sessions s where s.grant_id = g.id) limit ${limit})`.execute(db);
}

export async function conversationsOf(db: Connection, id: string, now: number): Promise<string[]> {
  if (!UUID.test(id)) return [];
  const { rows } = await sql<{ conversation_id: string }>`
    select l.conversation_id from session_conversations l join sessions s on s.id = l.session_id
    where s.id = ${id} and s.ended_at is null and s.expires_at > ${now}
    order by l.linked_at, l.conversation_id`.execute(db);
  return rows.map((row) => row.conversation_id);
}

export async function sessionsOf(
  db: Connection,
  conversationId: string,
  now: number,
): Promise<string[]> {
  if (!UUID.test(conversationId)) return [];
  const { rows } = await sql<{ id: string }>`
    select s.id from session_conversations l join sessions s on s.id = l.session_id
    where l.conversation_id = ${conversationId} and s.ended_at is null and s.expires_at > ${now}
    order by l.linked_at, s.id`.execute(db);
  return rows.map(({ id }) => id);
}

/** To a live session only: what has ended gets nothing more to read. */
export async function link(
  db: Connection,
  id: string,
  conversationId: string,
  now: number,
): Promise<void> {
  await sql`
    insert into session_conversations (session_id, conversation_id, linked_at)
    select id, ${conversationId}::uuid, ${now}::bigint from sessions
    where id = ${id} and ended_at is null
    on conflict do nothing`.execute(db);
}

/** The live sessions that are bound to this sign-in. */
export async function sessionsOfGrant(
  db: Connection,
  grantId: string,
  now: number,
): Promise<string[]> {
  const { rows } = await sql<{ id: string }>`
    select id from sessions
    where grant_id = ${grantId} and ended_at is null and expires_at > ${now}`.execute(db);
  return rows.map(({ id }) => id);
}

export interface Ending {
  id: string;
  reason: EndReason;
}

/** What has ended since this time, in no order. */
export async function endedSince(db: Connection, since: number): Promise<Ending[]> {
  const { rows } = await sql<Ending>`
    select id, end_reason as reason from sessions where ended_at >= ${since}`.execute(db);
  return rows;
}

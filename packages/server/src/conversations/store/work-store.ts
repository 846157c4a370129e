/** What routing asks of the conversations: who waits, before whom, for how long, and with whom it was. */
import { sql } from 'kysely';
import type { Holder, Wait, WaitingPage } from '../index.ts';
import { type Connection, type ConversationRow, isConversationId } from './rows.ts';

/** How many wait in each of these queues; none is counted further than `upTo`. */
export async function waitingIn(
  db: Connection,
  queueIds: string[],
  upTo: number,
): Promise<Map<string, number>> {
  const { rows } = await sql<{ id: string; waiting: number }>`
    select queue.id, c.waiting from unnest(${queueIds}::text[]) as queue (id)
    cross join lateral (
      select count(*)::int as waiting from (
        select from conversations where queue_id = queue.id and state = 'waiting' limit ${upTo}
      ) counted
    ) c`.execute(db);
  return new Map(rows.map(({ id, waiting }) => [id, waiting]));
}

/** The next of each queue that waits, locked; what somebody else has locked is left to them. */
export async function takeWaiting(db: Connection, page: WaitingPage): Promise<ConversationRow[]> {
  const { rows } = await sql<ConversationRow>`
    select c.* from unnest(${page.queueIds}::text[]) as queue (id)
    cross join lateral (
      select * from conversations
      where queue_id = queue.id and state = 'waiting' and capacity <= ${page.units}
        and workstream_id <> all (${page.exceptWorkstreamIds}::text[])
        and id <> all (${page.exceptIds}::uuid[])
      order by priority, opened_at limit ${page.perQueue}
      for no key update skip locked
    ) c`.execute(db);
  return rows;
}

/** Nobody ended the wrap-up before its time. */
export const wrapUpsOver = (db: Connection, now: number) =>
  ids(db, sql<boolean>`state = 'wrap-up' and wrap_up_until <= ${now}`);

/** Waiting in this queue since before this time. */
export const queuedBefore = (db: Connection, queueId: string, before: number) =>
  ids(db, sql<boolean>`state = 'waiting' and queue_id = ${queueId} and queued_at < ${before}`);

export const offeredTo = (db: Connection, agentIds: string[]) =>
  ids(db, sql<boolean>`state = 'offered' and offered_to_id = any (${agentIds})`);

export const activeOf = (db: Connection, agentIds: string[]) =>
  ids(db, sql<boolean>`state = 'active' and assignee_id = any (${agentIds})`);

async function ids(db: Connection, condition: ReturnType<typeof sql<boolean>>): Promise<string[]> {
  const { rows } = await sql<{ id: string }>`
    select id from conversations where ${condition} limit 1000`.execute(db);
  return rows.map(({ id }) => id);
}

/** How many are not closed and hang on this object. */
export async function countOpenWith(db: Connection, { column, id }: Holder): Promise<number> {
  const held = {
    deployment: sql`deployment_id = ${id}`,
    workstream: sql`workstream_id = ${id}`,
    queue: sql`queue_id = ${id}`,
    agent: sql`(assignee_id = ${id} or offered_to_id = ${id})`,
  }[column];
  const { rows } = await sql<{ count: number }>`
    select count(*)::int as count from conversations
    where state <> 'closed' and ${held}`.execute(db);
  return rows[0]?.count ?? 0;
}

/** The first of each queue, if nobody has told its customer that they are. */
export async function nextInLine(db: Connection, queueIds: string[]): Promise<string[]> {
  const { rows } = await sql<{ id: string }>`
    select first.id from unnest(${queueIds}::text[]) as queue (id)
    cross join lateral (
      select id, told_next from conversations where queue_id = queue.id and state = 'waiting'
      order by priority, opened_at limit 1
    ) first
    where not first.told_next`.execute(db);
  return rows.map(({ id }) => id);
}

/** Null: it does not wait. */
export async function positionOf(db: Connection, id: string): Promise<number | null> {
  if (!isConversationId(id)) return null;
  const { rows } = await sql<{ position: number }>`
    select (select count(*)::int from conversations other
            where other.queue_id = own.queue_id and other.state = 'waiting'
              and (other.priority, other.opened_at, other.id) <= (own.priority, own.opened_at, own.id)
           ) as position
    from conversations own where own.id = ${id} and own.state = 'waiting'
      and own.queue_id is not null`.execute(db);
  return rows[0]?.position ?? null;
}

/** Where a conversation would stand that comes to this queue. */
export async function placeIn(db: Connection, wait: Wait): Promise<number> {
  const { rows } = await sql<{ before: number }>`
    select count(*)::int as before from conversations
    where queue_id = ${wait.queueId} and state = 'waiting' and id <> ${wait.id}
      and (priority, opened_at, id) < (${wait.priority}::int, ${wait.openedAt}::bigint, ${wait.id}::uuid)`.execute(
    db,
  );
  return (rows[0]?.before ?? 0) + 1;
}

/** The median of the queue's last waits, in ms; null: there were none since then. */
export async function usualWait(
  db: Connection,
  queueId: string,
  since: number,
  last: number,
): Promise<number | null> {
  const { rows } = await sql<{ median: number | null }>`
    select percentile_disc(0.5) within group (order by wait) as median from (
      select assigned_at - queued_at as wait from conversations
      where queue_id = ${queueId} and assigned_at >= greatest(${since}::bigint, queued_at)
      order by assigned_at desc limit ${last}
    ) waits`.execute(db);
  return rows[0]?.median ?? null;
}

/** Who last had a conversation of each of these contacts. */
export async function lastAgents(
  db: Connection,
  contactIds: string[],
): Promise<Map<string, string>> {
  const { rows } = await sql<{ contact: string; agent: string }>`
    select contact.id as contact, c.assignee_id as agent
    from unnest(${contactIds}::text[]) as contact (id)
    cross join lateral (
      select assignee_id from conversations
      where contact_id = contact.id and assignee_id is not null
      order by opened_at desc, id desc limit 1
    ) c`.execute(db);
  return new Map(rows.map(({ contact, agent }) => [contact, agent]));
}

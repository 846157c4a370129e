/** Lists of conversations for agents and for routing. */
import { sql } from 'kysely';
import type { Conversations } from '../index.ts';
import type { ConversationRecord } from '../records.ts';
import { type Connection, type ConversationRow, isConversationId, toConversation } from './rows.ts';

type Filter = Parameters<Conversations['list']>[0];

/**
 * One index scan, in order, for each queue and agent that is asked for, and of their firsts the first: the
 * cost does not grow with what waits behind them.
 */
export async function list(
  db: Connection,
  filter: Filter,
): Promise<{ items: ConversationRecord[]; next?: string }> {
  const parts = sourcesOf(filter).map((source) => scan(source, filter));
  if (parts.length === 0) return { items: [] };
  const union = sql.join(
    parts.map((part) => sql`(${part})`),
    sql` union all `,
  );
  const { rows } = await sql<ConversationRow>`
    select c.* from (select distinct id, opened_at from (${union}) found
                     ${orderOf(filter)} limit ${filter.limit + 1}) page
    join conversations c on c.id = page.id ${orderOf(filter, 'c.')}`.execute(db);
  const items = rows.slice(0, filter.limit).map(toConversation);
  const last = items.at(-1);
  return rows.length > filter.limit && last ? { items, next: cursorOf(last) } : { items };
}

type Condition = ReturnType<typeof sql<boolean>>;

/** Each is held by an index that begins with it and goes on with (`opened_at`, `id`). */
function sourcesOf({ queueIds, orAgentId, contactId }: Filter): Condition[] {
  if (contactId !== undefined) {
    return [contactId].flat().map((id) => sql<boolean>`contact_id = ${id}`);
  }
  if (queueIds === undefined) return [sql<boolean>`true`];
  const sources = queueIds.map((id) => sql<boolean>`queue_id = ${id}`);
  if (orAgentId !== undefined) {
    sources.push(sql<boolean>`assignee_id = ${orAgentId}`);
    sources.push(sql<boolean>`offered_to_id = ${orAgentId}`);
  }
  return sources;
}

function scan(source: Condition, filter: Filter) {
  const conditions = [source, ...conditionsOf(filter)];
  return sql`select id, opened_at from conversations
    where ${sql.join(conditions, sql` and `)} ${orderOf(filter)} limit ${filter.limit + 1}`;
}

function conditionsOf(filter: Filter): Condition[] {
  const { states, assigneeId, authenticated } = filter;
  const conditions: Condition[] = [];
  if (filter.contactId !== undefined && filter.queueIds !== undefined) {
    const agent = filter.orAgentId ?? null;
    conditions.push(sql<boolean>`(queue_id = any (${filter.queueIds})
      or assignee_id = ${agent} or offered_to_id = ${agent})`);
  }
  if (states) {
    // Said in the words of the partial index, which holds what is open
    if (!states.includes('closed')) conditions.push(sql<boolean>`state <> 'closed'`);
    conditions.push(sql<boolean>`state = any (${states})`);
  }
  if (assigneeId === null) conditions.push(sql<boolean>`assignee_id is null`);
  else if (assigneeId !== undefined) conditions.push(sql<boolean>`assignee_id = ${assigneeId}`);
  if (authenticated === true) conditions.push(sql<boolean>`identity_state = 'verified'`);
  if (authenticated === false) conditions.push(sql<boolean>`identity_state <> 'verified'`);
  const after = filter.cursor === undefined ? null : parseCursor(filter.cursor);
  if (after) {
    const than = sql.raw(filter.newestFirst ? '<' : '>');
    conditions.push(
      sql<boolean>`(opened_at, id) ${than} (${after.openedAt}::bigint, ${after.id}::uuid)`,
    );
  }
  return conditions;
}

const orderOf = ({ newestFirst }: Filter, prefix = '') => {
  const direction = newestFirst ? 'desc' : 'asc';
  return sql.raw(`order by ${prefix}opened_at ${direction}, ${prefix}id ${direction}`);
};

const cursorOf = ({ openedAt, id }: ConversationRecord): string => `${openedAt}_${id}`;

/** A cursor that was not ours points nowhere: the list begins at its beginning. */
function parseCursor(cursor: string): { openedAt: number; id: string } | null {
  const [openedAt, id = ''] = cursor.split('_');
  const time = Number(openedAt);
  return Number.isSafeInteger(time) && isConversationId(id) ? { openedAt: time, id } : null;
}

/** By priority, then waiting time. */
export async function waiting(
  db: Connection,
  queueIds: string[],
  limit: number,
): Promise<ConversationRecord[]> {
  const { rows } = await sql<ConversationRow>`
    select c.* from unnest(${queueIds}::text[]) as queue (id)
    cross join lateral (
      select * from conversations where queue_id = queue.id and state = 'waiting'
      order by priority, opened_at limit ${limit}
    ) c
    order by c.priority, c.opened_at limit ${limit}`.execute(db);
  return rows.map(toConversation);
}

/** Waiting without a queue since before this time. */
export async function unrouted(db: Connection, openedBefore: number): Promise<string[]> {
  const { rows } = await sql<{ id: string }>`
    select id from conversations
    where state = 'waiting' and queue_id is null and opened_at <= ${openedBefore}
    order by opened_at limit 1000`.execute(db);
  return rows.map(({ id }) => id);
}

export async function expiredOffers(db: Connection, now: number): Promise<string[]> {
  const { rows } = await sql<{ id: string }>`
    select id from conversations
    where state = 'offered' and offer_expires_at <= ${now}
    order by offer_expires_at limit 1000`.execute(db);
  return rows.map(({ id }) => id);
}

/** Not closed, verified by a proof that stood until this time or earlier; the longest ago first. */
export async function lapsing(db: Connection, now: number, limit: number): Promise<string[]> {
  const { rows } = await sql<{ id: string }>`
    select id from conversations
    where state <> 'closed' and identity_state = 'verified' and identity_until <= ${now}
    order by identity_until limit ${limit}`.execute(db);
  return rows.map(({ id }) => id);
}

/** Only of channels in which a proof ends with its conversation: not of the web. */
export async function verifiedEnded(
  db: Connection,
  channel: string,
  limit: number,
): Promise<string[]> {
  const { rows } = await sql<{ id: string }>`
    select id from conversations
    where channel = ${channel} and state in ('wrap-up', 'closed') and identity_state = 'verified'
      and channel <> 'web'
    limit ${limit}`.execute(db);
  return rows.map(({ id }) => id);
}

/** Units taken of each agent's capacity by what is active, in wrap-up or offered. */
export async function loads(db: Connection, agentIds: string[]): Promise<Map<string, number>> {
  const { rows } = await sql<{ agent: string; load: number }>`
    select agent, sum(capacity)::int as load from (
      select assignee_id as agent, capacity from conversations
      where assignee_id = any (${agentIds}) and state in ('active', 'wrap-up')
      union all
      select offered_to_id, capacity from conversations
      where offered_to_id = any (${agentIds}) and state = 'offered'
    ) taken group by agent`.execute(db);
  return new Map(rows.map(({ agent, load }) => [agent, load]));
}

export async function counts(
  db: Connection,
): Promise<{ queueId: string; waiting: number; oldestOpenedAt: number | null }[]> {
  const { rows } = await sql<{ queueId: string; waiting: number; oldestOpenedAt: number }>`
    select queue_id as "queueId", count(*)::int as waiting, min(opened_at) as "oldestOpenedAt"
    from conversations where state = 'waiting' and queue_id is not null
    group by queue_id`.execute(db);
  return rows;
}

export async function countOf(db: Connection, contactIds: string[]): Promise<number> {
  const { rows } = await sql<{ count: number }>`
    select count(*)::int as count from conversations
    where contact_id = any (${contactIds})`.execute(db);
  return rows[0]?.count ?? 0;
}

/** Closed conversations have changed when they were closed or later; only open ones grow otherwise. */
export async function changedSince(
  db: Connection,
  since: number,
  limit: number,
): Promise<ConversationRecord[]> {
  const { rows } = await sql<ConversationRow>`
    select * from conversations
    where changed_at >= ${since} or (state <> 'closed' and last_at >= ${since})
    order by greatest(changed_at, last_at), id limit ${limit}`.execute(db);
  return rows.map(toConversation);
}

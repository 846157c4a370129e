/** The inbox: views of what is open, each from an index in its order, and how many each view holds. */
import { hash } from 'node:crypto';
import { type RawBuilder, sql } from 'kysely';
import type { Database } from '../../platform/index.ts';
import {
  type Held,
  type InboxPage,
  type InboxQuery,
  type LogSummary,
  MOST_UNREAD,
  type OpenCount,
  type Workload,
} from '../inbox-query.ts';
import type { ConversationRecord } from '../records.ts';
import {
  type Connection,
  type ConversationRow,
  ENTRY_COLUMNS,
  type EntryRow,
  isConversationId,
  toConversation,
  toEntry,
} from './rows.ts';

type Sql = ReturnType<typeof sql>;
type Condition = ReturnType<typeof sql<boolean>>;

/** Conditions in the words of the partial indexes (`migrations/add-inbox-indexes.ts`). */
const OPEN = sql<boolean>`state <> 'closed'`;
const UNASSIGNED = sql<boolean>`state in ('waiting', 'offered')`;
const NO_PRIORITY = 2_147_483_647;
const RANK = sql.raw(`coalesce(priority, ${NO_PRIORITY})`);

interface PageRow extends Omit<ConversationRow, 'id'> {
  /** Null: the page is empty, and the row is there for `held`. */
  id: string | null;
  held: Held[];
}

/** For statements that are asked for so often that they are parsed once a connection. */
type Prepared = Pick<Database, 'pool'> & { db: Connection };

async function prepared<Row extends object>(
  { db, pool }: Prepared,
  statement: RawBuilder<Row>,
): Promise<Row[]> {
  const { sql: text, parameters } = statement.compile(db);
  const name = hash('sha1', text, 'hex');
  return (await pool.query<Row>({ name, text, values: [...parameters] })).rows;
}

/**
 * One index scan, in order, for each queue, for what has none and for what the agent holds, and of their
 * firsts the first: the cost does not grow with what lies behind them.
 */
export async function inbox(on: Prepared, query: InboxQuery): Promise<InboxPage> {
  const found = sql.join(sourcesOf(query), sql` union all `);
  const rows = await prepared(
    on,
    sql<PageRow>`
    with page as (
      select distinct id, rank, opened_at from (${found}) found
      ${orderOf(query)} ${limitOf(query)})
    select h.held, c.* from (
      select coalesce(json_agg(held), '[]') as held from (${heldBy([query.agentId])}) held) h
    left join (page join conversations c using (id)) on true
    ${orderOf(query, 'page.')}`,
  );
  const items = rows.slice(0, query.limit).flatMap(toItem);
  const last = items.at(-1);
  return {
    items,
    held: rows[0]?.held ?? [],
    ...(rows.length > query.limit && last ? { next: cursorOf(last, query) } : {}),
  };
}

const toItem = ({ id, ...row }: PageRow): ConversationRecord[] =>
  id === null ? [] : [toConversation({ ...row, id })];

function sourcesOf(query: InboxQuery): Sql[] {
  const conditions = conditionsOf(query);
  // Without need of it the index alone answers, and no row is looked at
  const rank = query.sort === 'priority' ? RANK : sql`0`;
  const scan = (...source: Condition[]) => sql`(
    select id, ${rank} as rank, opened_at from conversations
    where ${sql.join([...source, ...conditions], sql` and `)}
    ${orderOf(query)} ${limitOf(query)})`;
  const which = query.which === 'unassigned' ? UNASSIGNED : OPEN;
  const sources: Sql[] = [
    sql`(
    select one.* from unnest(${query.queueIds}::text[]) as queue (id)
    cross join lateral ${scan(sql`queue_id = queue.id`, which)} one)`,
  ];
  if (query.withoutQueue) sources.push(scan(sql`queue_id is null`, which));
  if (query.orHeld && query.which !== 'unassigned') sources.push(scan(assignedTo(query.agentId)));
  if (query.orHeld && query.which !== 'assigned') sources.push(scan(offeredTo(query.agentId)));
  return sources;
}

const assignedTo = (id: string) =>
  sql<boolean>`assignee_id = ${id} and state in ('active', 'wrap-up')`;
const offeredTo = (id: string) => sql<boolean>`offered_to_id = ${id} and state = 'offered'`;

function conditionsOf({ identity, cursor, sort }: InboxQuery): Condition[] {
  const conditions: Condition[] = [];
  if (identity) conditions.push(sql<boolean>`identity_state = ${identity}`);
  const after = cursor === undefined ? null : parseCursor(cursor);
  if (after) conditions.push(behind(after, sort));
  return conditions;
}

function behind({ rank, openedAt, id }: Place, sort: InboxQuery['sort']): Condition {
  if (sort === 'priority') {
    return sql`(${RANK}, opened_at, id) > (${rank}::int, ${openedAt}::bigint, ${id}::uuid)`;
  }
  const than = sql.raw(sort === 'newest' ? '<' : '>');
  return sql`(opened_at, id) ${than} (${openedAt}::bigint, ${id}::uuid)`;
}

/** Without `prefix`, of the table itself: there the rank is said as its index says it. */
function orderOf({ sort }: InboxQuery, prefix = ''): Sql {
  const direction = sort === 'newest' ? 'desc' : 'asc';
  const time = `${prefix}opened_at ${direction}, ${prefix}id ${direction}`;
  return sql.raw(`order by ${sort === 'priority' ? `${prefix}rank, ` : ''}${time}`);
}

/** Written out: a plan for any number would be one for very many. */
const limitOf = ({ limit }: InboxQuery): Sql => sql.raw(`limit ${limit + 1}`);

interface Place {
  rank: number;
  openedAt: number;
  id: string;
}

const cursorOf = ({ priority, openedAt, id }: ConversationRecord, { sort }: InboxQuery): string =>
  `${sort === 'priority' ? (priority ?? NO_PRIORITY) : 0}_${openedAt}_${id}`;

/** A cursor that was not ours points nowhere: the view begins at its beginning. */
function parseCursor(cursor: string): Place | null {
  const [rank, openedAt, id = ''] = cursor.split('_');
  const place = { rank: Number(rank), openedAt: Number(openedAt), id };
  const isInteger = (place.rank | 0) === place.rank && Number.isSafeInteger(place.openedAt);
  return isInteger && isConversationId(id) ? place : null;
}

const heldBy = (agentIds: string[]) => sql<Held>`
  select "agentId", "queueId", identity, assigned, count(*)::int as count from (
    select assignee_id as "agentId", queue_id as "queueId", identity_state as identity,
           true as assigned from conversations
    where assignee_id = any (${agentIds}::text[]) and state in ('active', 'wrap-up')
    union all
    select offered_to_id, queue_id, identity_state, false from conversations
    where offered_to_id = any (${agentIds}::text[]) and state = 'offered'
  ) own group by "agentId", "queueId", identity, assigned`;

export async function held(db: Connection, agentIds: string[]): Promise<Held[]> {
  if (agentIds.length === 0) return [];
  return (await heldBy(agentIds).execute(db)).rows;
}

/** Reads every open conversation's index entry: for a cache, not for a request. */
export async function openCounts(db: Connection): Promise<OpenCount[]> {
  const { rows } = await sql<OpenCount>`
    select queue_id as "queueId", identity_state as identity, ${UNASSIGNED} as unassigned,
           count(*)::int as count
    from conversations where ${OPEN} group by 1, 2, 3`.execute(db);
  return rows;
}

/** When columns of any conversation changed last, ms since the epoch; 0: never. From the end of an index. */
export async function lastChangedAt(db: Connection): Promise<number> {
  const { rows } = await sql<{ at: number }>`
    select coalesce(max(changed_at), 0) as at from conversations`.execute(db);
  return rows[0]?.at ?? 0;
}

/** As `openCounts`, for a supervisor's look at the whole. */
export async function workload(db: Connection): Promise<Workload[]> {
  const { rows } = await sql<Workload>`
    select queue_id as "queueId", state, coalesce(assignee_id, offered_to_id) as "agentId",
           count(*)::int as count, min(opened_at) as "oldestOpenedAt"
    from conversations where ${OPEN} group by 1, 2, 3`.execute(db);
  return rows;
}

interface SummaryRow extends Omit<EntryRow, 'id'> {
  of: string;
  unread: number;
  /** Null: nobody has said anything yet. */
  id: string | null;
}

const columns = sql.join(ENTRY_COLUMNS.map((column) => sql.ref(column)));

/** The last message of each log, and how much of its customer is unread. */
export async function summaries(
  on: Prepared,
  marks: Map<string, number>,
): Promise<Map<string, LogSummary>> {
  const known = [...marks].filter(([id]) => isConversationId(id));
  const rows = await prepared(
    on,
    sql<SummaryRow>`
    select log.id as "of", unread.count as unread, last.*
    from unnest(${known.map(([id]) => id)}::uuid[], ${known.map(([, seq]) => seq)}::int[])
      as log (id, mark)
    cross join lateral (
      select count(*)::int as count from (
        select 1 from entries
        where conversation_id = log.id and seq > log.mark and kind = 'message' and role = 'customer'
        limit ${sql.raw(String(MOST_UNREAD))}) missed) unread
    left join lateral (
      select ${columns} from entries where conversation_id = log.id and kind = 'message'
      order by seq desc limit 1) last on true`,
  );
  return new Map(
    rows.map(({ of, unread, id, ...row }) => [
      of,
      { unread, preview: id === null ? null : toEntry({ ...row, id }) },
    ]),
  );
}

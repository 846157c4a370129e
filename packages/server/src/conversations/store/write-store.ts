/** Writes of a conversation's columns, with the entries that belong to them, in one transaction. */
import type { ConversationState, IdentityState } from '@countersign/protocol';
import type { Transaction } from 'kysely';
import { untilOf } from '../identity-at.ts';
import type { ConversationChange, OpenConversation } from '../index.ts';
import { entryAt, type NewEntry, storable } from '../new-entry.ts';
import type { ConversationRecord, EntryRecord } from '../records.ts';
import { firstLink, nextLink } from '../trail/link.ts';
import {
  type Connection,
  type ConversationRow,
  type ConversationUpdate,
  ENTRY_COLUMNS,
  type EntryInsert,
  type Tables,
  toConversation,
  toEntry,
} from './rows.ts';

type Writing = Transaction<Tables>;

export interface Written {
  record: ConversationRecord;
  entries: EntryRecord[];
}

/** The row, locked against appends and other changes until the transaction ends. */
export async function lock(db: Writing, id: string): Promise<ConversationRow | undefined> {
  return db
    .selectFrom('conversations')
    .selectAll()
    .where('id', '=', id)
    .forNoKeyUpdate()
    .executeTakeFirst();
}

/** Writes a change to a row that this transaction has locked. */
export async function writeChange(
  db: Writing,
  row: ConversationRow,
  set: ConversationChange['set'],
  entries: NewEntry[],
  now: number,
): Promise<Written> {
  const placed = place(row, entries, set?.identity?.state ?? row.identity_state, now);
  const updated = await db
    .updateTable('conversations')
    .set({
      ...timesOf(row, set?.state, now),
      ...columns(set ?? {}),
      ...placed.counters,
      changed_at: now,
    })
    .where('id', '=', row.id)
    .returningAll()
    .executeTakeFirstOrThrow();
  await insertEntries(db, placed.rows);
  return { record: toConversation(updated), entries: placed.records };
}

/** When it was first assigned, ended and closed follows from its state. */
export function timesOf(
  row: Pick<ConversationRow, 'assigned_at' | 'ended_at' | 'closed_at'>,
  state: ConversationState | undefined,
  now: number,
): ConversationUpdate {
  const assigned = state === 'active' && row.assigned_at === null;
  const ended = (state === 'wrap-up' || state === 'closed') && row.ended_at === null;
  return {
    ...(assigned && { assigned_at: now }),
    ...(ended && { ended_at: now }),
    ...(state === 'closed' && row.closed_at === null && { closed_at: now }),
  };
}

/** Null: this owner has an open conversation. */
export async function insertOpen(
  db: Writing,
  id: string,
  input: OpenConversation,
  entries: NewEntry[],
  now: number,
): Promise<Written | null> {
  const empty = { id, last_seq: 0, last_at: 0, customer_seq: 0, link: firstLink(id) };
  const placed = place(empty, entries, input.identity.state, now);
  const row = await db
    .insertInto('conversations')
    .values({
      id,
      ...placed.counters,
      last_at: placed.counters.last_at || now,
      identity_state: input.identity.state,
      state: 'waiting',
      owner_key: input.ownerKey,
      channel: input.channel,
      deployment_id: input.deploymentId,
      workstream_id: input.workstreamId,
      capacity: input.capacity,
      contact_id: input.contactId,
      customer_name: text(input.customerName),
      customer_email: text(input.customerEmail),
      locale: text(input.locale),
      identity: JSON.stringify(input.identity),
      identity_until: untilOf(input.identity),
      context: JSON.stringify(input.context),
      declined_by: [],
      opened_at: now,
      changed_at: now,
    })
    .onConflict((conflict) =>
      conflict
        .column('owner_key')
        .where('state', 'in', ['waiting', 'offered', 'active'])
        .doNothing(),
    )
    .returningAll()
    .executeTakeFirst();
  if (!row) return null;
  await insertEntries(db, placed.rows);
  return { record: toConversation(row), entries: placed.records };
}

/** What the log already holds under these keys, in its order. */
export async function entriesByKey(db: Connection, keys: string[]): Promise<EntryRecord[]> {
  if (keys.length === 0) return [];
  const rows = await db
    .selectFrom('entries')
    .select(ENTRY_COLUMNS)
    .where('dedupe', 'in', keys)
    .orderBy('conversation_id')
    .orderBy('seq')
    .execute();
  return rows.map(toEntry);
}

interface Counters {
  last_seq: number;
  last_at: number;
  customer_seq: number;
  link: Buffer;
}

/** The same numbering and chain as in the batch: the row is locked, or not there for anybody else yet. */
export function place(
  row: Counters & { id: string },
  entries: NewEntry[],
  identityState: IdentityState,
  now: number,
) {
  const counters = {
    last_seq: row.last_seq,
    last_at: row.last_at,
    customer_seq: row.customer_seq,
    link: row.link,
  };
  const rows: EntryInsert[] = [];
  const records: EntryRecord[] = [];
  for (const entry of entries) {
    counters.last_seq += 1;
    counters.last_at = Math.max(now, counters.last_at + 1);
    if (entry.customerVisible) counters.customer_seq += 1;
    const at = {
      seq: counters.last_seq,
      at: counters.last_at,
      identityState: stateOf(entry, identityState),
    };
    counters.link = nextLink(counters.link, entry.contentHash, at);
    const record = entryAt({ ...entry, conversationId: row.id }, at);
    records.push(record);
    rows.push(toRow(record, entry, counters));
  }
  return { counters, rows, records };
}

/** As in `linked-entry.ts`. */
const stateOf = ({ lapsed }: NewEntry, state: IdentityState): IdentityState =>
  lapsed && state === 'verified' ? 'lapsed' : state;

const toRow = (record: EntryRecord, entry: NewEntry, counters: Counters): EntryInsert => ({
  conversation_id: record.conversationId,
  seq: record.seq,
  customer_seq: entry.customerVisible ? counters.customer_seq : null,
  at: record.at,
  id: record.id,
  dedupe: entry.dedupe,
  kind: record.kind,
  role: record.role,
  identity_state: record.identityState,
  sender_id: record.senderId,
  sender_name: record.senderName,
  client_id: record.clientId,
  text: record.text,
  content: entry.contentJson,
  data: entry.dataJson,
  link: counters.link,
});

async function insertEntries(db: Writing, rows: EntryInsert[]): Promise<void> {
  if (rows.length > 0) await db.insertInto('entries').values(rows).execute();
}

function columns(set: NonNullable<ConversationChange['set']>): ConversationUpdate {
  const row: ConversationUpdate = {};
  if (set.state !== undefined) row.state = set.state;
  if (set.queueId !== undefined) row.queue_id = set.queueId;
  if (set.priority !== undefined) row.priority = set.priority;
  if (set.assigneeId !== undefined) row.assignee_id = set.assigneeId;
  if (set.offeredToId !== undefined) row.offered_to_id = set.offeredToId;
  if (set.offerExpiresAt !== undefined) row.offer_expires_at = set.offerExpiresAt;
  if (set.declinedBy !== undefined) row.declined_by = set.declinedBy;
  if (set.contactId !== undefined) row.contact_id = set.contactId;
  if (set.customerName !== undefined) row.customer_name = text(set.customerName);
  if (set.customerEmail !== undefined) row.customer_email = text(set.customerEmail);
  if (set.context !== undefined) row.context = JSON.stringify(set.context);
  if (set.routing !== undefined) row.routing = set.routing && JSON.stringify(set.routing);
  if (set.ownerKey !== undefined) row.owner_key = set.ownerKey;
  if (set.closedAt !== undefined) row.closed_at = set.closedAt;
  if (set.queuedAt !== undefined) row.queued_at = set.queuedAt;
  if (set.overflowedFrom !== undefined) row.overflowed_from = set.overflowedFrom;
  if (set.toldNext !== undefined) row.told_next = set.toldNext;
  if (set.endedBy !== undefined) row.ended_by = set.endedBy;
  if (set.wrapUpUntil !== undefined) row.wrap_up_until = set.wrapUpUntil;
  if (set.rating !== undefined) row.rating = set.rating;
  if (set.identity !== undefined) {
    row.identity = JSON.stringify(set.identity);
    row.identity_state = set.identity.state;
    row.identity_until = untilOf(set.identity);
  }
  return row;
}

const text = (value: string | null): string | null => (value === null ? null : storable(value));

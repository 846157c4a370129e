/** How conversations and entries are stored, and how a row becomes a record. */
import type {
  ContextVariable,
  ConversationState,
  EntryKind,
  Identity,
  IdentityState,
  Role,
  Routing,
} from '@countersign/protocol';
import type { ColumnType, Insertable, Kysely, Selectable, Updateable } from 'kysely';
import type { Database } from '../../platform/index.ts';
import type { ConversationRecord, EndedBy, EntryRecord } from '../records.ts';

/** Read as a value, written as its text. */
type Json<T> = ColumnType<T, string, string>;
type JsonOrNull<T> = ColumnType<T | null, string | null | undefined, string | null>;

interface ConversationsTable {
  id: string;
  last_seq: number;
  last_at: number;
  /** How many of its entries the customer may see. */
  customer_seq: number;
  identity_state: IdentityState;
  state: ConversationState;
  owner_key: string;
  channel: string;
  deployment_id: string;
  workstream_id: string;
  queue_id: string | null;
  priority: number | null;
  assignee_id: string | null;
  offered_to_id: string | null;
  offer_expires_at: number | null;
  declined_by: string[];
  capacity: number;
  contact_id: string | null;
  customer_name: string | null;
  customer_email: string | null;
  locale: string | null;
  identity: Json<Identity>;
  context: Json<ContextVariable[]>;
  routing: JsonOrNull<Routing>;
  opened_at: number;
  changed_at: number;
  closed_at: number | null;
  queued_at: number | null;
  overflowed_from: ColumnType<string[], string[] | undefined, string[]>;
  told_next: ColumnType<boolean, boolean | undefined, boolean>;
  assigned_at: number | null;
  ended_at: number | null;
  ended_by: EndedBy | null;
  wrap_up_until: number | null;
  rating: number | null;
  /** The identity's `until`, ms since the epoch; null: as long as the session. */
  identity_until: number | null;
  /** Of its last entry; what its first is made from while it has none. */
  link: Buffer;
}

interface EntriesTable {
  conversation_id: string;
  seq: number;
  /** Counts what the customer may see; null: not for customers. */
  customer_seq: number | null;
  at: number;
  id: string;
  dedupe: string;
  kind: EntryKind;
  role: Role;
  identity_state: IdentityState;
  sender_id: string | null;
  sender_name: string | null;
  client_id: string | null;
  text: string | null;
  content: JsonOrNull<unknown[]>;
  data: JsonOrNull<Record<string, unknown>>;
  /** `trail/link.ts`. */
  link: Buffer;
}

// A type: kysely's `withTables` takes no interface
export type Tables = {
  conversations: ConversationsTable;
  entries: EntriesTable;
};

/** What a record is made of: links are read by the trail alone. */
export const ENTRY_COLUMNS = [
  ...(['conversation_id', 'seq', 'id', 'at', 'kind', 'role', 'sender_id', 'sender_name'] as const),
  ...(['text', 'content', 'data', 'identity_state', 'client_id'] as const),
] as const;

export type ConversationRow = Selectable<ConversationsTable>;
export type ConversationInsert = Insertable<ConversationsTable>;
export type ConversationUpdate = Updateable<ConversationsTable>;
export type EntryRow = Pick<Selectable<EntriesTable>, (typeof ENTRY_COLUMNS)[number]>;
export type EntryInsert = Insertable<EntriesTable>;

export type Connection = Kysely<Tables>;

export const tablesOf = (database: Pick<Database, 'kysely'>): Connection =>
  database.kysely.withTables<Tables>();

export const toConversation = (row: ConversationRow): ConversationRecord => ({
  id: row.id,
  ownerKey: row.owner_key,
  channel: row.channel,
  deploymentId: row.deployment_id,
  workstreamId: row.workstream_id,
  state: row.state,
  queueId: row.queue_id,
  priority: row.priority,
  assigneeId: row.assignee_id,
  offeredToId: row.offered_to_id,
  offerExpiresAt: row.offer_expires_at,
  declinedBy: row.declined_by,
  capacity: row.capacity,
  contactId: row.contact_id,
  customerName: row.customer_name,
  customerEmail: row.customer_email,
  locale: row.locale,
  identity: row.identity,
  context: row.context,
  routing: row.routing,
  openedAt: row.opened_at,
  queuedAt: row.queued_at,
  overflowedFrom: row.overflowed_from,
  toldNext: row.told_next,
  assignedAt: row.assigned_at,
  endedAt: row.ended_at,
  endedBy: row.ended_by,
  wrapUpUntil: row.wrap_up_until,
  rating: row.rating,
  closedAt: row.closed_at,
  lastSeq: row.last_seq,
  lastAt: row.last_at,
});

export const toEntry = (row: EntryRow): EntryRecord => ({
  conversationId: row.conversation_id,
  seq: row.seq,
  id: row.id,
  at: row.at,
  kind: row.kind,
  role: row.role,
  senderId: row.sender_id,
  senderName: row.sender_name,
  text: row.text,
  content: row.content ?? [],
  data: row.data,
  identityState: row.identity_state,
  clientId: row.client_id,
});

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;
/** What is no UUID is no conversation; asking PostgreSQL would be an error instead of an answer. */
export const isConversationId = (id: string): boolean => UUID.test(id);

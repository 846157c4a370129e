import type { ContextVariable, EntryKind, Identity } from '@countersign/protocol';
import type { Transaction } from 'kysely';
import type {
  Held,
  InboxPage,
  InboxQuery,
  LogSummary,
  OpenCount,
  Workload,
} from './inbox-query.ts';
import type { ConversationRecord, EntryDraft, EntryRecord } from './records.ts';
import type { OpenedOutcome, OpenedVolume, ReportRange } from './report.ts';

export type { OnWritten } from './change.ts';
export { type ConversationsParts, createConversations } from './create-conversations.ts';
export { CONVERSATIONS_TOPIC, type ConversationHint, conversationTopic } from './hints.ts';
export { identityAt, untilOf } from './identity-at.ts';
export type { Held, InboxQuery, LogSummary, OpenCount, Workload } from './inbox-query.ts';
export { conversationMigrations } from './migrations.ts';
export type { ConversationRecord, EndedBy, EntryDraft, EntryRecord } from './records.ts';
export { hasEnded } from './records.ts';
export type { OpenedOutcome, OpenedVolume, ReportRange } from './report.ts';
export { runVerifyTrail } from './trail/run-verify-trail.ts';

export interface OpenConversation {
  ownerKey: string;
  channel: string;
  deploymentId: string;
  workstreamId: string;
  capacity: number;
  contactId: string | null;
  customerName: string | null;
  customerEmail: string | null;
  locale: string | null;
  identity: Identity;
  context: ContextVariable[];
}

/**
 * What a change writes: new values of columns, and entries, in one transaction. `assignedAt`, `endedAt` and
 * `closedAt` follow the state.
 */
export interface ConversationChange {
  set?: Partial<
    Pick<
      ConversationRecord,
      | 'state'
      | 'queueId'
      | 'priority'
      | 'assigneeId'
      | 'offeredToId'
      | 'offerExpiresAt'
      | 'declinedBy'
      | 'contactId'
      | 'customerName'
      | 'customerEmail'
      | 'identity'
      | 'context'
      | 'routing'
      | 'ownerKey'
      | 'closedAt'
      | 'queuedAt'
      | 'overflowedFrom'
      | 'toldNext'
      | 'endedBy'
      | 'wrapUpUntil'
      | 'rating'
    >
  >;
  entries?: Omit<EntryDraft, 'conversationId'>[];
}

/** What waits in these queues, the first of each by priority and waiting time. */
export interface WaitingPage {
  queueIds: string[];
  perQueue: number;
  /** Only what takes no more of an agent's capacity. */
  units: number;
  exceptWorkstreamIds: string[];
  exceptIds: string[];
}

/** A conversation that comes to a queue. */
export interface Wait {
  id: string;
  queueId: string;
  priority: number;
  openedAt: number;
}

/** An offer to be written. */
export interface OfferChange {
  record: ConversationRecord;
  set: { offeredToId: string; offerExpiresAt: number };
  entry: Omit<EntryDraft, 'conversationId'>;
}

/** Several conversations in one transaction. */
export interface OfferBatch {
  transaction: Transaction<unknown>;
  /** Locks what it answers; what somebody else has locked is left out. */
  takeWaiting(page: WaitingPage): Promise<ConversationRecord[]>;
  /** Of conversations that were taken in this batch. */
  offer(offers: OfferChange[]): Promise<void>;
}

/** The log: append, read, follow; states. */
/** What conversations hang on. */
export interface Holder {
  column: 'deployment' | 'workstream' | 'queue' | 'agent';
  id: string;
}

export interface Conversations {
  /**
   * The open conversation of `ownerKey`, opened (state `waiting`) with the first entries if there is
   * none. Two tabs at once get the same one.
   */
  open(
    input: OpenConversation,
    first: Omit<EntryDraft, 'conversationId'>[],
  ): Promise<{ record: ConversationRecord; entries: EntryRecord[]; created: boolean }>;
  /**
   * Appends through the group commit and resolves after it. `repeated`: the entry was there already.
   * Faults: `conversation_closed` 409, `not_found` 404.
   */
  append(draft: EntryDraft): Promise<{ entry: EntryRecord; repeated: boolean }>;
  /**
   * Locks the conversation, asks `decide`, writes what it answers in the same transaction, publishes.
   * `decide` answers null to leave all as it is.
   */
  change(
    id: string,
    decide: (
      record: ConversationRecord,
      transaction: Transaction<unknown>,
    ) => ConversationChange | null | Promise<ConversationChange | null>,
  ): Promise<{ record: ConversationRecord; entries: EntryRecord[]; changed: boolean }>;
  read(id: string): Promise<ConversationRecord | null>;
  openOf(ownerKey: string): Promise<ConversationRecord | null>;
  /** Oldest first, `seq` > after. */
  entries(id: string, range: { after: number; limit: number }): Promise<EntryRecord[]>;
  /** The last `seq` of each; unknown conversations are left out. */
  lastSeqs(ids: string[]): Promise<Map<string, number>>;
  /** What a customer may see of several conversations, newest first, and how many there are in all. */
  history(
    ids: string[],
    page: { offset: number; limit: number },
  ): Promise<{ entries: EntryRecord[]; total: number }>;
  /**
   * Calls `listener` with every entry after `after`, in order, without gaps (invariant 4): from hints,
   * repaired from the database within 2 s. Answers a function that ends it.
   */
  follow(id: string, after: number, listener: (entries: EntryRecord[]) => void): () => void;
  list(filter: {
    states?: string[];
    queueIds?: string[];
    /** Null: of nobody. */
    assigneeId?: string | null;
    /** One, or several that are one person by now. */
    contactId?: string | string[];
    authenticated?: boolean;
    /** With `queueIds`, `orAgentId` widens to what is assigned or offered to this agent. */
    orAgentId?: string;
    /** Opened after this cursor (`openedAt`,`id` of the last item). */
    cursor?: string;
    limit: number;
    newestFirst?: boolean;
  }): Promise<{ items: ConversationRecord[]; next?: string }>;
  /** One page of a view of the inbox, and what the asking agent holds. One query. */
  inbox(query: InboxQuery): Promise<InboxPage>;
  /** What these agents have or are offered. */
  held(agentIds: string[]): Promise<Held[]>;
  /** All open conversations, counted. Its cost grows with them: for a cache. */
  openCounts(): Promise<OpenCount[]>;
  /** When columns of any conversation changed last, ms since the epoch; 0: never. */
  lastChangedAt(): Promise<number>;
  /** All open conversations by queue, state and agent. Its cost grows with them. */
  workload(): Promise<Workload[]>;
  /** For rows of the inbox; `marks`: up to which `seq` each conversation has been read, 0: nothing. */
  summaries(marks: Map<string, number>): Promise<Map<string, LogSummary>>;
  /** How many were opened in each bucket; buckets without any are not there. */
  volumes(range: ReportRange): Promise<OpenedVolume[]>;
  /** How it went with what was opened in each bucket; buckets without any are not there. */
  outcomes(range: ReportRange): Promise<OpenedOutcome[]>;
  /** The last message of each, for list rows. */
  previews(ids: string[]): Promise<Map<string, EntryRecord>>;
  /** Waiting conversations of these queues, by priority then waiting time. */
  waiting(queueIds: string[], limit: number): Promise<ConversationRecord[]>;
  /** Waiting conversations that have no queue yet: their routing was cut short. */
  unrouted(olderThanMs: number): Promise<string[]>;
  expiredOffers(): Promise<string[]>;
  /** Offers many waiting conversations in one transaction; followers hear of them after it. */
  offerBatch(work: (batch: OfferBatch) => Promise<void>): Promise<void>;
  /** How many wait in each of these queues, counted up to `upTo`. */
  waitingIn(queueIds: string[], upTo: number): Promise<Map<string, number>>;
  /** Conversations whose wrap-up has run out. */
  wrapUpsOver(): Promise<string[]>;
  /** Waiting in this queue since before this time (ms). */
  queuedBefore(queueId: string, before: number): Promise<string[]>;
  offeredTo(agentIds: string[]): Promise<string[]>;
  activeOf(agentIds: string[]): Promise<string[]>;
  /** The first of each queue whose customer has not been told so. */
  nextInLine(queueIds: string[]): Promise<string[]>;
  /** From 1; null: it does not wait in a queue. */
  positionOf(id: string): Promise<number | null>;
  /** Where a conversation would stand that comes to a queue. */
  placeIn(wait: Wait, transaction?: Transaction<unknown>): Promise<number>;
  /** The median of the queue's `last` waits since this time (ms), in ms; null: there were none. */
  usualWait(queueId: string, since: number, last: number): Promise<number | null>;
  /** Who last had a conversation of each contact. */
  lastAgents(
    contactIds: string[],
    transaction?: Transaction<unknown>,
  ): Promise<Map<string, string>>;
  /**
   * Conversations that are not closed and still `verified` by a proof whose `until` is not after this
   * time: what a sweep turns to `lapsed`.
   */
  lapsing(nowMs: number, limit: number): Promise<string[]>;
  /**
   * Conversations of this channel that have ended and are still `verified`; of `web`, where a proof may
   * outlive them, none.
   */
  verifiedEnded(channel: string, limit: number): Promise<string[]>;
  /** A conversation of one of these deployments whose customer has been proven; null: there is none. */
  anyVerified(deploymentIds: string[]): Promise<string | null>;
  /** The newest entry of one of these kinds; null: there is none. */
  lastOf(
    id: string,
    kinds: EntryKind[],
    transaction?: Transaction<unknown>,
  ): Promise<EntryRecord | null>;
  /** Units taken of each agent's capacity by what is active, in wrap-up or offered. */
  loads(agentIds: string[], transaction?: Transaction<unknown>): Promise<Map<string, number>>;
  /** How many conversations that are not closed hang on this object. */
  openWith(holder: Holder): Promise<number>;
  counts(): Promise<{ queueId: string; waiting: number; oldestOpenedAt: number | null }[]>;
  /** How many conversations these contacts have, closed ones too. */
  countOf(contactIds: string[]): Promise<number>;
  /** Conversations whose log or columns changed at or after this time (ms), at most `limit`. */
  changedSince(since: number, limit: number): Promise<ConversationRecord[]>;
  /** The identity trail as JSON text, in pieces (`Trail` of the protocol); null: no such conversation. */
  exportTrail(id: string): Promise<AsyncIterable<string> | null>;
  close(): Promise<void>;
}

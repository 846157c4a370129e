import type { IdentityState } from '@countersign/protocol';
import type { ConversationRecord, EntryRecord } from './records.ts';

/** One page of a view of the inbox: what is open, in a kept order. */
export interface InboxQuery {
  queueIds: string[];
  /** Also what has no queue yet. */
  withoutQueue: boolean;
  /** Who asks: what they hold is told with the page. */
  agentId: string;
  /** Also what the asking agent holds, in whichever queue. */
  orHeld: boolean;
  which: 'all' | 'unassigned' | 'assigned';
  identity: IdentityState | null;
  /** `priority`: then the longest waiting. */
  sort: 'longest-waiting' | 'newest' | 'priority';
  limit: number;
  /** `next` of the page before, with the same sort. */
  cursor?: string;
}

export interface InboxPage {
  items: ConversationRecord[];
  next?: string;
  held: Held[];
}

/** How many open conversations of a queue an agent has, or is offered. */
export interface Held {
  agentId: string;
  queueId: string | null;
  identity: IdentityState;
  /** False: offered to them. */
  assigned: boolean;
  count: number;
}

export interface OpenCount {
  queueId: string | null;
  identity: IdentityState;
  /** Waiting or offered. */
  unassigned: boolean;
  count: number;
}

/** What a row of the inbox shows of a log. */
export interface LogSummary {
  /** The last message. */
  preview: EntryRecord | null;
  /** The customer's messages after the read mark, `MOST_UNREAD` at most. */
  unread: number;
}

export const MOST_UNREAD = 100;

/** Open conversations of one queue, one state and one agent. */
export interface Workload {
  queueId: string | null;
  state: ConversationRecord['state'];
  /** Who has it, or is offered it. */
  agentId: string | null;
  count: number;
  oldestOpenedAt: number;
}

import type { AgentRef, Conversation, Me, Offer, Presence } from '@countersign/protocol';
import type { MessageKind } from '../api/workspace-api.ts';
import type { EntryLog } from './entry-log.ts';
import type { FeedStatus } from './live-feed.ts';

export interface Reading {
  /** Messages up to this `seq` have been counted or read. */
  counted: number;
  unread: number;
}

export interface OfferOver {
  conversation: Conversation;
  reason: 'timeout' | 'withdrawn' | 'ended';
}

export interface Typing {
  name: string | null;
  /** ms since the epoch. */
  since: number;
}

/** A message on its way; it keeps its `clientId`, so that a resend is the same message. */
export interface Outgoing {
  conversation: string;
  clientId: string;
  kind: MessageKind;
  text: string;
  at: string;
  state: 'sending' | 'failed';
}

export interface AgentState extends AgentRef {
  presence: Presence;
  load: number;
  capacity: number;
}

export interface QueueState {
  waiting: number;
  longestWaitSeconds: number;
}

export type Listing = 'loading' | 'ready' | 'failed';

/** All that the node told this person, as one value that is replaced and never changed. */
export interface WorkspaceState {
  me: Me;
  listing: Listing;
  conversations: ReadonlyMap<string, Conversation>;
  /** Conversations that a frame brought while a listing was being read: newer than its pages. */
  touched: ReadonlySet<string>;
  logs: ReadonlyMap<string, EntryLog>;
  reading: ReadonlyMap<string, Reading>;
  /** The conversation on screen in a visible tab. */
  viewing: string | null;
  outgoing: readonly Outgoing[];
  offers: readonly Offer[];
  /** The last offer that went without an answer of mine. */
  offerOver: OfferOver | null;
  typing: ReadonlyMap<string, Typing>;
  agents: ReadonlyMap<string, AgentState>;
  queues: ReadonlyMap<string, QueueState>;
  feed: FeedStatus;
}

export const initialState = (me: Me): WorkspaceState => ({
  me,
  listing: 'loading',
  conversations: new Map(),
  touched: new Set(),
  logs: new Map(),
  reading: new Map(),
  viewing: null,
  outgoing: [],
  offers: me.offers,
  offerOver: null,
  typing: new Map(),
  agents: new Map(),
  queues: new Map(),
  feed: { state: 'connecting', tries: 0 },
});

/** A copy of `map` with one entry set. */
export function withEntry<Key, Value>(
  map: ReadonlyMap<Key, Value>,
  key: Key,
  value: Value,
): ReadonlyMap<Key, Value> {
  return new Map(map).set(key, value);
}

/** A copy of `map` without one entry; `map` itself when it is not there. */
export function withoutEntry<Key, Value>(
  map: ReadonlyMap<Key, Value>,
  key: Key,
): ReadonlyMap<Key, Value> {
  if (!map.has(key)) return map;
  const copy = new Map(map);
  copy.delete(key);
  return copy;
}

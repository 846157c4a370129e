import type {
  AgentRef,
  Conversation,
  Entry,
  InboxCounts,
  LiveFrame,
  Me,
  Offer,
  Presence,
} from '@countersign/protocol';
import type { SentFile } from '../api/upload-file.ts';
import type { InboxQuery, MessageKind } from '../api/workspace-api.ts';
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
  /** Of a bubble, its name. */
  text: string;
  isBubble?: boolean;
  files?: readonly SentFile[];
  /** Ids of the agents whom a note names. */
  mentions: readonly string[];
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

/** The view on screen, and how far it has been read. What it holds is in `conversations`. */
export interface InboxList {
  query: InboxQuery;
  state: 'loading' | 'ready' | 'failed';
  /** Of the next page; null: everything was read. */
  next: string | null;
  /** The last conversation of the pages read, as it was listed. */
  end: Conversation | null;
  more: 'idle' | 'loading' | 'failed';
}

export type Viewers = Extract<LiveFrame, { type: 'viewers' }>['agents'];

/** A colleague's note names this person. */
export interface Mention {
  conversation: string;
  entry: Entry;
}

/** All that the node told this person, as one value that is replaced and never changed. */
export interface WorkspaceState {
  me: Me;
  list: InboxList;
  /** Of the node, at most a second old; null before the first answer. */
  counts: InboxCounts | null;
  conversations: ReadonlyMap<string, Conversation>;
  /**
   * Conversations that the node told of since a page was asked for, and up to which entry: newer than the
   * page, and than what was on its way for longer.
   */
  touched: ReadonlyMap<string, number>;
  logs: ReadonlyMap<string, EntryLog>;
  reading: ReadonlyMap<string, Reading>;
  /** The conversation on screen in a visible tab. */
  viewing: string | null;
  outgoing: readonly Outgoing[];
  offers: readonly Offer[];
  /** The last offer that went without an answer of mine. */
  offerOver: OfferOver | null;
  typing: ReadonlyMap<string, Typing>;
  /** Colleagues who have a conversation on screen too. */
  viewers: ReadonlyMap<string, Viewers>;
  /** Not dismissed yet, oldest first. */
  mentions: readonly Mention[];
  agents: ReadonlyMap<string, AgentState>;
  queues: ReadonlyMap<string, QueueState>;
  feed: FeedStatus;
}

export const initialState = (me: Me): WorkspaceState => ({
  me,
  list: {
    query: { view: 'mine', sort: 'longest-waiting' },
    state: 'loading',
    next: null,
    end: null,
    more: 'idle',
  },
  counts: null,
  conversations: new Map(),
  touched: new Map(),
  logs: new Map(),
  reading: new Map(),
  viewing: null,
  outgoing: [],
  offers: me.offers,
  offerOver: null,
  typing: new Map(),
  viewers: new Map(),
  mentions: [],
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

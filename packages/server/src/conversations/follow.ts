/**
 * Followers (invariant 4): who has n gets n+1 and on, each once, in order. Hints bring entries at once;
 * a gap is read from the log; and one question a second about all that is followed finds what no hint told.
 */
import type { Logger } from 'pino';
import type { Bus } from '../platform/index.ts';
import { type ConversationHint, conversationTopic } from './hints.ts';
import type { EntryRecord } from './records.ts';

export interface FollowParts {
  bus: Pick<Bus, 'publish' | 'subscribe'>;
  log: Logger;
  entries(id: string, range: { after: number; limit: number }): Promise<EntryRecord[]>;
  lastSeqs(ids: string[]): Promise<Map<string, number>>;
  /** Between two questions to the database. */
  pollMs: number;
}

type Listener = (entries: EntryRecord[]) => void;

interface Follower {
  /** The last it has. */
  seq: number;
  listener: Listener;
}

interface Followed {
  id: string;
  followers: Set<Follower>;
  unsubscribe(): void;
  reading: boolean;
  /** Somebody found a gap while reading: what was read may not have it yet. */
  again: boolean;
}

const PAGE = 500;
const IDS_AT_ONCE = 2000;

export function createFollow(parts: FollowParts) {
  const followed = new Map<string, Followed>();
  const unchecked = new Set<string>();
  let asking = false;
  const poll = setInterval(() => void ask([...followed.keys()]), parts.pollMs);
  poll.unref();

  function follow(id: string, after: number, listener: Listener): () => void {
    const state = followed.get(id) ?? start(id);
    const follower: Follower = { seq: after, listener };
    state.followers.add(follower);
    askSoon(id);
    return () => {
      state.followers.delete(follower);
      if (state.followers.size > 0 || followed.get(id) !== state) return;
      state.unsubscribe();
      followed.delete(id);
    };
  }

  function start(id: string): Followed {
    const unsubscribe = parts.bus.subscribe(conversationTopic(id), (hint) => {
      if (isHint(hint)) arrive(state, hint.entries);
    });
    const state: Followed = { id, followers: new Set(), unsubscribe, reading: false, again: false };
    followed.set(id, state);
    return state;
  }

  /** What comes in order goes on; whoever lacks what lies before it is read to. */
  function arrive(state: Followed, entries: EntryRecord[]): void {
    const last = entries.at(-1);
    if (!last) return;
    let gap = false;
    for (const follower of state.followers) {
      deliver(follower, entries);
      if (follower.seq < last.seq) gap = true;
    }
    if (gap) void catchUp(state);
  }

  /** Of entries in order, those that this follower lacks, as far as they go on from what it has. */
  function deliver(follower: Follower, entries: EntryRecord[]): void {
    const next: EntryRecord[] = [];
    for (const entry of entries) {
      if (entry.seq !== follower.seq + 1) continue;
      follower.seq = entry.seq;
      next.push(entry);
    }
    if (next.length === 0) return;
    try {
      follower.listener(next);
    } catch (error) {
      // One bad follower stops nobody else
      parts.log.error({ err: error }, 'a follower of a conversation failed');
    }
  }

  async function catchUp(state: Followed): Promise<void> {
    state.again = state.reading;
    if (state.reading) return;
    state.reading = true;
    try {
      for (let more = true; more && state.followers.size > 0; ) {
        const after = Math.min(...[...state.followers].map(({ seq }) => seq));
        const entries = await parts.entries(state.id, { after, limit: PAGE });
        for (const follower of state.followers) deliver(follower, entries);
        more = entries.length === PAGE || state.again;
        state.again = false;
      }
    } catch (error) {
      // The next poll asks again
      parts.log.warn({ code: codeOf(error) }, 'a conversation could not be read for its followers');
    } finally {
      state.reading = false;
    }
  }

  /** Those that begin in one turn are asked about together: a reconnect storm is few questions. */
  function askSoon(id: string): void {
    if (unchecked.size === 0) {
      setImmediate(() => {
        const ids = [...unchecked];
        unchecked.clear();
        void askAll(ids);
      });
    }
    unchecked.add(id);
  }

  async function ask(ids: string[]): Promise<void> {
    if (asking || ids.length === 0) return;
    asking = true;
    await askAll(ids);
    asking = false;
  }

  async function askAll(ids: string[]): Promise<void> {
    for (let start = 0; start < ids.length; start += IDS_AT_ONCE) {
      try {
        const seqs = await parts.lastSeqs(ids.slice(start, start + IDS_AT_ONCE));
        for (const [id, seq] of seqs) repair(followed.get(id), seq);
      } catch (error) {
        parts.log.warn({ code: codeOf(error) }, 'the database did not tell what followers lack');
      }
    }
  }

  function repair(state: Followed | undefined, lastSeq: number): void {
    if (!state) return;
    for (const { seq } of state.followers) {
      if (seq < lastSeq) {
        void catchUp(state);
        return;
      }
    }
  }

  function close(): void {
    clearInterval(poll);
    for (const state of followed.values()) state.unsubscribe();
    followed.clear();
  }

  return { follow, close };
}

/** Hints of other nodes come over the wire. */
const isHint = (hint: unknown): hint is ConversationHint =>
  typeof hint === 'object' && hint !== null && 'entries' in hint && Array.isArray(hint.entries);

const codeOf = (error: unknown): unknown =>
  error instanceof Error && 'code' in error ? error.code : 'unknown';

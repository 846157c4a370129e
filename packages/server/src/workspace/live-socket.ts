import type { IncomingHttpHeaders } from 'node:http';
import type { Duplex } from 'node:stream';
import {
  type AttemptSummary,
  type Conversation,
  type LiveFrame,
  LiveRequest,
} from '@countersign/protocol';
import { Value } from 'typebox/value';
import type { WebSocket } from 'ws';
import type { ConversationRecord } from '../conversations/index.ts';
import { maySee, visibleQueues } from './authorise.ts';
import type { WorkspaceParts } from './index.ts';
import { presentConversation, presentEntry, time } from './present.ts';
import { mayReadAttempts, type Staff, servesCustomers, staffId } from './staff.ts';

/** What a reader may leave unread before it is cut off; it resumes when it comes back (S05). */
const MAX_UNREAD_BYTES = 4 * 1024 * 1024;
/** A cursor lies this far back, so that a transaction that commits late is not skipped. */
const CURSOR_MARGIN_MS = 10_000;
type OfferGone = Extract<LiveFrame, { type: 'offer-gone' }>;

const RESUME_LIMIT = 1000;
const ENTRIES_PAGE = 200;

/** One connection to the live feed: what this person may see, and follows, right now. */
export interface LiveSocket {
  readonly staff: Staff;
  readonly headers: IncomingHttpHeaders;
  send(frame: LiveFrame): void;
  conversation(record: ConversationRecord, conversation: Conversation, fresh: number): void;
  queue(name: string, waiting: number, longestWaitSeconds: number): void;
  cursor(): void;
  /** Who this is by now: what they may no longer see goes away (A04). */
  recheck(staff: Staff): Promise<void>;
  attempt(attempt: AttemptSummary): void;
  attemptsSkipped(count: number): void;
  ping(): void;
  close(code: number, reason: string): void;
  release(): void;
}

export function createLiveSocket(
  socket: WebSocket,
  connection: Duplex,
  initialStaff: Staff,
  headers: IncomingHttpHeaders,
  parts: WorkspaceParts,
): LiveSocket {
  const { configuration, conversations, bus, clock, telemetry } = parts;
  /** Conversations shown to this socket and still open. */
  const shown = new Set<string>();
  const offers = new Map<string, number>();
  const following = new Map<string, () => void>();
  const waitingSent = new Map<string, number>();
  let followsAttempts = false;
  let started = false;
  let alive = true;

  let staff = initialStaff;
  let rights = rightsOf(initialStaff);

  const live: LiveSocket = {
    get staff() {
      return staff;
    },
    headers,
    send,
    conversation,
    queue(name, waiting, longestWaitSeconds) {
      if (waitingSent.get(name) === waiting) return;
      waitingSent.set(name, waiting);
      send({ type: 'queue', queue: name, waiting, longestWaitSeconds });
    },
    attempt(attempt) {
      if (hearsAttempts()) send({ type: 'attempt', attempt });
    },
    attemptsSkipped(count) {
      if (hearsAttempts()) send({ type: 'attempts-skipped', count });
    },
    cursor: () => send({ type: 'cursor', cursor: cursorNow() }),
    ping() {
      if (alive) socket.ping();
      else socket.terminate();
      alive = false;
    },
    recheck,
    close: (code, reason) => socket.close(code, reason),
    release() {
      for (const end of following.values()) end();
      following.clear();
    },
  };
  socket.on('pong', () => {
    alive = true;
  });
  socket.on('error', () => socket.terminate());
  socket.on('message', (data, isBinary) => {
    receive(isBinary ? '' : data.toString()).catch((cause: unknown) => {
      telemetry.log.warn({ err: cause }, 'live feed: a request failed');
      socket.close(1011, 'The node could not answer; connect again.');
    });
  });
  return live;

  /** By the roles of now: who lost them hears nothing more. */
  function hearsAttempts(): boolean {
    return followsAttempts && mayReadAttempts(live.staff);
  }

  function send(frame: LiveFrame): void {
    if (!started || socket.readyState !== socket.OPEN) return;
    if (socket.bufferedAmount > MAX_UNREAD_BYTES) socket.terminate();
    else {
      gather();
      socket.send(JSON.stringify(frame));
    }
  }

  /** What one commit brings for this agent leaves in one write: a system call is most of a frame's cost. */
  function gather(): void {
    if (connection.writableCorked > 0) return;
    connection.cork();
    process.nextTick(() => connection.uncork());
  }

  async function receive(text: string): Promise<void> {
    const request = parse(text);
    if (!request) {
      socket.close(
        1008,
        'Send start, resume, follow, unfollow, follow-attempts or unfollow-attempts.',
      );
      return;
    }
    switch (request.type) {
      case 'start':
        return start();
      case 'resume':
        return resume(request.since);
      case 'follow':
        return followOnRequest(request.conversation, request.after);
      case 'unfollow':
        return unfollowOnRequest(request.conversation);
      case 'follow-attempts':
      case 'unfollow-attempts':
        followsAttempts = request.type === 'follow-attempts';
    }
  }

  async function start(): Promise<void> {
    started = true;
    send({ type: 'ready', cursor: cursorNow(), resumed: false });
    for (const record of await mine()) follow(record.id, record.lastSeq);
  }

  /** Everything changed since; what was missed in the caller's own conversations, then live. */
  async function resume(cursor: string): Promise<void> {
    const since = Date.parse(cursor);
    const next = cursorNow();
    const changed = Number.isNaN(since)
      ? []
      : await conversations.changedSince(since, RESUME_LIMIT);
    if (Number.isNaN(since) || changed.length >= RESUME_LIMIT) return start();
    started = true;
    send({ type: 'ready', cursor: next, resumed: true });
    const previews = await conversations.previews(changed.map((record) => record.id));
    for (const record of changed) {
      conversation(record, presentConversation(record, parts, previews.get(record.id)), 0);
    }
    for (const record of await mine()) {
      unfollow(record.id);
      follow(record.id, await heldBefore(record, since));
    }
  }

  /** The last `seq` of a conversation that was written before this time. */
  async function heldBefore(record: ConversationRecord, since: number): Promise<number> {
    let before = record.lastSeq;
    while (before > 0) {
      const after = Math.max(0, before - ENTRIES_PAGE);
      const page = await conversations.entries(record.id, { after, limit: before - after });
      const older = page.findLast((entry) => entry.at < since);
      if (older) return older.seq;
      before = after;
    }
    return 0;
  }

  async function mine(): Promise<ConversationRecord[]> {
    if (!servesCustomers(staff)) return [];
    const assigneeId = staffId(staff);
    const states = ['active', 'wrap-up'];
    return (await conversations.list({ assigneeId, states, limit: RESUME_LIMIT })).items;
  }

  function conversation(record: ConversationRecord, shape: Conversation, fresh: number): void {
    if (!started) return;
    if (!maySee(staff, record, configuration)) {
      hide(record.id);
      return;
    }
    if (record.state === 'closed') shown.delete(record.id);
    else shown.add(record.id);
    send({ type: 'conversation', conversation: shape });
    followOwn(record, fresh);
    offer(record, shape);
  }

  async function recheck(now: Staff): Promise<void> {
    staff = now;
    const next = rightsOf(now);
    if (next === rights) return;
    for (const id of new Set([...shown, ...following.keys()])) {
      const record = await conversations.read(id);
      if (!record || !maySee(staff, record, configuration)) hide(id);
    }
    rights = next;
  }

  function rightsOf(person: Staff): string {
    return JSON.stringify(visibleQueues(person, configuration)?.sort() ?? null);
  }

  function hide(id: string): void {
    unfollow(id);
    withdrawOffer(id, 'withdrawn');
    if (shown.delete(id)) send({ type: 'conversation-gone', conversation: id });
  }

  /** Entries arrive by themselves for what is assigned to the caller, from the assignment on. */
  function followOwn(record: ConversationRecord, fresh: number): void {
    const own = record.assigneeId === staffId(staff) && record.state !== 'closed';
    if (own && !following.has(record.id)) follow(record.id, record.lastSeq - fresh);
  }

  function offer(record: ConversationRecord, shape: Conversation): void {
    const toMe = record.state === 'offered' && record.offeredToId === staffId(staff);
    if (!toMe) {
      withdrawOffer(record.id, whyGone(record));
      return;
    }
    const expiresAt = record.offerExpiresAt ?? clock.now();
    if (offers.get(record.id) === expiresAt) return;
    offers.set(record.id, expiresAt);
    const seconds = configuration.current().workstreams.get(record.workstreamId)?.offerTimeout ?? 0;
    send({ type: 'offer', offer: { conversation: shape, expiresAt: time(expiresAt), seconds } });
  }

  function whyGone(record: ConversationRecord): OfferGone['reason'] {
    const me = staffId(staff);
    if (record.assigneeId === me && record.state === 'active') return 'accepted';
    if (record.state === 'closed' || record.state === 'wrap-up') return 'ended';
    if (record.declinedBy.at(-1) !== me) return 'withdrawn';
    return (offers.get(record.id) ?? 0) <= clock.now() ? 'timeout' : 'declined';
  }

  function withdrawOffer(id: string, reason: OfferGone['reason']): void {
    if (offers.delete(id)) send({ type: 'offer-gone', conversation: id, reason });
  }

  async function followOnRequest(id: string, after?: number): Promise<void> {
    const record = await conversations.read(id);
    if (!record || !maySee(staff, record, configuration)) return;
    unfollow(id);
    shown.add(id);
    follow(id, after ?? record.lastSeq);
  }

  /** The caller's own conversations stay: what is said in them always reaches its agent. */
  async function unfollowOnRequest(id: string): Promise<void> {
    const record = await conversations.read(id);
    if (record?.assigneeId !== staffId(staff)) unfollow(id);
  }

  function follow(id: string, after: number): void {
    const viewer = staffId(staff);
    const endEntries = conversations.follow(id, after, (entries) => {
      for (const entry of entries) {
        send({ type: 'entry', conversation: id, entry: presentEntry(entry, viewer) });
      }
    });
    const endTyping = bus.subscribe(`typing/${id}`, (hint) => {
      const { role, name } = hint as { role: 'customer' | 'agent'; name?: string };
      if (role === 'agent' && name === undefined) return;
      send({ type: 'typing', conversation: id, from: { role, ...(name ? { name } : {}) } });
    });
    following.set(id, () => {
      endEntries();
      endTyping();
    });
  }

  function unfollow(id: string): void {
    following.get(id)?.();
    following.delete(id);
  }

  function cursorNow(): string {
    return time(clock.now() - CURSOR_MARGIN_MS);
  }
}

function parse(text: string): LiveRequest | null {
  try {
    const value: unknown = JSON.parse(text);
    return Value.Check(LiveRequest, value) ? value : null;
  } catch {
    return null;
  }
}

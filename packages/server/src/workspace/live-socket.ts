import type { IncomingHttpHeaders } from 'node:http';
import type { Duplex } from 'node:stream';
import {
  type AttemptSummary,
  type Conversation,
  type InboxCounts,
  type LiveFrame,
  LiveRequest,
} from '@countersign/protocol';
import { Value } from 'typebox/value';
import type { WebSocket } from 'ws';
import type { ConversationRecord } from '../conversations/index.ts';
import { newId } from '../platform/index.ts';
import { maySee, visibleQueues } from './authorise.ts';
import type { WorkspaceParts } from './index.ts';
import type { MentionHint } from './mentions.ts';
import { agentName, presentConversation, presentEntry, time } from './present.ts';
import { mayReadAttempts, type Staff, servesCustomers, staffId } from './staff.ts';
import type { ViewerBoard } from './viewers.ts';

/** What a reader may leave unread before it is cut off; it resumes when it comes back (S05). */
const MAX_UNREAD_BYTES = 4 * 1024 * 1024;
/** A cursor lies this far back, so that a transaction that commits late is not skipped. */
const CURSOR_MARGIN_MS = 10_000;
type OfferGone = Extract<LiveFrame, { type: 'offer-gone' }>;

const NO_VIEWERS = '[]';
const RESUME_LIMIT = 1000;
const ENTRIES_PAGE = 200;

/** A conversation as shown, and the frame that tells of it: written once for all who may see it. */
interface Shown {
  conversation: Conversation;
  frame: string;
}

/** One connection to the live feed: what this person may see, and follows, right now. */
export interface LiveSocket {
  readonly staff: Staff;
  readonly headers: IncomingHttpHeaders;
  /** A frame that everybody at work may have. */
  sendText(frame: string): void;
  /** `after`: the last entry before the change. */
  conversation(record: ConversationRecord, shown: Shown, after: number): void;
  /** `frame` goes out to who may see the queue, when `waiting` is not what they were told last. */
  queue(id: string, waiting: number, frame: string): void;
  counts(counts: InboxCounts): void;
  /** Who views this conversation has changed. */
  viewers(conversation: string): void;
  mention(hint: MentionHint): void;
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
  parts: WorkspaceParts & { viewers: ViewerBoard },
): LiveSocket {
  const { configuration, conversations, bus, clock, telemetry } = parts;
  const screen = newId();
  /** Conversations shown to this socket and still open, and up to which entry they were told. */
  const shown = new Map<string, number>();
  const offers = new Map<string, number>();
  const following = new Map<string, () => void>();
  const waitingSent = new Map<string, number>();
  let countsSent = '';
  let viewing: string | null = null;
  let viewersSent = NO_VIEWERS;
  let followsAttempts = false;
  let started = false;
  let alive = true;

  let staff = initialStaff;
  let visible = visibleTo(initialStaff);

  const live: LiveSocket = {
    get staff() {
      return staff;
    },
    headers,
    sendText,
    conversation,
    queue(id, waiting, frame) {
      if (!started || waitingSent.get(id) === waiting || !(visible?.has(id) ?? true)) return;
      waitingSent.set(id, waiting);
      sendText(frame);
    },
    counts(counts) {
      const text = JSON.stringify({ type: 'counts', counts } satisfies LiveFrame);
      if (!started || text === countsSent) return;
      countsSent = text;
      sendText(text);
    },
    viewers(id) {
      if (id === viewing) tellViewers();
    },
    mention({ entry, seenBy }) {
      if (!maySee(staff, seenBy, configuration)) return;
      const conversation = entry.conversationId;
      send({ type: 'mention', conversation, entry: presentEntry(entry, staffId(staff)) });
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
      stopViewing();
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
    sendText(JSON.stringify(frame));
  }

  function sendText(frame: string): void {
    if (!started || socket.readyState !== socket.OPEN) return;
    if (socket.bufferedAmount > MAX_UNREAD_BYTES) socket.terminate();
    else {
      gather();
      socket.send(frame);
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
        'Send start, resume, follow, unfollow, viewing, follow-attempts or unfollow-attempts.',
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
      case 'viewing':
        return viewOnRequest(request.conversation, request.typing ?? false);
      case 'follow-attempts':
      case 'unfollow-attempts':
        followsAttempts = request.type === 'follow-attempts';
    }
  }

  async function start(): Promise<void> {
    started = true;
    send({ type: 'ready', cursor: cursorNow(), resumed: false });
    parts.openCounts.soon();
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
    parts.openCounts.soon();
    const previews = await conversations.previews(changed.map((record) => record.id));
    for (const record of changed) {
      const shape = presentConversation(record, parts, previews.get(record.id));
      const frame = JSON.stringify({ type: 'conversation', conversation: shape });
      conversation(record, { conversation: shape, frame }, record.lastSeq);
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

  function conversation(record: ConversationRecord, told: Shown, after: number): void {
    // Nodes may tell of one conversation's changes in another order than they were written
    if (!started || (shown.get(record.id) ?? 0) > record.lastSeq) return;
    if (!maySee(staff, record, configuration)) {
      hide(record.id);
      return;
    }
    if (record.state === 'closed') shown.delete(record.id);
    else shown.set(record.id, record.lastSeq);
    sendText(told.frame);
    followOwn(record, after);
    offer(record, told.conversation);
  }

  async function recheck(now: Staff): Promise<void> {
    staff = now;
    const next = visibleTo(now);
    if (isSame(next, visible)) return;
    visible = next;
    for (const id of new Set([...shown.keys(), ...following.keys()])) {
      const record = await conversations.read(id);
      if (!record || !maySee(staff, record, configuration)) hide(id);
    }
  }

  /** Queues; null: all of them. */
  function visibleTo(person: Staff): Set<string> | null {
    const ids = visibleQueues(person, configuration);
    return ids && new Set(ids);
  }

  /** On screen by its own request: it goes away when it may no longer be seen. */
  function keepShown(id: string): void {
    shown.set(id, shown.get(id) ?? 0);
  }

  function hide(id: string): void {
    if (id === viewing) stopViewing();
    unfollow(id);
    withdrawOffer(id, 'withdrawn');
    if (shown.delete(id)) send({ type: 'conversation-gone', conversation: id });
  }

  /** Entries arrive by themselves for what is assigned to the caller, from the assignment on. */
  function followOwn(record: ConversationRecord, after: number): void {
    const own = record.assigneeId === staffId(staff) && record.state !== 'closed';
    if (own && !following.has(record.id)) follow(record.id, after);
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
    keepShown(id);
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

  /** What the caller may not see, they do not view; neither does anybody hear of it. */
  async function viewOnRequest(id: string | null, typing: boolean): Promise<void> {
    const record = id === null ? null : await conversations.read(id);
    if (!record || !maySee(staff, record, configuration)) {
      stopViewing();
      return;
    }
    if (viewing !== record.id) viewersSent = NO_VIEWERS;
    viewing = record.id;
    keepShown(record.id);
    const agent = { id: staffId(staff), name: agentName(staffId(staff), configuration) };
    parts.viewers.say({ screen, agent, conversation: record.id, typing });
  }

  function stopViewing(): void {
    if (viewing === null) return;
    viewing = null;
    const agent = { id: staffId(staff), name: agentName(staffId(staff), configuration) };
    parts.viewers.say({ screen, agent, conversation: null, typing: false });
  }

  function tellViewers(): void {
    if (viewing === null) return;
    const agents = parts.viewers.of(viewing, staffId(staff));
    const text = JSON.stringify(agents);
    if (text === viewersSent) return;
    viewersSent = text;
    send({ type: 'viewers', conversation: viewing, agents });
  }

  function cursorNow(): string {
    return time(clock.now() - CURSOR_MARGIN_MS);
  }
}

function isSame(one: Set<string> | null, other: Set<string> | null): boolean {
  return one && other ? one.symmetricDifference(other).size === 0 : one === other;
}

function parse(text: string): LiveRequest | null {
  try {
    const value: unknown = JSON.parse(text);
    return Value.Check(LiveRequest, value) ? value : null;
  } catch {
    return null;
  }
}

import type { Conversation, Entry, LiveFrame, Offer } from '@countersign/protocol';
import { mergeEntries } from './entry-log.ts';
import { type WorkspaceState, withEntry, withoutEntry } from './workspace-state.ts';

type OfferEnd = Extract<LiveFrame, { type: 'offer-gone' }>['reason'];

/** What a frame of the live feed changes. `now` in ms since the epoch. */
export function applyFrame(state: WorkspaceState, frame: LiveFrame, now: number): WorkspaceState {
  switch (frame.type) {
    case 'ready':
    case 'cursor':
    case 'attempt':
    case 'attempts-skipped':
      return state;
    case 'counts':
      return { ...state, counts: frame.counts };
    case 'viewers':
      return { ...state, viewers: withEntry(state.viewers, frame.conversation, frame.agents) };
    case 'mention':
      return applyMention(state, frame.conversation, frame.entry);
    case 'conversation':
      return applyConversation(state, frame.conversation, now);
    case 'conversation-gone':
      return forget(state, frame.conversation);
    case 'entry':
      return applyEntry(state, frame.conversation, frame.entry);
    case 'offer':
      return {
        ...applyConversation(state, frame.offer.conversation, now),
        offers: withOffer(state.offers, frame.offer),
      };
    case 'offer-gone':
      return endOffer(state, frame.conversation, frame.reason);
    case 'typing': {
      if (frame.from.role !== 'customer') return state;
      const typing = { name: frame.from.name ?? null, since: now };
      return { ...state, typing: withEntry(state.typing, frame.conversation, typing) };
    }
    case 'presence':
      return applyPresence(state, frame);
    case 'queue': {
      const { waiting, longestWaitSeconds } = frame;
      const queues = withEntry(state.queues, frame.queue, { waiting, longestWaitSeconds });
      return { ...state, queues };
    }
  }
}

/**
 * A conversation as the node has it. An answer and a frame may overtake each other: what was true before
 * what is known changes nothing, and what is known of the log never goes back.
 */
export function applyConversation(
  state: WorkspaceState,
  next: Conversation,
  now: number,
): WorkspaceState {
  const known = state.conversations.get(next.id);
  if (known && (state.touched.get(next.id) ?? 0) > next.lastSeq) return state;
  const newest = known && known.lastSeq > next.lastSeq ? keepTail(next, known) : next;
  const touched = withEntry(state.touched, next.id, next.lastSeq);
  const reading = state.reading.has(next.id)
    ? state.reading
    : withEntry(state.reading, next.id, { counted: next.lastSeq, unread: 0 });
  const conversations = withEntry(state.conversations, next.id, newest);
  return settleOffer({ ...state, conversations, touched, reading }, next, now);
}

/** An entry of a log, from the feed or from an answer; applied twice it changes nothing. */
export function applyEntry(state: WorkspaceState, id: string, entry: Entry): WorkspaceState {
  const outgoing = entry.clientId
    ? state.outgoing.filter((message) => message.clientId !== entry.clientId)
    : state.outgoing;
  const log = state.logs.get(id);
  const logs = log ? withEntry(state.logs, id, mergeEntries(log, [entry])) : state.logs;
  const fromCustomer = entry.kind === 'message' && entry.from.role === 'customer';
  const typing = fromCustomer ? withoutEntry(state.typing, id) : state.typing;
  const next = { ...state, outgoing, logs, typing };
  return countUnread(moveTail(next, id, entry), id, entry, fromCustomer);
}

/** What is on screen needs no notice. */
function applyMention(state: WorkspaceState, conversation: string, entry: Entry): WorkspaceState {
  const known = state.mentions.some((mention) => mention.entry.id === entry.id);
  if (known || state.viewing === conversation) return state;
  return { ...state, mentions: [...state.mentions, { conversation, entry }] };
}

function forget(state: WorkspaceState, id: string): WorkspaceState {
  return {
    ...state,
    conversations: withoutEntry(state.conversations, id),
    logs: withoutEntry(state.logs, id),
    reading: withoutEntry(state.reading, id),
    viewers: withoutEntry(state.viewers, id),
    mentions: state.mentions.filter(({ conversation }) => conversation !== id),
    offers: withoutOffer(state.offers, id),
  };
}

function moveTail(state: WorkspaceState, id: string, entry: Entry): WorkspaceState {
  const known = state.conversations.get(id);
  if (!known || entry.seq <= known.lastSeq) return state;
  const moved: Conversation = { ...known, lastSeq: entry.seq, lastAt: entry.at };
  if (entry.kind === 'message') {
    const text = (entry.text ?? '').slice(0, 120);
    moved.preview = { text, from: entry.from.role, at: entry.at };
  }
  return { ...state, conversations: withEntry(state.conversations, id, moved) };
}

function countUnread(
  state: WorkspaceState,
  id: string,
  entry: Entry,
  fromCustomer: boolean,
): WorkspaceState {
  const before = state.reading.get(id) ?? { counted: 0, unread: 0 };
  if (entry.seq <= before.counted) return state;
  const mine = state.conversations.get(id)?.assignee?.id === state.me.id;
  const adds = fromCustomer && mine ? 1 : 0;
  const unread = state.viewing === id ? 0 : before.unread + adds;
  return { ...state, reading: withEntry(state.reading, id, { counted: entry.seq, unread }) };
}

function keepTail(next: Conversation, known: Conversation): Conversation {
  const { lastSeq, lastAt, preview } = known;
  return { ...next, lastSeq, lastAt, ...(preview ? { preview } : {}) };
}

function applyPresence(
  state: WorkspaceState,
  frame: Extract<LiveFrame, { type: 'presence' }>,
): WorkspaceState {
  const { agent, presence, load, capacity } = frame;
  const agents = withEntry(state.agents, agent.id, { ...agent, presence, load, capacity });
  const own = agent.id === state.me.id;
  return { ...state, agents, me: own ? { ...state.me, presence, load, capacity } : state.me };
}

/** An offer is over; what was not the agent's own doing is told. */
export function endOffer(state: WorkspaceState, id: string, reason: OfferEnd): WorkspaceState {
  const offers = withoutOffer(state.offers, id);
  if (reason === 'accepted' || reason === 'declined') return { ...state, offers };
  const offer = state.offers.find((item) => item.conversation.id === id);
  const told = state.offerOver?.conversation.id === id ? state.offerOver : null;
  const conversation = offer?.conversation ?? told?.conversation;
  return conversation ? { ...state, offers, offerOver: { conversation, reason } } : state;
}

/** A conversation that is no longer offered ends its offer; `offer-gone` may say more exactly why. */
function settleOffer(state: WorkspaceState, next: Conversation, now: number): WorkspaceState {
  const offer = state.offers.find((item) => item.conversation.id === next.id);
  if (!offer || next.state === 'offered') return state;
  if (next.assignee?.id === state.me.id) return endOffer(state, next.id, 'accepted');
  if (next.state === 'closed') return endOffer(state, next.id, 'ended');
  const late = now >= Date.parse(offer.expiresAt);
  return endOffer(state, next.id, late ? 'timeout' : 'withdrawn');
}

function withOffer(offers: readonly Offer[], offer: Offer): Offer[] {
  return [...withoutOffer(offers, offer.conversation.id), offer];
}

function withoutOffer(offers: readonly Offer[], conversation: string): readonly Offer[] {
  return offers.some((offer) => offer.conversation.id === conversation)
    ? offers.filter((offer) => offer.conversation.id !== conversation)
    : offers;
}

import type { Configuration } from '../configuration/index.ts';
import {
  type ConversationChange,
  type ConversationRecord,
  type EndedBy,
  hasEnded,
} from '../conversations/index.ts';
import { Fault } from '../platform/index.ts';
import type { Tell } from './automated-messages.ts';
import type { Agent } from './index.ts';
import type { Offers } from './offers.ts';

/** What the customer and the team read in the log when somebody takes a conversation. */
function taken(
  agent: Pick<Agent, 'id' | 'name'>,
  record: ConversationRecord,
  tell: Tell,
  by?: Agent,
): ConversationChange {
  const { id, name } = agent;
  const told = { agent: name };
  return {
    set: { state: 'active', assigneeId: id, offeredToId: null, offerExpiresAt: null },
    entries: [
      {
        ...{ kind: 'assigned', role: 'system' },
        data: { agent: id, name, ...(by && { by: by.id, byName: by.name }) },
      },
      ...tell(record, ['agent-assigned'], told),
      { kind: 'joined', role: 'agent', senderId: id, senderName: name },
      ...tell(record, ['agent-joined'], told),
    ],
  };
}

const offerGone = () =>
  new Fault('offer.gone', 409, 'This conversation is no longer yours to take.');

/** Accept: only the agent it is offered to, and only while the offer stands. */
export function accept(
  agent: Agent,
  record: ConversationRecord,
  { tell, now }: { tell: Tell; now: number },
): ConversationChange | null {
  if (record.state === 'active' && record.assigneeId === agent.id) return null;
  if (record.state !== 'offered' || record.offeredToId !== agent.id) throw offerGone();
  if ((record.offerExpiresAt ?? 0) <= now) throw offerGone();
  return taken(agent, record, tell);
}

/** Pick: any agent of the queue, while nobody has it. */
export function pick(
  agent: Agent,
  record: ConversationRecord,
  tell: Tell,
): ConversationChange | null {
  if (record.state === 'active' && record.assigneeId === agent.id) return null;
  const mine = record.state === 'offered' && record.offeredToId === agent.id;
  if (record.state !== 'waiting' && !mine) throw offerGone();
  return taken(agent, record, tell);
}

/** A supervisor gives it to an agent, whether or not they have room. */
export function assign(
  by: Agent,
  record: ConversationRecord,
  to: Pick<Agent, 'id' | 'name'>,
  tell: Tell,
): ConversationChange | null {
  if (!by.supervises) throw new Fault('forbidden', 403, 'This needs the role supervisor.');
  if (record.state === 'active' && record.assigneeId === to.id) return null;
  if (hasEnded(record)) throw alreadyEnded();
  return taken(to, record, tell, by);
}

const alreadyEnded = () => new Fault('conversation_closed', 409, 'This conversation has ended.');

/** Back to waiting. `declined`: the agent is remembered as having passed. */
export function pass(
  record: ConversationRecord,
  agentId: string,
  { declined }: { declined: boolean },
): ConversationChange {
  return {
    set: {
      state: 'waiting',
      offeredToId: null,
      offerExpiresAt: null,
      ...(declined && { declinedBy: [...record.declinedBy, agentId] }),
    },
  };
}

export function decline(agent: Agent, record: ConversationRecord): ConversationChange {
  if (record.state !== 'offered' || record.offeredToId !== agent.id) throw offerGone();
  return pass(record, agent.id, { declined: true });
}

function mustHold(agent: Agent, record: ConversationRecord): void {
  const open = record.state !== 'closed';
  if (open && (record.assigneeId === agent.id || agent.supervises)) return;
  throw new Fault('not_assigned', 409, 'This conversation is not assigned to you.');
}

export interface Ending {
  by: EndedBy;
  /** Seconds. */
  wrapUp: number;
  now: number;
  agent?: Agent;
  data: Record<string, unknown>;
}

export function endByAgent(
  agent: Agent,
  record: ConversationRecord,
  { tell, ...ending }: { tell: Tell; wrapUp: number; now: number },
): ConversationChange | null {
  if (hasEnded(record) && record.assigneeId === agent.id) return null;
  mustHold(agent, record);
  if (record.state === 'wrap-up') return null;
  const data = { by: 'agent', name: agent.name };
  const change = ended(record, { ...ending, by: 'agent', agent, data });
  const messages = tell(record, ['agent-ended', 'session-ended'], { agent: agent.name });
  return { ...change, entries: [...messages, ...(change.entries ?? [])] };
}

/** With a wrap-up where an agent has it, and the workstream gives time for one. */
export function ended(
  record: ConversationRecord,
  { by, wrapUp, now, agent, data }: Ending,
): ConversationChange {
  const wraps = wrapUp > 0 && record.state === 'active';
  return {
    set: {
      state: wraps ? 'wrap-up' : 'closed',
      offeredToId: null,
      offerExpiresAt: null,
      endedBy: by,
      ...(wraps ? { wrapUpUntil: now + wrapUp * 1000 } : { closedAt: now }),
    },
    entries: [
      agent
        ? { kind: 'ended', role: 'agent', senderId: agent.id, senderName: agent.name, data }
        : { kind: 'ended', role: by === 'customer' ? 'customer' : 'system', data },
    ],
  };
}

/** The agent is done with their notes. */
export function close(agent: Agent, record: ConversationRecord): ConversationChange | null {
  if (record.state === 'closed' && (record.assigneeId === agent.id || agent.supervises))
    return null;
  mustHold(agent, record);
  if (record.state !== 'wrap-up')
    throw new Fault('not_ended', 409, 'End the conversation before you close it.');
  return { set: { state: 'closed' } };
}

/** Its agent has gone: back to its queue. */
export function handBack(
  record: ConversationRecord,
  name: string,
  { tell, now, queue }: { tell: Tell; now: number; queue: string | null },
): ConversationChange {
  const routing = { rule: null, because: [`${name} was disconnected`] };
  return {
    set: { state: 'waiting', assigneeId: null, queuedAt: now, toldNext: false, routing },
    entries: [
      ...tell(record, ['agent-disconnected'], { agent: name }),
      { kind: 'queued', role: 'system', data: { queue, ...routing } },
    ],
  };
}

export interface TransferTarget {
  queueId?: string;
  agentId?: string;
  note?: string;
}

/** Transfer to a queue (waits there) or to an agent (offered to them). */
export function transfer(
  agent: Agent,
  record: ConversationRecord,
  to: TransferTarget,
  parts: { configuration: Configuration; offers: Offers; tell: Tell; now: number },
): ConversationChange {
  mustHold(agent, record);
  if (hasEnded(record)) throw alreadyEnded();
  const snapshot = parts.configuration.current();
  const queue = to.queueId ? snapshot.queues.get(to.queueId) : undefined;
  const user = to.agentId ? snapshot.users.get(to.agentId) : undefined;
  if (!queue && !user)
    throw new Fault('unknown_target', 400, 'Name a queue or an agent to transfer to.');
  const target = user ? parts.offers.offerTo(record, user) : waitIn(queue?.id ?? null, parts.now);
  const from = { role: 'agent' as const, senderId: agent.id, senderName: agent.name };
  const placed = { ...record, queueId: target.set?.queueId ?? record.queueId };
  return {
    set: { ...target.set, assigneeId: null, declinedBy: [], overflowedFrom: [] },
    entries: [
      ...(to.note ? [{ kind: 'note' as const, ...from, text: to.note }] : []),
      { kind: 'transferred', ...from, data: { to: user?.name ?? queue?.name } },
      ...parts.tell(placed, ['transferred'], user ? { agent: user.nickname } : {}),
      ...(target.entries ?? []),
    ],
  };
}

const waitIn = (queueId: string | null, now: number): ConversationChange => ({
  set: {
    ...{ state: 'waiting', queueId, queuedAt: now, toldNext: false },
    ...{ offeredToId: null, offerExpiresAt: null },
    routing: { rule: null, because: ['transferred'] },
  },
});

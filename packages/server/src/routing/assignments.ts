import type { Configuration } from '../configuration/index.ts';
import type {
  ConversationChange,
  ConversationRecord,
  Conversations,
} from '../conversations/index.ts';
import { type Clock, Fault } from '../platform/index.ts';
import type { Agent } from './index.ts';
import type { Offers } from './offers.ts';

/** What the customer and the team read in the log when somebody takes a conversation. */
const taken = (agent: Agent): ConversationChange => ({
  set: { state: 'active', assigneeId: agent.id, offeredToId: null, offerExpiresAt: null },
  entries: [
    { kind: 'assigned', role: 'system', data: { agent: agent.id, name: agent.name } },
    { kind: 'joined', role: 'agent', senderId: agent.id, senderName: agent.name },
  ],
});

const offerGone = () =>
  new Fault('offer.gone', 409, 'This conversation is no longer yours to take.');

/** Accept: only the agent it is offered to, and only while the offer stands. */
export function accept(agent: Agent, record: ConversationRecord): ConversationChange | null {
  if (record.state === 'active' && record.assigneeId === agent.id) return null;
  if (record.state !== 'offered' || record.offeredToId !== agent.id) throw offerGone();
  return taken(agent);
}

/** Pick: any agent of the queue, while nobody has it. */
export function pick(agent: Agent, record: ConversationRecord): ConversationChange | null {
  if (record.state === 'active' && record.assigneeId === agent.id) return null;
  const mine = record.state === 'offered' && record.offeredToId === agent.id;
  if (record.state !== 'waiting' && !mine) throw offerGone();
  return taken(agent);
}

/** Back to waiting; the agent is remembered as having passed. */
export function pass(record: ConversationRecord, agentId: string): ConversationChange {
  return {
    set: {
      state: 'waiting',
      offeredToId: null,
      offerExpiresAt: null,
      declinedBy: [...record.declinedBy, agentId],
    },
  };
}

export function decline(agent: Agent, record: ConversationRecord): ConversationChange {
  if (record.state !== 'offered' || record.offeredToId !== agent.id) throw offerGone();
  return pass(record, agent.id);
}

function mustHold(agent: Agent, record: ConversationRecord): void {
  const open = record.state !== 'closed';
  if (open && (record.assigneeId === agent.id || agent.supervises)) return;
  throw new Fault('not_assigned', 409, 'This conversation is not assigned to you.');
}

export function end(
  agent: Agent,
  record: ConversationRecord,
  clock: Clock,
): ConversationChange | null {
  if (record.state === 'closed' && record.assigneeId === agent.id) return null;
  mustHold(agent, record);
  return ended(clock, { by: 'agent', name: agent.name }, agent);
}

export function ended(
  clock: Clock,
  data: Record<string, unknown>,
  agent?: Agent,
): ConversationChange {
  return {
    set: {
      state: 'closed',
      offeredToId: null,
      offerExpiresAt: null,
      closedAt: clock.now(),
      endedBy: agent ? 'agent' : 'customer',
    },
    entries: [
      agent
        ? { kind: 'ended', role: 'agent', senderId: agent.id, senderName: agent.name, data }
        : { kind: 'ended', role: 'customer', data },
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
  { configuration, offers }: { configuration: Configuration; offers: Offers },
): ConversationChange {
  mustHold(agent, record);
  const snapshot = configuration.current();
  const queue = to.queueId ? snapshot.queues.get(to.queueId) : undefined;
  const user = to.agentId ? snapshot.users.get(to.agentId) : undefined;
  if (!queue && !user)
    throw new Fault('unknown_target', 400, 'Name a queue or an agent to transfer to.');
  const target = user ? offers.offerTo(record, user) : waitIn(queue?.id ?? null);
  const from = { role: 'agent' as const, senderId: agent.id, senderName: agent.name };
  return {
    set: { ...target.set, assigneeId: null, declinedBy: [] },
    entries: [
      ...(to.note ? [{ kind: 'note' as const, ...from, text: to.note }] : []),
      { kind: 'transferred', ...from, data: { to: user?.name ?? queue?.name } },
      ...(target.entries ?? []),
    ],
  };
}

const waitIn = (queueId: string | null): ConversationChange => ({
  set: {
    state: 'waiting',
    queueId,
    offeredToId: null,
    offerExpiresAt: null,
    routing: { rule: null, because: ['transferred'] },
  },
});

/** Applies a change and answers the record as it then is. */
export async function apply(
  conversations: Conversations,
  id: string,
  decide: (record: ConversationRecord) => ConversationChange | null,
): Promise<ConversationRecord> {
  return (await conversations.change(id, decide)).record;
}

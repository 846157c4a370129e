/**
 * Who is offered what: the decision, without a database. Most urgent first: by the queue's priority, the
 * conversation's, and the time it has waited. Nobody is given more than they have room for.
 */
import type { Queue, Workstream } from '../configuration/index.ts';
import type { ConversationRecord } from '../conversations/index.ts';
import { type Candidate, chooseAgent } from './choose-agent.ts';
import type { Turn } from './store.ts';

export interface FreeAgent {
  id: string;
  /** Units; lowered by what is assigned here. */
  free: number;
  idleSince: number;
}

export interface Assigning {
  queues: ReadonlyMap<string, Queue>;
  workstreams: ReadonlyMap<string, Workstream>;
  agents: ReadonlyMap<string, FreeAgent>;
  turns: Turn[];
  /** Who last had a conversation of a contact. */
  lastAgents: ReadonlyMap<string, string>;
  now: number;
}

export interface Assignment {
  record: ConversationRecord;
  agentId: string;
  turn: Turn;
}

export interface Assigner {
  assign(waiting: ConversationRecord[]): Assignment[];
  /** Queues of which a member still has room. */
  withRoom(queueIds: string[]): string[];
}

/** Keeps what it has given, so that one page after the other can be assigned. */
export function createAssigner(parts: Assigning): Assigner {
  const { queues, workstreams, agents, lastAgents } = parts;
  const turns = turnsOf(parts.turns);
  return { assign, withRoom };

  function withRoom(queueIds: string[]): string[] {
    const hasRoom = (id: string) => (agents.get(id)?.free ?? 0) > 0;
    return queueIds.filter((id) => queues.get(id)?.members.some(hasRoom));
  }

  function assign(waiting: ConversationRecord[]): Assignment[] {
    return [...waiting].sort(byUrgency).flatMap((record) => assignOne(record) ?? []);
  }

  function byUrgency(a: ConversationRecord, b: ConversationRecord): number {
    return (
      queuePriority(a) - queuePriority(b) ||
      (a.priority ?? 0) - (b.priority ?? 0) ||
      a.openedAt - b.openedAt
    );
  }

  function queuePriority({ queueId }: ConversationRecord): number {
    return queues.get(queueId ?? '')?.priority ?? 0;
  }

  function assignOne(record: ConversationRecord): Assignment | null {
    const queue = queues.get(record.queueId ?? '');
    if (!queue) return null;
    const candidates = candidatesOf(record, queue);
    const last = lastAgentOf(record);
    const chosen =
      candidates.find(({ id, free }) => id === last && free >= record.capacity) ??
      chooseAgent(queue.assignment, candidates, record.capacity);
    return chosen && give(record, queue, chosen.id);
  }

  /** Members who are there, less those that have declined it often enough. */
  function candidatesOf(record: ConversationRecord, queue: Queue): Candidate[] {
    const most = workstreams.get(record.workstreamId)?.declines ?? 3;
    const candidates: Candidate[] = [];
    for (const [place, id] of queue.members.entries()) {
      const agent = agents.get(id);
      if (!agent || agent.free <= 0) continue;
      const declined = timesIn(record.declinedBy, id);
      if (declined >= most) continue;
      candidates.push({ ...agent, place, declined, turn: turns.of(queue.id, id) });
    }
    return candidates;
  }

  function lastAgentOf({ workstreamId, contactId }: ConversationRecord): string | undefined {
    const keeps = workstreams.get(workstreamId)?.keepSameAgent ?? false;
    return keeps && contactId ? lastAgents.get(contactId) : undefined;
  }

  function give(record: ConversationRecord, queue: Queue, agentId: string): Assignment | null {
    const agent = agents.get(agentId);
    if (!agent) return null;
    agent.free -= record.capacity;
    agent.idleSince = parts.now;
    const turn = { queueId: queue.id, agentId, turn: turns.next(queue.id, agentId) };
    return { record, agentId, turn };
  }
}

const timesIn = (ids: string[], id: string): number =>
  ids.reduce((times, other) => (other === id ? times + 1 : times), 0);

/** The turns of each queue, counted on from the last one. */
function turnsOf(known: Turn[]) {
  const turns = new Map<string, Map<string, number>>();
  const last = new Map<string, number>();
  for (const turn of known) set(turn);
  return {
    of: (queueId: string, agentId: string): number => turns.get(queueId)?.get(agentId) ?? 0,
    next(queueId: string, agentId: string): number {
      const turn = (last.get(queueId) ?? 0) + 1;
      set({ queueId, agentId, turn });
      return turn;
    },
  };

  function set({ queueId, agentId, turn }: Turn): void {
    const queue = turns.get(queueId) ?? new Map<string, number>();
    turns.set(queueId, queue.set(agentId, turn));
    last.set(queueId, Math.max(last.get(queueId) ?? 0, turn));
  }
}

import type { Configuration } from '../configuration/index.ts';
import type {
  ConversationChange,
  ConversationRecord,
  Conversations,
  OfferBatch,
  OfferChange,
} from '../conversations/index.ts';
import type { Bus, Clock } from '../platform/index.ts';
import {
  type Assigner,
  type Assignment,
  createAssigner,
  type FreeAgent,
} from './assign-waiting.ts';
import { AGENTS_TOPIC } from './index.ts';
import { openness } from './queue-states.ts';
import type { AgentStore, Turn } from './store.ts';

export interface OfferParts {
  configuration: Configuration;
  conversations: Conversations;
  agents: AgentStore;
  bus: Bus;
  clock: Clock;
}

const PER_QUEUE = 250;
/** A batch locks the agents that it offers to; it ends after so many offers, and the next goes on. */
const OFFERS_AT_ONCE = 1000;

/**
 * Offers waiting conversations to agents that have room: never more than an agent's capacity, nothing of a
 * queue that is closed. What is asked for while a batch is under way goes into the next one.
 */
export function createOffers({ configuration, conversations, agents, bus, clock }: OfferParts) {
  const wanted = new Set<string>();
  let current: Promise<void> | null = null;
  let next: Promise<void> | null = null;
  return { offerWaiting, offerTo };

  /** Resolves after a batch that began after the call. */
  function offerWaiting(queueIds: string[]): Promise<void> {
    for (const id of queueIds) wanted.add(id);
    next ??= (current ?? Promise.resolve()).catch(() => {}).then(runBatch);
    return next;
  }

  async function runBatch(): Promise<void> {
    current = next;
    next = null;
    const queueIds = [...wanted];
    wanted.clear();
    const offered = new Set<string>();
    for (let more = true; more; ) {
      more = false;
      const done: string[] = [];
      await conversations.offerBatch(async (batch) => {
        done.length = 0;
        more = await offerIn(batch, queueIds, done);
      });
      for (const id of done) offered.add(id);
    }
    for (const agentId of offered) bus.publish(AGENTS_TOPIC, { agentId });
  }

  /** True: there may be more to offer. */
  async function offerIn(
    batch: OfferBatch,
    queueIds: string[],
    offered: string[],
  ): Promise<boolean> {
    const open = queueIds.filter(isOpenNow);
    const free = await freeAgents(open, batch);
    if (free.size === 0) return false;
    const turns = await agents.turns(open, batch.transaction);
    const lastAgents = new Map<string, string>();
    const { queues, workstreams } = configuration.current();
    const now = clock.now();
    const parts = { queues, workstreams, agents: free, turns, lastAgents, now };
    const assigner = createAssigner(parts);
    const given = await givePages(batch, open, { assigner, free, lastAgents });
    if (given.length > 0) await agents.offered(lastTurns(given), now, batch.transaction);
    for (const { agentId } of given) offered.push(agentId);
    return given.length >= OFFERS_AT_ONCE;
  }

  /** Page after page, until nobody has room or nothing waits. */
  async function givePages(
    batch: OfferBatch,
    open: string[],
    parts: {
      assigner: Assigner;
      free: Map<string, FreeAgent>;
      lastAgents: Map<string, string>;
    },
  ): Promise<Assignment[]> {
    const seen: string[] = [];
    const given: Assignment[] = [];
    let queueIds = parts.assigner.withRoom(open);
    while (queueIds.length > 0 && given.length < OFFERS_AT_ONCE) {
      const page = await batch.takeWaiting({
        queueIds,
        perQueue: PER_QUEUE,
        units: Math.max(...[...parts.free.values()].map(({ free }) => free)),
        exceptWorkstreamIds: pickOnly(),
        exceptIds: seen,
      });
      if (page.length === 0) break;
      for (const { id } of page) seen.push(id);
      await learnLastAgents(page, parts.lastAgents, batch);
      const assignments = parts.assigner.assign(page);
      await batch.offer(assignments.map(offering));
      given.push(...assignments);
      queueIds = parts.assigner.withRoom(queueIds);
    }
    return given;
  }

  function isOpenNow(queueId: string): boolean {
    const snapshot = configuration.current();
    const hoursId = snapshot.queues.get(queueId)?.operatingHoursId ?? null;
    // Hours that are not there keep nobody waiting (the fallback of an error)
    if (hoursId !== null && !snapshot.operatingHours.has(hoursId)) return true;
    return openness(snapshot, hoursId, clock.now()).isOpen;
  }

  async function freeAgents(
    queueIds: string[],
    { transaction }: OfferBatch,
  ): Promise<Map<string, FreeAgent>> {
    const { users, queues } = configuration.current();
    const members = new Set(queueIds.flatMap((id) => queues.get(id)?.members ?? []));
    const ids = [...members].filter((id) => users.has(id));
    if (ids.length === 0) return new Map();
    const available = await agents.lockAvailable(ids, transaction);
    const loads = await conversations.loads(
      available.map(({ id }) => id),
      transaction,
    );
    const free = available.map(({ id, idleSince }) => ({
      ...{ id, idleSince },
      free: (users.get(id)?.capacity ?? 0) - (loads.get(id) ?? 0),
    }));
    return new Map(free.filter((agent) => agent.free > 0).map((agent) => [agent.id, agent]));
  }

  async function learnLastAgents(
    page: ConversationRecord[],
    lastAgents: Map<string, string>,
    { transaction }: OfferBatch,
  ): Promise<void> {
    const { workstreams } = configuration.current();
    const contactIds = page.flatMap(({ workstreamId, contactId }) =>
      contactId && workstreams.get(workstreamId)?.keepSameAgent ? contactId : [],
    );
    if (contactIds.length === 0) return;
    const found = await conversations.lastAgents([...new Set(contactIds)], transaction);
    for (const [contact, agent] of found) lastAgents.set(contact, agent);
  }

  function pickOnly(): string[] {
    const workstreams = [...configuration.current().workstreams.values()];
    return workstreams.filter(({ distribution }) => distribution === 'pick').map(({ id }) => id);
  }

  function offering({ record, agentId }: Assignment): OfferChange {
    const seconds = offerSeconds(record);
    const name = configuration.current().users.get(agentId)?.name;
    return {
      record,
      set: { offeredToId: agentId, offerExpiresAt: clock.now() + seconds * 1000 },
      entry: { kind: 'offered', role: 'system', data: { agent: agentId, name, seconds } },
    };
  }

  function offerSeconds({ workstreamId }: ConversationRecord): number {
    return configuration.current().workstreams.get(workstreamId)?.offerTimeout ?? 120;
  }

  /** What an offer to this agent writes, whether or not they have room. */
  function offerTo(
    record: ConversationRecord,
    user: { id: string; name: string },
  ): ConversationChange {
    const seconds = offerSeconds(record);
    return {
      set: {
        state: 'offered',
        offeredToId: user.id,
        offerExpiresAt: clock.now() + seconds * 1000,
        assigneeId: null,
      },
      entries: [
        { kind: 'offered', role: 'system', data: { agent: user.id, name: user.name, seconds } },
      ],
    };
  }
}
export type Offers = ReturnType<typeof createOffers>;

/** Of each agent and queue the last: a statement writes a row once. */
function lastTurns(given: Assignment[]): Turn[] {
  const last = new Map(given.map(({ turn }) => [`${turn.queueId} ${turn.agentId}`, turn]));
  return [...last.values()];
}

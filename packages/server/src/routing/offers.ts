import type { Transaction } from 'kysely';
import type { Configuration, Queue, User } from '../configuration/index.ts';
import type {
  ConversationChange,
  ConversationRecord,
  Conversations,
} from '../conversations/index.ts';
import type { Bus, Clock } from '../platform/index.ts';
import { chooseAgent } from './choose-agent.ts';
import { AGENTS_TOPIC } from './index.ts';
import type { AgentStore } from './store.ts';

export interface OfferParts {
  configuration: Configuration;
  conversations: Conversations;
  agents: AgentStore;
  bus: Bus;
  clock: Clock;
}

const WAITING_AT_ONCE = 50;

/** Offers waiting conversations to agents that have room: never more than an agent's capacity. */
export function createOffers({ configuration, conversations, agents, bus, clock }: OfferParts) {
  return { offer, offerWaiting, offerTo };

  /** Offers one conversation to the best free agent of its queue. False: nobody has room. */
  async function offer(conversationId: string): Promise<boolean> {
    let offered: string | null = null;
    await conversations.change(conversationId, async (record, transaction) => {
      offered = null;
      const queue = waitingQueue(record);
      if (!queue || isPickOnly(record)) return null;
      const user = await freeAgent(record, queue, transaction);
      if (!user) return null;
      offered = user.id;
      return offering(record, user, transaction);
    });
    if (offered) bus.publish(AGENTS_TOPIC, { agentId: offered });
    return offered !== null;
  }

  async function offering(
    record: ConversationRecord,
    user: User,
    transaction: Transaction<unknown>,
  ): Promise<ConversationChange> {
    await agents.offered(user.id, transaction);
    return offerTo(record, user);
  }

  /** What an offer to this agent writes. */
  function offerTo(record: ConversationRecord, user: User): ConversationChange {
    const seconds =
      configuration.current().workstreams.get(record.workstreamId)?.offerTimeout ?? 120;
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

  function waitingQueue(record: ConversationRecord): Queue | null {
    if (record.state !== 'waiting' || !record.queueId) return null;
    return configuration.current().queues.get(record.queueId) ?? null;
  }

  function isPickOnly(record: ConversationRecord): boolean {
    const workstream = configuration.current().workstreams.get(record.workstreamId);
    return workstream?.distribution === 'pick';
  }

  /** An agent that declined or let this one pass is not asked again; they can still pick it. */
  async function freeAgent(
    record: ConversationRecord,
    queue: Queue,
    transaction: Transaction<unknown>,
  ): Promise<User | null> {
    const { users } = configuration.current();
    const ids = queue.members.filter((id) => users.has(id) && !record.declinedBy.includes(id));
    const available = await agents.lockAvailable(ids, transaction);
    const loads = await conversations.loads(
      available.map((agent) => agent.id),
      transaction,
    );
    const candidates = available.map((agent) => ({
      ...agent,
      free: (users.get(agent.id)?.capacity ?? 0) - (loads.get(agent.id) ?? 0),
    }));
    const chosen = chooseAgent(queue.assignment, candidates, record.capacity);
    return chosen ? (users.get(chosen.id) ?? null) : null;
  }

  /** Offers what waits in these queues, most urgent first: queue, then priority, then waiting time. */
  async function offerWaiting(queueIds: string[]): Promise<void> {
    const { queues } = configuration.current();
    const waiting = await conversations.waiting(queueIds, WAITING_AT_ONCE);
    const rank = (record: ConversationRecord) => queues.get(record.queueId ?? '')?.priority ?? 0;
    waiting.sort((a, b) => rank(a) - rank(b));
    for (const record of waiting) await offer(record.id);
  }
}
export type Offers = ReturnType<typeof createOffers>;

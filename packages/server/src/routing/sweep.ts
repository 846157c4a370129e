/** What time brings, and what a node left behind: looked for about once a second, on every node. */
import type { Configuration, Queue } from '../configuration/index.ts';
import type { ConversationRecord, Conversations } from '../conversations/index.ts';
import type { Clock } from '../platform/index.ts';
import { pass } from './assignments.ts';
import type { Tell } from './automated-messages.ts';
import { place } from './overflow.ts';
import { readQueueStates } from './queue-states.ts';
import { endedByOverflow, type RoutingReads, waitingMessages } from './route-to-queue.ts';

export interface SweepParts {
  configuration: Configuration;
  conversations: Conversations;
  reads: RoutingReads;
  tell: Tell;
  clock: Clock;
  route(conversationId: string): Promise<void>;
  /** Presence or load of an agent changed. */
  changed(agentId: string): void;
}

/** A conversation that has waited this long without a queue was left behind by a node. */
const UNROUTED_MS = 1000;

export function createSweep({ configuration, conversations, clock, ...parts }: SweepParts) {
  return { sweep, withdraw };

  async function sweep(): Promise<void> {
    for (const id of await conversations.expiredOffers()) await letPass(id);
    for (const id of await conversations.unrouted(UNROUTED_MS)) await parts.route(id);
    for (const id of await conversations.wrapUpsOver()) await endWrapUp(id);
    for (const queue of configuration.current().queues.values()) await overflow(queue);
    await tellNext();
  }

  async function letPass(id: string): Promise<void> {
    const { record, changed } = await conversations.change(id, (now) => {
      const expired = now.state === 'offered' && (now.offerExpiresAt ?? 0) <= clock.now();
      return expired && now.offeredToId ? pass(now, now.offeredToId, { declined: true }) : null;
    });
    const agentId = record.declinedBy.at(-1);
    if (changed && agentId) parts.changed(agentId);
  }

  /** An agent who is not there is offered nothing; it is not held against them. */
  async function withdraw(agentId: string): Promise<void> {
    for (const id of await conversations.offeredTo([agentId]))
      await conversations.change(id, (now) =>
        now.state === 'offered' && now.offeredToId === agentId
          ? pass(now, agentId, { declined: false })
          : null,
      );
  }

  async function endWrapUp(id: string): Promise<void> {
    const { record, changed } = await conversations.change(id, (now) => {
      const over = now.state === 'wrap-up' && (now.wrapUpUntil ?? 0) <= clock.now();
      return over ? { set: { state: 'closed' } } : null;
    });
    if (changed && record.assigneeId) parts.changed(record.assigneeId);
  }

  /** Whoever has waited too long in a queue: ended, or passed on to another that looks at it as new. */
  async function overflow(queue: Queue): Promise<void> {
    const { waitingTime } = queue.overflow;
    if (!waitingTime) return;
    const before = clock.now() - waitingTime.above * 1000;
    for (const id of await conversations.queuedBefore(queue.id, before)) {
      const states = await queueStatesFor(queue);
      await conversations.change(id, (record) => {
        const late = record.state === 'waiting' && record.queueId === queue.id;
        if (!late || (record.queuedAt ?? 0) >= before) return null;
        return overflowing(record, queue, states);
      });
    }
  }

  function queueStatesFor({ id, overflow: { waitingTime } }: Queue) {
    const ids = waitingTime?.action === 'transfer' ? [id, waitingTime.queueId] : [id];
    return readQueueStates(configuration.current(), ids, conversations, clock.now());
  }

  function overflowing(
    record: ConversationRecord,
    queue: Queue,
    states: Awaited<ReturnType<typeof queueStatesFor>>,
  ) {
    const { waitingTime } = queue.overflow;
    const now = clock.now();
    const why = `it waited longer than ${waitingTime?.above} s in ${queue.name}`;
    if (waitingTime?.action === 'end')
      return endedByOverflow(record, parts.tell, now, [`${why}: it ends`]);
    if (waitingTime?.action !== 'transfer') return null;
    const been = [...record.overflowedFrom, queue.id];
    // Who has been there already would go round in circles
    if (been.includes(waitingTime.queueId)) return null;
    const placed = place(waitingTime.queueId, states, been);
    const target = states(placed.queueId);
    const because = [
      `${why}: it goes on to ${states(waitingTime.queueId).name}`,
      ...placed.because,
    ];
    if (placed.endedBy) return endedByOverflow(record, parts.tell, now, because);
    return moved({ ...record, queueId: target.id }, because, [...been, ...placed.left]);
  }

  async function moved(record: ConversationRecord, because: string[], overflowedFrom: string[]) {
    const now = clock.now();
    const routing = { rule: null, because };
    const queue = configuration.current().queues.get(record.queueId ?? '')?.name;
    const { reads, tell } = parts;
    return {
      set: {
        ...{ queueId: record.queueId, queuedAt: now, toldNext: false },
        ...{ declinedBy: [], overflowedFrom, routing },
      },
      entries: [
        { kind: 'queued' as const, role: 'system' as const, data: { queue, ...routing } },
        ...(await waitingMessages(record, record.priority ?? 0, { reads, tell, now })),
      ],
    };
  }

  /** Only where a workstream has a word for it. */
  async function tellNext(): Promise<void> {
    const { workstreams, queues } = configuration.current();
    const says = [...workstreams.values()].some(({ automatedMessages }) =>
      automatedMessages.some(({ on }) => on === 'next-in-line'),
    );
    if (!says) return;
    for (const id of await conversations.nextInLine([...queues.keys()]))
      await conversations.change(id, (record) =>
        record.state === 'waiting' && !record.toldNext
          ? {
              set: { toldNext: true },
              entries: parts.tell(record, ['next-in-line'], { position: 1 }),
            }
          : null,
      );
  }
}

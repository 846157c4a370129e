import type { Presence } from '@countersign/protocol';
import type { Configuration, User } from '../configuration/index.ts';
import type { Contacts } from '../contacts/index.ts';
import {
  type ConversationChange,
  type ConversationRecord,
  type Conversations,
  hasEnded,
} from '../conversations/index.ts';
import { type Bus, type Clock, type Database, Fault } from '../platform/index.ts';
import {
  accept,
  assign,
  close,
  decline,
  endByAgent,
  ended,
  handBack,
  pick,
  transfer,
} from './assignments.ts';
import { createTell } from './automated-messages.ts';
import { AGENTS_TOPIC, type AgentStatus, type Routing, type Wait } from './index.ts';
import { createOffers } from './offers.ts';
import { effectivePresence } from './presence.ts';
import { decideQueue, queueing, usualWait } from './route-to-queue.ts';
import { screenStore } from './screen-store.ts';
import { createScreens } from './screens.ts';
import { agentStore } from './store.ts';
import { createSweep } from './sweep.ts';

export interface RoutingParts {
  database: Pick<Database, 'kysely'>;
  configuration: Configuration;
  conversations: Conversations;
  contacts: Pick<Contacts, 'read'>;
  bus: Bus;
  clock: Clock;
}

type Decide = (
  record: ConversationRecord,
) => ConversationChange | null | Promise<ConversationChange | null>;

export function createRouting(parts: RoutingParts): Routing {
  const { configuration, conversations, contacts, bus, clock } = parts;
  const agents = agentStore(parts.database);
  const offers = createOffers({ configuration, conversations, agents, bus, clock });
  const tell = createTell(configuration);
  const reads = { configuration, conversations, contacts };
  const sweeping = createSweep({
    ...{ configuration, conversations, reads, tell, clock },
    route,
    changed,
  });
  const screens = createScreens({
    ...{ screens: screenStore(parts.database), clock, changed },
    left,
    back: (agentId) => offers.offerWaiting(queuesOf(agentId)),
    gone,
  });

  return {
    route,
    dryRun: (record, at) => decideQueue(reads, record, at),
    async setPresence(agentId: string, presence: Presence) {
      await agents.setPresence(agentId, presence, clock.now());
      changed(agentId);
      if (presence === 'available') await offers.offerWaiting(queuesOf(agentId));
    },
    screenOpened: screens.opened,
    screenClosed: screens.closed,
    accept: (agent, id) =>
      taking(agent.id, id, (now) => accept(agent, now, { tell, now: clock.now() })),
    pick: (agent, id) => taking(agent.id, id, (now) => pick(agent, now, tell)),
    async assign(by, id, agentId) {
      const user = userOf(agentId);
      const before = await conversations.read(id);
      const record = await taking(user.id, id, (now) => assign(by, now, callable(user), tell));
      await afterRelease(before?.assigneeId ?? before?.offeredToId ?? null);
      return record;
    },
    async decline(agent, id) {
      const record = await change(id, (now) => decline(agent, now));
      changed(agent.id);
      return offered(record);
    },
    async transfer(agent, id, to) {
      const now = clock.now();
      const record = await change(id, (record) =>
        transfer(agent, record, to, { configuration, offers, tell, now }),
      );
      await afterRelease(agent.id);
      if (record.offeredToId) changed(record.offeredToId);
      return offered(record);
    },
    async end(agent, id) {
      const record = await change(id, (now) =>
        endByAgent(agent, now, { tell, now: clock.now(), wrapUp: wrapUpOf(now) }),
      );
      await afterRelease(record.assigneeId);
      return record;
    },
    async close(agent, id) {
      const record = await change(id, (now) => close(agent, now));
      await afterRelease(record.assigneeId);
      return record;
    },
    async endByCustomer(id, reason) {
      const record = await change(id, (now) => (hasEnded(now) ? null : byCustomer(now, reason)));
      await afterRelease(record.assigneeId);
    },
    waitOf,
    statuses,
    async sweep() {
      await screens.sweep();
      await sweeping.sweep();
      await offers.offerWaiting([...configuration.current().queues.keys()]);
    },
  };

  async function change(id: string, decide: Decide): Promise<ConversationRecord> {
    return (await conversations.change(id, decide)).record;
  }

  /** The rules are asked before the row is locked: what they read may take its time. */
  async function route(known: string | ConversationRecord): Promise<void> {
    const before = typeof known === 'string' ? await conversations.read(known) : known;
    if (before?.state !== 'waiting' || before.queueId) return;
    const now = clock.now();
    const decision = await decideQueue(reads, before, now);
    if (!decision) return;
    const record = await change(before.id, (current) => {
      if (current.state !== 'waiting' || current.queueId) return null;
      // What changed meanwhile (a sign-in) is seen by the sweep, which decides anew
      if (!isSameToRules(before, current)) return null;
      return queueing(current, decision, { reads, tell, now });
    });
    if (record.queueId === null && record.state === 'waiting') return route(record.id);
    await offered(record);
  }

  async function taking(agentId: string, id: string, decide: Decide): Promise<ConversationRecord> {
    const record = await change(id, decide);
    changed(agentId);
    return record;
  }

  /** What waits is offered at once; answers how it then is. */
  async function offered(record: ConversationRecord): Promise<ConversationRecord> {
    if (record.state !== 'waiting' || !record.queueId) return record;
    await offers.offerWaiting([record.queueId]);
    return (await conversations.read(record.id)) ?? record;
  }

  function byCustomer(record: ConversationRecord, reason: string): ConversationChange {
    const data = { by: 'customer', reason };
    const ending = { by: 'customer' as const, wrapUp: wrapUpOf(record), now: clock.now(), data };
    const closing = ended(record, ending);
    const messages = tell(record, ['customer-disconnected', 'session-ended']);
    return { ...closing, entries: [...messages, ...(closing.entries ?? [])] };
  }

  function wrapUpOf({ workstreamId }: ConversationRecord): number {
    return configuration.current().workstreams.get(workstreamId)?.wrapUp ?? 0;
  }

  function userOf(agentId: string): User {
    const user = configuration.current().users.get(agentId);
    if (!user) throw new Fault('unknown_agent', 400, 'There is no such agent.');
    return user;
  }

  function changed(agentId: string): void {
    bus.publish(AGENTS_TOPIC, { agentId });
  }

  async function afterRelease(agentId: string | null): Promise<void> {
    if (!agentId) return;
    await agents.freed(agentId, clock.now());
    changed(agentId);
    await offers.offerWaiting(queuesOf(agentId));
  }

  async function left(agentId: string): Promise<void> {
    await sweeping.withdraw(agentId);
    await offers.offerWaiting(queuesOf(agentId));
  }

  async function gone(agentId: string): Promise<void> {
    const { users, queues } = configuration.current();
    const name = users.get(agentId)?.nickname ?? 'The agent';
    for (const id of await conversations.activeOf([agentId]))
      await change(id, (record) => {
        if (record.state !== 'active' || record.assigneeId !== agentId) return null;
        const queue = queues.get(record.queueId ?? '')?.name ?? null;
        return handBack(record, name, { tell, now: clock.now(), queue });
      });
  }

  function queuesOf(agentId: string): string[] {
    const queues = [...configuration.current().queues.values()];
    return queues.filter((queue) => queue.members.includes(agentId)).map((queue) => queue.id);
  }

  async function waitOf(id: string): Promise<Wait | null> {
    const [position, record] = await Promise.all([
      conversations.positionOf(id),
      conversations.read(id),
    ]);
    if (position === null || !record?.queueId) return null;
    const wait = await usualWait(conversations, record.queueId, clock.now());
    return { position, estimatedSeconds: wait === null ? null : Math.round(wait / 1000) };
  }

  async function statuses(ids: string[]): Promise<Map<string, AgentStatus>> {
    const [rows, loads] = await Promise.all([agents.read(ids), conversations.loads(ids)]);
    const { users } = configuration.current();
    const known = new Map(rows.map((row) => [row.id, row]));
    const status = (id: string): AgentStatus => {
      const row = known.get(id);
      const chosen = row?.presence ?? 'offline';
      const load = loads.get(id) ?? 0;
      const capacity = users.get(id)?.capacity ?? 0;
      const isThere = row !== undefined && row.leftAt === null;
      const presence = isThere ? effectivePresence(chosen, load, capacity) : 'offline';
      return { id, presence, chosen, load, capacity };
    };
    return new Map(ids.map((id) => [id, status(id)]));
  }
}

/** What customers call them. */
const callable = ({ id, nickname }: User) => ({ id, name: nickname });

const isSameToRules = (a: ConversationRecord, b: ConversationRecord): boolean =>
  JSON.stringify([a.identity, a.context, a.contactId]) ===
  JSON.stringify([b.identity, b.context, b.contactId]);

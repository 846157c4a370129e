import type { Configuration } from '../configuration/index.ts';
import type { ConversationRecord, Conversations } from '../conversations/index.ts';
import type { Bus, Clock, Database } from '../platform/index.ts';
import { accept, apply, decline, end, ended, pass, pick, transfer } from './assignments.ts';
import { AGENTS_TOPIC, type AgentStatus, type Routing } from './index.ts';
import { createOffers } from './offers.ts';
import { routeToQueue } from './route-to-queue.ts';
import { agentStore } from './store.ts';

export interface RoutingParts {
  database: Database;
  configuration: Configuration;
  conversations: Conversations;
  bus: Bus;
  clock: Clock;
}

/** An agent whose screen has been away for this long is offline (spec: back within 2.5 min). */
const UNSEEN_SECONDS = 150;
/** A conversation that has waited this long without a queue was left behind by a node. */
const UNROUTED_MS = 2000;

export function createRouting(parts: RoutingParts): Routing {
  const { configuration, conversations, bus, clock } = parts;
  const agents = agentStore(parts.database);
  const offers = createOffers({ ...parts, agents });
  const change = (id: string, decide: Parameters<typeof apply>[2]) =>
    apply(conversations, id, decide);

  return {
    route,
    async setPresence(agentId, presence) {
      await agents.setPresence(agentId, presence);
      tell(agentId);
      if (presence === 'available') await offers.offerWaiting(queuesOf(agentId));
    },
    seen: agents.seen,
    async accept(agent, id) {
      const record = await change(id, (now) => accept(agent, now));
      tell(agent.id);
      return record;
    },
    async decline(agent, id) {
      const record = await change(id, (now) => decline(agent, now));
      tell(agent.id);
      await offers.offer(id);
      return (await conversations.read(id)) ?? record;
    },
    async pick(agent, id) {
      const record = await change(id, (now) => pick(agent, now));
      tell(agent.id);
      return record;
    },
    async transfer(agent, id, to) {
      const record = await change(id, (now) => transfer(agent, now, to, { configuration, offers }));
      await afterRelease(agent.id);
      if (record.state === 'waiting') await offers.offer(id);
      return (await conversations.read(id)) ?? record;
    },
    async end(agent, id) {
      const record = await change(id, (now) => end(agent, now, clock));
      await afterRelease(record.assigneeId);
      return record;
    },
    async endByCustomer(id, reason) {
      const record = await change(id, (now) =>
        now.state === 'closed' ? null : ended(clock, { by: 'customer', reason }),
      );
      await afterRelease(record.assigneeId);
    },
    statuses,
    sweep,
  };

  async function route(id: string): Promise<void> {
    const record = await change(id, (now) => routeToQueue(configuration, now, clock.now()));
    if (record.state === 'waiting') await offers.offer(id);
  }

  function tell(agentId: string): void {
    bus.publish(AGENTS_TOPIC, { agentId });
  }

  async function afterRelease(agentId: string | null): Promise<void> {
    if (!agentId) return;
    await agents.freed(agentId);
    tell(agentId);
    await offers.offerWaiting(queuesOf(agentId));
  }

  function queuesOf(agentId: string): string[] {
    const queues = [...configuration.current().queues.values()];
    return queues.filter((queue) => queue.members.includes(agentId)).map((queue) => queue.id);
  }

  async function statuses(ids: string[]): Promise<Map<string, AgentStatus>> {
    const [rows, loads] = await Promise.all([agents.read(ids), conversations.loads(ids)]);
    const { users } = configuration.current();
    const presence = new Map(rows.map((row) => [row.id, row.presence]));
    const status = (id: string): AgentStatus => ({
      id,
      presence: presence.get(id) ?? 'offline',
      chosen: presence.get(id) ?? 'offline',
      load: loads.get(id) ?? 0,
      capacity: users.get(id)?.capacity ?? 0,
    });
    return new Map(ids.map((id) => [id, status(id)]));
  }

  async function sweep(): Promise<void> {
    for (const id of await conversations.expiredOffers()) await letPass(id);
    for (const id of await conversations.unrouted(UNROUTED_MS)) await route(id);
    for (const id of await agents.leaveUnseen(UNSEEN_SECONDS)) tell(id);
    const available = await agents.available();
    const queueIds = [...new Set(available.flatMap(queuesOf))];
    if (queueIds.length > 0) await offers.offerWaiting(queueIds);
  }

  async function letPass(id: string): Promise<void> {
    let agentId: string | null = null;
    const expired = (now: ConversationRecord) =>
      now.state === 'offered' && (now.offerExpiresAt ?? 0) <= clock.now();
    await change(id, (now) => {
      agentId = expired(now) ? now.offeredToId : null;
      return agentId ? pass(now, agentId) : null;
    });
    if (!agentId) return;
    tell(agentId);
    await offers.offer(id);
  }
}

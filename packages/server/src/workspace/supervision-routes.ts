import { type Presence, Supervision } from '@countersign/protocol';
import type { Configuration, Queue, User } from '../configuration/index.ts';
import type { Workload } from '../conversations/index.ts';
import type { Clock } from '../platform/index.ts';
import type { AgentStatus } from '../routing/index.ts';
import type { WorkspaceParts } from './index.ts';
import { time } from './present.ts';
import { isQueueOpen } from './queue-hours.ts';
import { requireSupervisor } from './staff.ts';

/** What a supervisor watches: every queue and every agent, now. */
export function supervisionRoutes(parts: WorkspaceParts): void {
  const { http, identify, configuration, conversations, routing, clock } = parts;

  http.get(
    '/api/supervision',
    { schema: { tags: ['Supervision'], response: { 200: Supervision } } },
    async (request) => {
      await requireSupervisor(identify, request);
      const agents = agentsOf(configuration);
      const [work, statuses] = await Promise.all([
        conversations.workload(),
        routing.statuses(agents.map(({ id }) => id)),
      ]);
      const watch = { work, statuses, configuration, clock };
      return {
        at: time(clock.now()),
        queues: queuesOf(configuration).map((queue) => presentQueue(queue, watch)),
        agents: agents.map((agent) => presentAgent(agent, watch)),
      };
    },
  );
}

interface Watch {
  work: Workload[];
  statuses: Map<string, AgentStatus>;
  configuration: Configuration;
  clock: Clock;
}

const agentsOf = (configuration: Configuration): User[] =>
  [...configuration.current().users.values()]
    .filter(({ roles }) => roles.includes('agent'))
    .sort((a, b) => a.name.localeCompare(b.name));

const queuesOf = (configuration: Configuration): Queue[] =>
  [...configuration.current().queues.values()].sort(
    (a, b) => a.priority - b.priority || a.name.localeCompare(b.name),
  );

function presentQueue(
  queue: Queue,
  { work, statuses, configuration, clock }: Watch,
): Supervision['queues'][number] {
  const own = work.filter(({ queueId }) => queueId === queue.id);
  const oldest = Math.min(
    ...own.flatMap(({ state, oldestOpenedAt }) => (state === 'waiting' ? oldestOpenedAt : [])),
  );
  const isAvailable = (id: string) => statuses.get(id)?.presence === 'available';
  return {
    id: queue.id,
    name: queue.name,
    priority: queue.priority,
    open: isQueueOpen(queue, configuration, clock.now()),
    waiting: countOf(own, 'waiting'),
    longestWaitSeconds: Number.isFinite(oldest)
      ? Math.max(0, Math.round((clock.now() - oldest) / 1000))
      : 0,
    offered: countOf(own, 'offered'),
    active: countOf(own, 'active'),
    wrapUp: countOf(own, 'wrap-up'),
    agentsAvailable: queue.members.filter(isAvailable).length,
    agents: queue.members.length,
  };
}

function presentAgent(
  agent: User,
  { work, statuses, configuration }: Watch,
): Supervision['agents'][number] {
  const own = work.filter(({ agentId }) => agentId === agent.id);
  const status = statuses.get(agent.id);
  const presence: Presence = status?.presence ?? 'offline';
  const queues = queuesOf(configuration).filter(({ members }) => members.includes(agent.id));
  return {
    id: agent.id,
    name: agent.name,
    presence,
    chosen: status?.chosen ?? presence,
    load: status?.load ?? 0,
    capacity: status?.capacity ?? agent.capacity,
    offered: countOf(own, 'offered'),
    active: countOf(own, 'active'),
    wrapUp: countOf(own, 'wrap-up'),
    queues: queues.map(({ name }) => name),
  };
}

const countOf = (work: Workload[], wanted: Workload['state']): number =>
  work.reduce((sum, { state, count }) => (state === wanted ? sum + count : sum), 0);

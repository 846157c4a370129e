import { AgentRef, Me, Presence } from '@countersign/protocol';
import { type Static, Type } from 'typebox';
import { Fault } from '../platform/index.ts';
import { visibleQueues } from './authorise.ts';
import type { WorkspaceParts } from './index.ts';
import { presentConversation, time } from './present.ts';
import { isQueueOpen } from './queue-hours.ts';
import {
  requireConsoleUser,
  requireStaff,
  type Staff,
  staffId,
  staffName,
  staffRoles,
} from './staff.ts';

const tags = ['People and queues'];
const list = <T extends Parameters<typeof Type.Array>[0]>(item: T) =>
  Type.Object({ items: Type.Array(item), next: Type.Optional(Type.String()) });

const QueueStatus = Type.Object({
  name: Type.String(),
  priority: Type.Integer(),
  waiting: Type.Integer(),
  longestWaitSeconds: Type.Integer(),
  agents: Type.Array(AgentRef),
});
/** Anybody may hand a conversation to any queue; how many wait there is told to those who see them. */
const TransferQueue = Type.Object({
  name: Type.String(),
  open: Type.Boolean(),
  waiting: Type.Optional(Type.Integer()),
});
const AgentStatus = Type.Object({
  id: Type.String(),
  name: Type.String(),
  presence: Presence,
  load: Type.Integer(),
  capacity: Type.Integer(),
});
/** The caller's own state, queues and agents. */
export function peopleRoutes(parts: WorkspaceParts): void {
  const { http, identify, configuration, conversations, routing, clock } = parts;

  http.get('/api/me', { schema: { tags, response: { 200: Me } } }, async (request) =>
    me(await requireConsoleUser(identify, request)),
  );

  http.put(
    '/api/me/presence',
    {
      schema: {
        tags,
        body: Type.Object({ presence: Presence }, { additionalProperties: false }),
        response: { 204: Type.Null() },
      },
    },
    async (request, reply) => {
      const staff = await requireStaff(identify, request);
      await routing.setPresence(staffId(staff), request.body.presence);
      return reply.code(204).send(null);
    },
  );

  http.get(
    '/api/queues',
    { schema: { tags, response: { 200: list(QueueStatus) } } },
    async (request) => {
      const staff = await requireStaff(identify, request);
      return { items: await queueStatuses(parts, staff) };
    },
  );

  http.get(
    '/api/transfer-queues',
    { schema: { tags, response: { 200: list(TransferQueue) } } },
    async (request) => {
      const staff = await requireStaff(identify, request);
      return { items: await transferQueues(parts, staff) };
    },
  );

  http.get(
    '/api/agents',
    { schema: { tags, response: { 200: list(AgentStatus) } } },
    async (request) => {
      await requireStaff(identify, request);
      const agents = [...configuration.current().users.values()].filter((user) =>
        user.roles.includes('agent'),
      );
      const statuses = await routing.statuses(agents.map((agent) => agent.id));
      const offline = { presence: 'offline' as const, load: 0, capacity: 0 };
      return {
        items: agents.map(({ id, name }) => ({ ...offline, ...statuses.get(id), id, name })),
      };
    },
  );

  async function me(staff: Staff) {
    const id = staffId(staff);
    const status = (await routing.statuses([id])).get(id);
    const offered = await conversations.list({
      states: ['offered'],
      orAgentId: id,
      queueIds: [],
      limit: 50,
    });
    const queues = visibleQueues(staff, configuration);
    const all = configuration.current().queues;
    return {
      id,
      email: staff.kind === 'user' ? staff.user.email : '',
      name: staff.kind === 'user' ? staff.user.name : staff.name,
      nickname: staffName(staff),
      roles: staffRoles(staff),
      presence: status?.presence ?? ('offline' as const),
      chosen: status?.chosen ?? ('offline' as const),
      load: status?.load ?? 0,
      capacity: status?.capacity ?? 0,
      queues: (queues ?? [...all.keys()]).map((queue) => all.get(queue)?.name ?? queue),
      offers: offered.items.filter((record) => record.offeredToId === id).map(presentOffer),
    };
  }

  function presentOffer(record: Parameters<typeof presentConversation>[0]) {
    const workstream = configuration.current().workstreams.get(record.workstreamId);
    return {
      conversation: presentConversation(record, parts),
      expiresAt: time(record.offerExpiresAt ?? clock.now()),
      seconds: workstream?.offerTimeout ?? 0,
    };
  }
}

/** Waiting counts of the queues that this person may see. */
export async function queueStatuses(
  { configuration, conversations, clock }: WorkspaceParts,
  staff: Staff,
) {
  const { queues, users } = configuration.current();
  const waiting = await queueWaiting({ conversations, clock });
  const ids = visibleQueues(staff, configuration) ?? [...queues.keys()];
  return ids.map((id) => {
    const queue = queues.get(id);
    if (!queue) throw new Fault('internal', 500, 'A queue vanished while it was listed.');
    return {
      name: queue.name,
      priority: queue.priority,
      ...(waiting.get(id) ?? NOBODY_WAITS),
      agents: queue.members.flatMap((member) => {
        const user = users.get(member);
        return user ? [{ id: user.id, name: user.name }] : [];
      }),
    };
  });
}

async function transferQueues(
  { configuration, conversations, clock }: WorkspaceParts,
  staff: Staff,
): Promise<Static<typeof TransferQueue>[]> {
  const waiting = await queueWaiting({ conversations, clock });
  const visible = visibleQueues(staff, configuration);
  return [...configuration.current().queues.values()]
    .sort((a, b) => a.name.localeCompare(b.name))
    .map((queue) => ({
      name: queue.name,
      open: isQueueOpen(queue, configuration, clock.now()),
      ...(visible === null || visible.includes(queue.id)
        ? { waiting: (waiting.get(queue.id) ?? NOBODY_WAITS).waiting }
        : {}),
    }));
}

export const NOBODY_WAITS = { waiting: 0, longestWaitSeconds: 0 };

/** Of each queue in which somebody waits, by its id. */
export async function queueWaiting({
  conversations,
  clock,
}: Pick<WorkspaceParts, 'conversations' | 'clock'>): Promise<Map<string, typeof NOBODY_WAITS>> {
  const now = clock.now();
  const counts = await conversations.counts();
  return new Map(
    counts.map(({ queueId, waiting, oldestOpenedAt }) => [
      queueId,
      {
        waiting,
        longestWaitSeconds: oldestOpenedAt
          ? Math.max(0, Math.round((now - oldestOpenedAt) / 1000))
          : 0,
      },
    ]),
  );
}

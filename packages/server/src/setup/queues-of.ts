import type { Overflow, Queue, Snapshot, Workstream } from '../configuration/index.ts';

/** The queues that a conversation of this workstream can come to: by rules, as fallback, by overflow. */
export function queuesOf(
  { routeToQueue, fallbackQueueId }: Workstream,
  { queues }: Pick<Snapshot, 'queues'>,
): Queue[] {
  const found = new Map<string, Queue>();
  const next = [
    ...routeToQueue.flatMap((rule) => rule.queues.map(({ queueId }) => queueId)),
    fallbackQueueId,
  ];
  for (let id = next.shift(); id !== undefined; id = next.shift()) {
    const queue = queues.get(id);
    if (!queue || found.has(id)) continue;
    found.set(id, queue);
    next.push(...transfersOf(queue.overflow));
  }
  return [...found.values()];
}

const transfersOf = ({ outsideHours, length, waitingTime }: Overflow): string[] =>
  [outsideHours, length, waitingTime].flatMap((action) =>
    action?.action === 'transfer' ? [action.queueId] : [],
  );

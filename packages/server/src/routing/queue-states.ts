/** How the queues are that a decision may ask for: open, full, or about to open. */
import { isOpen, nextOpening, type Snapshot, type Workstream } from '../configuration/index.ts';
import type { Conversations } from '../conversations/index.ts';
import type { QueueStates } from './overflow.ts';

/** A queue holds its overflow at 100 at most: what waits behind makes no difference. */
const COUNTED = 101;

/** Reads how many wait, only in queues whose overflow asks for it. */
export async function readQueueStates(
  snapshot: Snapshot,
  ids: string[],
  conversations: Pick<Conversations, 'waitingIn'>,
  now: number,
): Promise<QueueStates> {
  const counted = withTargets(snapshot, ids).filter(
    (id) => snapshot.queues.get(id)?.overflow.length,
  );
  const waiting = counted.length > 0 ? await conversations.waitingIn(counted, COUNTED) : new Map();
  return (id) => {
    const queue = snapshot.queues.get(id);
    if (!queue) throw new Error(`there is no queue ${id}`);
    const times = openness(snapshot, queue.operatingHoursId, now);
    const { name, priority, overflow } = queue;
    return { id, name, priority, overflow, ...times, waiting: waiting.get(id) ?? 0 };
  };
}

/** Throws when there are none of this id. */
export function openness(snapshot: Snapshot, hoursId: string | null, now: number) {
  if (hoursId === null) return { isOpen: true, opensAt: null };
  const hours = snapshot.operatingHours.get(hoursId);
  if (!hours) throw new Error(`there are no operating hours ${hoursId}`);
  const open = isOpen(hours, now);
  return { isOpen: open, opensAt: open ? null : nextOpening(hours, now) };
}

export const queuesOf = ({ routeToQueue, fallbackQueueId }: Workstream): string[] => [
  ...routeToQueue.flatMap(({ queues }) => queues.map(({ queueId }) => queueId)),
  fallbackQueueId,
];

/** These queues, and those that they may pass conversations on to. */
function withTargets({ queues }: Snapshot, ids: string[]): string[] {
  const found = new Set(ids);
  for (const id of found) {
    for (const action of Object.values(queues.get(id)?.overflow ?? {}))
      if (action?.action === 'transfer') found.add(action.queueId);
  }
  return [...found];
}

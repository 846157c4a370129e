/**
 * What a queue that overflows does with a conversation before it waits there (Omnichannel §3.5): the hours
 * first, then the length. A transfer looks at the target in the same way, and never goes round in circles.
 */
import type { Overflow, OverflowAction } from '../configuration/index.ts';

/** A queue as it is at the time of the decision. */
export interface QueueState {
  id: string;
  name: string;
  /** Lower goes first. */
  priority: number;
  overflow: Overflow;
  isOpen: boolean;
  /** Ms since the epoch; null: not within a year, or it is open. */
  opensAt: number | null;
  /** Conversations that wait there; counted only as far as its overflow needs. */
  waiting: number;
}

/** Throws when there is no queue of this id. */
export type QueueStates = (queueId: string) => QueueState;

export interface Overflowing {
  kind: 'outside-hours' | 'length';
  /** In words. */
  why: string;
  action: OverflowAction;
}

/** Why this queue overflows now, in the order in which it is acted upon; none: it does not. */
export function overflowsOf({ name, isOpen, waiting, overflow }: QueueState): Overflowing[] {
  const { outsideHours, length } = overflow;
  const found: Overflowing[] = [];
  if (!isOpen) {
    const action = outsideHours ?? ASSIGN;
    found.push({ kind: 'outside-hours', why: `${name} is closed`, action });
  }
  if (length && waiting + 1 > length.above) {
    const why = `${name} is full (${length.above} may wait)`;
    found.push({ kind: 'length', why, action: length });
  }
  return found;
}

/** What the field does unless told otherwise (Omnichannel §3.5). */
const ASSIGN: OverflowAction = { action: 'assign' };

export interface Placed {
  queueId: string;
  /** It ends instead of waiting; the overflow that says so. */
  endedBy: Overflowing['kind'] | null;
  /** Queues that it left on the way, in order. */
  left: string[];
  /** What happened on the way, in words. */
  because: string[];
}

/** Where a conversation ends up that goes to this queue, whatever it takes. */
export function place(queueId: string, queues: QueueStates, been: string[] = []): Placed {
  const placed: Placed = { queueId, endedBy: null, left: [], because: [] };
  for (let moved = true; moved; ) moved = overflowOnce(placed, queues, been);
  return placed;
}

/** Acts on the first overflow that does more than assign anyway. False: it stays where it is. */
function overflowOnce(placed: Placed, queues: QueueStates, been: string[]): boolean {
  for (const { kind, why, action } of overflowsOf(queues(placed.queueId))) {
    if (action.action === 'end') {
      placed.because.push(`${why}: it ends`);
      placed.endedBy = kind;
      return false;
    }
    if (action.action === 'assign') placed.because.push(`${why}: it waits there anyway`);
    else if (transfer(placed, why, action.queueId, queues, been)) return true;
  }
  return false;
}

function transfer(
  placed: Placed,
  why: string,
  target: string,
  queues: QueueStates,
  been: string[],
): boolean {
  const { name } = queues(target);
  if ([...been, ...placed.left, placed.queueId].includes(target)) {
    placed.because.push(`${why}: it stays, ${name} has passed it on before`);
    return false;
  }
  placed.because.push(`${why}: it goes on to ${name}`);
  placed.left.push(placed.queueId);
  placed.queueId = target;
  return true;
}

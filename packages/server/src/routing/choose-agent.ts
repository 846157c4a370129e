import type { Queue } from '../configuration/index.ts';
import type { AgentRow } from './store.ts';

export interface Candidate extends AgentRow {
  /** Units still free. */
  free: number;
}

/** Who of those with room for it gets the next conversation of a queue, by its assignment method. */
export function chooseAgent(
  assignment: Queue['assignment'],
  candidates: Candidate[],
  units: number,
): Candidate | null {
  const fitting = candidates.filter((candidate) => candidate.free >= units);
  return fitting.sort(order[assignment])[0] ?? null;
}

const order: Record<Queue['assignment'], (a: Candidate, b: Candidate) => number> = {
  'highest-capacity': (a, b) => b.free - a.free || a.lastOfferedAt - b.lastOfferedAt,
  'round-robin': (a, b) => a.lastOfferedAt - b.lastOfferedAt,
  'longest-idle': (a, b) => a.idleSince - b.idleSince || a.lastOfferedAt - b.lastOfferedAt,
};

import type { Queue } from '../configuration/index.ts';

export interface Candidate {
  id: string;
  /** Units still free. */
  free: number;
  /** Ms since the epoch. */
  idleSince: number;
  /** Of its last offer in this queue; 0: it has had none. */
  turn: number;
  /** How often it has declined this conversation, or let an offer of it pass. */
  declined: number;
  /** In the order in which they joined the queue. */
  place: number;
}

/**
 * Who of those with room for it gets the next conversation of a queue: who has declined it the least, and
 * among them by the queue's assignment method.
 */
export function chooseAgent(
  assignment: Queue['assignment'],
  candidates: Iterable<Candidate>,
  units: number,
): Candidate | null {
  const byMethod = order[assignment];
  let best: Candidate | null = null;
  for (const candidate of candidates) {
    if (candidate.free < units) continue;
    const before = best && (candidate.declined - best.declined || byMethod(candidate, best));
    if (before === null || before < 0) best = candidate;
  }
  return best;
}

type Order = (a: Candidate, b: Candidate) => number;

const byTurn: Order = (a, b) => a.turn - b.turn || a.place - b.place;
const order: Record<Queue['assignment'], Order> = {
  'highest-capacity': (a, b) => b.free - a.free || byTurn(a, b),
  'round-robin': byTurn,
  'longest-idle': (a, b) => a.idleSince - b.idleSince || byTurn(a, b),
};

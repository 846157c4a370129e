import type { Clock } from '../platform/index.ts';

/** A piece of work that is due again after a while. */
export interface Chore {
  everyMs: number;
  work(): Promise<unknown>;
}

/** Runs what is due, in order; each for the first time at the first call. */
export function housekeeping(clock: Clock, chores: readonly Chore[]): () => Promise<void> {
  const doneAt = new Map<Chore, number>();
  return async () => {
    for (const chore of chores) {
      const elapsed = clock.now() - (doneAt.get(chore) ?? Number.NEGATIVE_INFINITY);
      // A clock that was set back makes everything due (row K11).
      if (elapsed >= 0 && elapsed < chore.everyMs) continue;
      doneAt.set(chore, clock.now());
      await chore.work();
    }
  };
}

import type { AttemptStore } from './store.ts';

const BATCH = 1000;
const MOST_BATCHES = 50;

/** Deletes what is older, in batches that hold no lock for long. The rest goes with the next sweep. */
export async function sweepAttempts(store: AttemptStore, beforeMs: number): Promise<number> {
  let deleted = 0;
  for (let batch = 0; batch < MOST_BATCHES; batch++) {
    const gone = await store.deleteOlder(beforeMs, BATCH);
    deleted += gone;
    if (gone < BATCH) break;
  }
  return deleted;
}

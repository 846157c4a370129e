/**
 * On which sites messengers were really asked for. Noted in memory, and written at most once a minute for
 * each deployment and site, so that a busy site costs what a quiet one does.
 */
import type { Clock, Database } from '../platform/index.ts';
import { forgetSightings, readSightings, type Sighting, writeSightings } from './store.ts';

const WRITE_EVERY_MS = 60_000;
/** More in between is somebody who makes sites up. */
const MOST_NOTED = 200;
const KEPT_MS = 90 * 24 * 3_600_000;

export interface Sightings {
  saw(deploymentId: string, origin: string, what: Sighting['what']): void;
  /** What all nodes have written, and what this one knows. The last seen first. */
  of(deploymentIds: string[]): Promise<Sighting[]>;
  /** Writes what was noted. */
  flush(): Promise<void>;
  /** Deletes what was not seen for 90 days. */
  forget(): Promise<void>;
}

export function createSightings({
  database,
  clock,
}: {
  database: Pick<Database, 'kysely'>;
  clock: Clock;
}): Sightings {
  const db = database.kysely;
  const noted = new Map<string, Sighting>();
  /** When each was noted last. */
  const recent = new Map<string, number>();
  let writing: Promise<void> = Promise.resolve();

  function saw(deploymentId: string, origin: string, what: Sighting['what']): void {
    const now = clock.now();
    const key = `${deploymentId} ${what} ${origin}`;
    if (now - (recent.get(key) ?? Number.NEGATIVE_INFINITY) < WRITE_EVERY_MS) return;
    if (recent.size >= MOST_NOTED) tidy(now);
    if (recent.size >= MOST_NOTED) return;
    recent.set(key, now);
    noted.set(key, { deploymentId, origin, what, firstSeen: now, lastSeen: now });
  }

  function tidy(now: number): void {
    for (const [key, at] of recent) if (now - at >= WRITE_EVERY_MS) recent.delete(key);
  }

  /** What could not be written is noted again when the site asks the next time, a minute from now. */
  async function writeNow(): Promise<void> {
    const seen = [...noted.values()];
    noted.clear();
    if (seen.length > 0) await writeSightings(db, seen);
  }

  function flush(): Promise<void> {
    writing = writing.catch(() => {}).then(writeNow);
    return writing;
  }

  return {
    saw,
    flush,
    async of(deploymentIds) {
      await flush();
      return readSightings(db, deploymentIds);
    },
    forget: () => forgetSightings(db, clock.now() - KEPT_MS),
  };
}

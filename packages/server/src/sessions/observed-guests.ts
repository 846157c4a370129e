/**
 * Guests who were admitted because their deployment's setting only observes. Counted in memory as a
 * session begins and written with the next sweep, so that no customer waits for it; what a node that is
 * killed had not yet written is missing from the count.
 */
import type { WouldBeRefused } from '@countersign/protocol';
import type { Clock, Database } from '../platform/index.ts';
import {
  addObserved,
  forgetObserved,
  type ObservedGuests,
  readObserved,
} from './observed-guests-store.ts';

const HOUR_MS = 3_600_000;
const DAY_HOURS = 24;
const WEEK_HOURS = 7 * DAY_HOURS;
const KEPT_HOURS = 2 * WEEK_HOURS;

export function createObservedGuests({
  database,
  clock,
}: {
  database: Pick<Database, 'kysely'>;
  clock: Clock;
}) {
  const db = database.kysely;
  const counted = new Map<string, ObservedGuests>();
  let writing: Promise<void> = Promise.resolve();
  const thisHour = () => Math.floor(clock.now() / HOUR_MS) * HOUR_MS;

  function count(settingId: string): void {
    const hour = thisHour();
    const key = `${settingId}/${hour}`;
    const known = counted.get(key);
    if (known) known.guests += 1;
    else counted.set(key, { settingId, hour, guests: 1 });
  }

  async function writeNow(): Promise<void> {
    if (counted.size === 0) return;
    const taken = new Map(counted);
    counted.clear();
    try {
      await addObserved(db, [...taken.values()]);
    } catch (cause) {
      for (const [key, { guests, ...rest }] of taken) {
        const since = counted.get(key)?.guests ?? 0;
        counted.set(key, { ...rest, guests: guests + since });
      }
      throw cause;
    }
  }

  /** One at a time: what is being written is not written twice. */
  function flush(): Promise<void> {
    writing = writing.catch(() => {}).then(writeNow);
    return writing;
  }

  return {
    count,
    flush,
    forget: () => forgetObserved(db, thisHour() - KEPT_HOURS * HOUR_MS),
    /** What all nodes have written, and what this one knows. */
    async of(settingIds: string[]): Promise<Map<string, WouldBeRefused>> {
      await flush();
      const now = thisHour();
      const since = (hours: number) => now - (hours - 1) * HOUR_MS;
      const rows = await readObserved(db, settingIds, since(WEEK_HOURS));
      const sum = (settingId: string, from: number) =>
        rows
          .filter((row) => row.settingId === settingId && row.hour >= from)
          .reduce((total, { guests }) => total + guests, 0);
      return new Map(
        settingIds.map((id) => [
          id,
          { last24h: sum(id, since(DAY_HOURS)), last7d: sum(id, since(WEEK_HOURS)) },
        ]),
      );
    },
  };
}

export type ObservedGuestCounts = ReturnType<typeof createObservedGuests>;

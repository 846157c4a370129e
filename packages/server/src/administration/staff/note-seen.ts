import type { Kysely } from 'kysely';
import type { Clock } from '../../platform/index.ts';
import { writeLastSeen } from './session-store.ts';

const EVERY_MS = 60_000;

/** Keeps when a session was last used, to the minute: most requests write nothing. */
export type NoteSeen = (session: {
  id: string;
  lastSeenAt?: Date | null | undefined;
}) => Promise<void>;

export function createNoteSeen(kysely: Kysely<unknown>, clock: Clock): NoteSeen {
  return async ({ id, lastSeenAt }) => {
    const now = clock.now();
    if (lastSeenAt && now - lastSeenAt.getTime() < EVERY_MS) return;
    await writeLastSeen(kysely, id, new Date(now));
  };
}

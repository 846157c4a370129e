/**
 * How long sessions last: each message extends its session, which is written once a minute; what has run
 * out is ended and its sockets are told.
 */
import type { Logger } from 'pino';
import type { Configuration } from '../configuration/index.ts';
import type { Bus, Clock, Database } from '../platform/index.ts';
import { wipeSecrets } from './grant-store.ts';
import { sessionTopic } from './hints.ts';
import type { ObservedGuestCounts } from './observed-guests.ts';
import type { Session } from './records.ts';
import { endExpired, extend, forget } from './store.ts';

export interface ActivityParts {
  database: Pick<Database, 'kysely'>;
  bus: Bus;
  clock: Clock;
  log: Logger;
  configuration: Pick<Configuration, 'current'>;
  observed: Pick<ObservedGuestCounts, 'flush' | 'forget'>;
  /** Between two sweeps; 0: only when called. */
  sweepMs: number;
}

interface Touched {
  /** What the database knows, and when it was told. */
  written: number;
  expiresAt: number;
  seenAt: number;
  due: boolean;
}

const WRITE_EVERY_MS = 60_000;
/** Guest API §5.3. */
const DEFAULT_DURATION_SECONDS = 259_200;
/** How long the token of an ended session is known. */
const REMEMBER_MS = 30 * 24 * 3_600_000;
const FORGET_EVERY_MS = 3_600_000;
const AT_ONCE = 500;

export function createActivity({
  database,
  bus,
  clock,
  log,
  configuration,
  observed,
  sweepMs,
}: ActivityParts) {
  const db = database.kysely;
  const touched = new Map<string, Touched>();
  let forgotten = clock.now();
  let sweeping: Promise<void> | null = null;
  const timer = sweepMs > 0 ? setInterval(() => void sweepQuietly(), sweepMs) : null;
  timer?.unref();

  function touch(session: Session): number {
    const now = clock.now();
    const expiresAt = now + durationOf(session) * 1000;
    session.expiresAt = expiresAt;
    const known = touched.get(session.id);
    if (known) {
      known.expiresAt = expiresAt;
      known.seenAt = now;
      known.due = true;
    } else touched.set(session.id, { written: 0, expiresAt, seenAt: now, due: true });
    return expiresAt;
  }

  function durationOf({ deploymentId }: Session): number {
    const deployment = configuration.current().deployments.get(deploymentId);
    return deployment?.configuration.conversations.sessionDuration ?? DEFAULT_DURATION_SECONDS;
  }

  /** Ends what has run out; first what this node knows to have gone on is written. */
  function sweep(): Promise<void> {
    sweeping ??= sweepOnce().finally(() => {
      sweeping = null;
    });
    return sweeping;
  }

  async function sweepOnce(): Promise<void> {
    const now = clock.now();
    await write(now - WRITE_EVERY_MS);
    await observed.flush();
    for (let ended = AT_ONCE; ended === AT_ONCE; ) {
      const ids = await endExpired(db, now, AT_ONCE);
      for (const id of ids) bus.publish(sessionTopic(id), { type: 'expired' });
      ended = ids.length;
    }
    await wipeSecrets(db, now);
    if (now - forgotten < FORGET_EVERY_MS) return;
    forgotten = now;
    await forget(db, now - REMEMBER_MS, 10_000);
    await observed.forget();
  }

  /** Writes what was last written before this time; forgets what has been quiet since. */
  async function write(before: number): Promise<void> {
    const now = clock.now();
    const due: Parameters<typeof extend>[1] = [];
    for (const [id, state] of touched) {
      if (state.written > before) continue;
      const { expiresAt, seenAt } = state;
      if (state.due) due.push({ id, expiresAt, seenAt });
      else touched.delete(id);
      state.due = false;
      state.written = now;
    }
    if (due.length > 0) await extend(db, due);
  }

  async function sweepQuietly(): Promise<void> {
    try {
      await sweep();
    } catch (error) {
      const code = error instanceof Error && 'code' in error ? error.code : 'unknown';
      log.warn({ code }, 'sessions could not be swept');
    }
  }

  async function close(): Promise<void> {
    if (timer) clearInterval(timer);
    await sweeping?.catch(() => {});
    await write(clock.now()).catch(() => {});
    await observed.flush().catch(() => {});
  }

  return { touch, sweep, close };
}

import type { Logger } from 'pino';
import type { Bus, Clock, Database } from '../platform/index.ts';
import { buildSnapshot } from './build-snapshot.ts';
import type { Snapshot } from './objects.ts';
import { readVersion } from './store.ts';
import type { StoredObject } from './stored-object.ts';
import type { StoredObjects } from './stored-objects.ts';
import { CONFIGURATION_TOPIC } from './write-configuration.ts';

/** A lost hint is repaired within 2 s (invariant 4): one poll and the reading itself. */
const POLL_MS = 1_500;

/** The business's objects: stored, versioned, cached, watched. */
export interface Configuration {
  /** The objects as last seen by this node: from memory, at most 2 s old. */
  current(): Snapshot;
  /** Called after `current()` has changed. */
  onChange(listener: (snapshot: Snapshot) => void): () => void;
  close(): Promise<void>;
}

export interface WatchedConfiguration extends Configuration {
  /** What the snapshot of `current()` was built from, secrets open: for `administration` alone. */
  stored(): readonly StoredObject[];
  /** Reads what is stored now, for whoever has just written it. */
  refresh(): Promise<Snapshot>;
}

export interface ConfigurationParts {
  objects: StoredObjects;
  database: Database;
  bus: Bus;
  clock: Clock;
  log: Logger;
}

/** Loads the objects and keeps them up to date. Throws when they cannot be read at the start. */
export async function createConfiguration(
  parts: ConfigurationParts,
): Promise<WatchedConfiguration> {
  const { database, bus, log } = parts;
  const listeners = new Set<(snapshot: Snapshot) => void>();
  let { snapshot, stored } = await load(parts);
  let reading: Promise<void> = Promise.resolve();

  async function reload(): Promise<void> {
    if ((await readVersion(database.kysely)) === snapshot.version) return;
    ({ snapshot, stored } = await load(parts));
    for (const listener of listeners) notify(listener, snapshot, log);
  }
  /** One at a time, in order: an older reading never replaces a newer one. */
  function refresh(): Promise<void> {
    reading = reading.catch(() => {}).then(reload);
    return reading;
  }
  /** What fails now is tried again by the next poll; until then the last objects hold. */
  function refreshLater(): void {
    refresh().catch((error: unknown) => log.warn({ err: error }, 'configuration not read'));
  }

  const unsubscribe = bus.subscribe(CONFIGURATION_TOPIC, refreshLater);
  const poll = setInterval(refreshLater, POLL_MS);
  poll.unref();
  return {
    current: () => snapshot,
    stored: () => stored,
    onChange(listener) {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
    async refresh() {
      await refresh();
      return snapshot;
    },
    async close() {
      clearInterval(poll);
      unsubscribe();
      listeners.clear();
      await reading.catch(() => {});
    },
  };
}

async function load({
  database,
  objects,
}: ConfigurationParts): Promise<{ snapshot: Snapshot; stored: readonly StoredObject[] }> {
  const { version, objects: stored } = await objects.read(database.kysely);
  return { snapshot: buildSnapshot(version, stored), stored };
}

/** One listener's fault is its own. */
function notify(listener: (snapshot: Snapshot) => void, snapshot: Snapshot, log: Logger): void {
  try {
    listener(snapshot);
  } catch (error) {
    log.error({ err: error }, 'a listener of the configuration failed');
  }
}

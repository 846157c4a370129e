import type { Logger } from 'pino';
import type { Bus, Clock, Database, Seal } from '../platform/index.ts';
import { buildSnapshot } from './build-snapshot.ts';
import type { Snapshot } from './objects.ts';
import { openBody } from './sealed-body.ts';
import { readObjects, readVersion } from './store.ts';
import type { StoredObject } from './stored-object.ts';
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
  database: Database;
  bus: Bus;
  seal: Seal;
  clock: Clock;
  log: Logger;
}

/** Loads the objects and keeps them up to date. Throws when they cannot be read at the start. */
export async function createConfiguration(
  parts: ConfigurationParts,
): Promise<WatchedConfiguration> {
  const { database, bus, seal, log } = parts;
  const listeners = new Set<(snapshot: Snapshot) => void>();
  let { snapshot, stored } = await load(database, seal);
  let reading: Promise<void> = Promise.resolve();

  async function reload(): Promise<void> {
    if ((await readVersion(database.kysely)) === snapshot.version) return;
    ({ snapshot, stored } = await load(database, seal));
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

/** The version is read first: if more was written since, the next poll sees another version. */
async function load(
  database: Database,
  seal: Seal,
): Promise<{ snapshot: Snapshot; stored: readonly StoredObject[] }> {
  const version = await readVersion(database.kysely);
  const objects = await readObjects(database.kysely);
  const stored = await Promise.all(objects.map((object) => openBody(object, seal)));
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

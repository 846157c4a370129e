/** Tokens in the storage of the node's own origin, which the page cannot read; else in memory. */
import { memoryStore, type StoreKey, type TokenStore } from '@countersign/transport';

/** The first two names are those of the vendor's script (Guest API spec §14.3). */
const NAMES: Record<StoreKey, string> = {
  jwt: 'gcatkn',
  refresh: 'gcartkn',
  session: 'gcmcsession',
  outbox: 'outbox',
};

export const storageKey = (deploymentId: string, key: StoreKey): string =>
  `_${deploymentId}:${NAMES[key]}`;

export function browserStore(deploymentId: string): TokenStore {
  const memory = memoryStore();
  return {
    get(key) {
      return attempt(() => storage(key).getItem(storageKey(deploymentId, key)), memory.get(key));
    },
    set(key, value) {
      memory.set(key, value);
      attempt(() => storage(key).setItem(storageKey(deploymentId, key), value), undefined);
    },
    remove(key) {
      memory.remove(key);
      attempt(() => storage(key).removeItem(storageKey(deploymentId, key)), undefined);
    },
  };
}

/** Unsent messages belong to the tab they were written in. */
const storage = (key: StoreKey): Storage => (key === 'outbox' ? sessionStorage : localStorage);

/** Storage may be denied in a frame of another site. */
function attempt<T>(run: () => T, otherwise: T): T {
  try {
    return run();
  } catch {
    return otherwise;
  }
}

/** Tokens in the storage of the node's own origin, which the page cannot read; else in memory. */
import { memoryStore, type StoreKey, type TokenStore } from '@countersign/transport';

/** The first two names are those of the vendor's script (Guest API spec §14.3). */
const NAMES: Partial<Record<StoreKey, string>> = {
  jwt: 'gcatkn',
  refresh: 'gcartkn',
  session: 'gcmcsession',
};

const storageKey = (deploymentId: string, key: StoreKey): string =>
  `_${deploymentId}:${NAMES[key] ?? key}`;

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

export interface OtherTabs {
  tellSignedOut(): void;
}

/** `changed`: another tab has stored or removed a sign-in. Without storage the tabs tell each other. */
export function watchOtherTabs(
  deploymentId: string,
  on: { changed(): void; signedOut(): void },
): OtherTabs {
  const name = storageKey(deploymentId, 'jwt');
  addEventListener('storage', ({ key }) => {
    if (key === null || key === name) on.changed();
  });
  if (attempt(() => !!localStorage, false)) return { tellSignedOut() {} };
  const channel = attempt(() => new BroadcastChannel(name), null);
  channel?.addEventListener('message', on.signedOut);
  return { tellSignedOut: () => channel?.postMessage(0) };
}

/** What is being written belongs to the tab it is written in. */
const storage = (key: StoreKey): Storage => (NAMES[key] ? localStorage : sessionStorage);

/** Storage may be denied in a frame of another site. */
function attempt<T>(run: () => T, otherwise: T): T {
  try {
    return run();
  } catch {
    return otherwise;
  }
}

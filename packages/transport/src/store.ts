/**
 * What the transport keeps between page loads. `outbox`, `draft`, `answers` and `writer`, the
 * session that they were written in, are best kept per tab, the rest per browser.
 */
export type StoreKey = 'jwt' | 'refresh' | 'session' | 'outbox' | 'draft' | 'answers' | 'writer';

/** Where it is kept. An implementation must not throw: without storage it keeps things in memory. */
export interface TokenStore {
  get(key: StoreKey): string | null;
  set(key: StoreKey, value: string): void;
  remove(key: StoreKey): void;
}

export function memoryStore(): TokenStore {
  const values = new Map<StoreKey, string>();
  return {
    get: (key) => values.get(key) ?? null,
    set: (key, value) => void values.set(key, value),
    remove: (key) => void values.delete(key),
  };
}

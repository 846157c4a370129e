/**
 * Carries hints between the parts of a node and between nodes. A hint may be lost; whoever follows
 * something repairs from the database within 2 s (invariant 4).
 */
export interface Bus {
  publish(topic: string, hint: unknown): void;
  subscribe(topic: string, listener: (hint: unknown) => void): () => void;
  close(): Promise<void>;
}

/** The bus of a single node: synchronous and in memory. */
export function localBus(): Bus {
  const listeners = new Map<string, Set<(hint: unknown) => void>>();
  return {
    publish(topic, hint) {
      for (const listener of listeners.get(topic) ?? []) listener(hint);
    },
    subscribe(topic, listener) {
      const set = listeners.get(topic) ?? new Set();
      listeners.set(topic, set.add(listener));
      return () => {
        set.delete(listener);
        if (set.size === 0) listeners.delete(topic);
      };
    },
    async close() {
      listeners.clear();
    },
  };
}

import type { Adapter, AdapterPayload } from 'oidc-provider';
import type { ClientRegistry } from './client-registry.ts';

interface Row {
  payload: AdapterPayload;
  /** Milliseconds since the epoch. */
  expiresAt: number;
}

/** What the provider remembers, by model name and id. Everything is gone when the process ends. */
export function memoryAdapter(clients: ClientRegistry): (model: string) => Adapter {
  const rows = new Map<string, Row>();
  return (model) => (model === 'Client' ? clientAdapter(clients) : modelAdapter(rows, model));
}

function clientAdapter(clients: ClientRegistry): Adapter {
  return {
    find: async (id) => clients.find(id),
    upsert: () => Promise.reject(new Error('clients are registered by startIdentityProvider')),
    findByUserCode: async () => undefined,
    findByUid: async () => undefined,
    consume: async () => undefined,
    destroy: async () => undefined,
    revokeByGrantId: async () => undefined,
  };
}

function modelAdapter(rows: Map<string, Row>, model: string): Adapter {
  const keyOf = (id: string) => `${model}:${id}`;
  const read = (key: string) => {
    const row = rows.get(key);
    if (row && row.expiresAt > Date.now()) return row.payload;
    rows.delete(key);
    return undefined;
  };
  const firstWith = (matches: (payload: AdapterPayload) => boolean) =>
    [...rows]
      .filter(([key, { payload }]) => key.startsWith(`${model}:`) && matches(payload))
      .map(([key]) => read(key))[0];
  return {
    async upsert(id, payload, expiresIn) {
      const expiresAt = expiresIn ? Date.now() + expiresIn * 1000 : Number.POSITIVE_INFINITY;
      rows.set(keyOf(id), { payload, expiresAt });
    },
    find: async (id) => read(keyOf(id)),
    findByUserCode: async (code) => firstWith((payload) => payload.userCode === code),
    findByUid: async (uid) => firstWith((payload) => payload.uid === uid),
    async consume(id) {
      const payload = read(keyOf(id));
      if (payload) payload.consumed = Math.floor(Date.now() / 1000);
    },
    async destroy(id) {
      rows.delete(keyOf(id));
    },
    async revokeByGrantId(grantId) {
      // Of this model alone: an interaction names the grant too, and outlives it when another person
      // signs in over the first one.
      for (const [key, { payload }] of rows) {
        if (key.startsWith(`${model}:`) && payload.grantId === grantId) rows.delete(key);
      }
    },
  };
}

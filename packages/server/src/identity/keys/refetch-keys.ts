import { type Bus, type Clock, newId } from '../../platform/index.ts';
import type { MetadataReader } from '../provider/provider-metadata.ts';
import type { TokenSetting } from '../setting.ts';
import type { KeyHealthRecorder } from './key-health-recorder.ts';
import type { KeySets } from './key-sets.ts';
import { firstUrl } from './setting-status.ts';
import type { KeyHealthStore } from './store.ts';

const TOPIC = 'keys/refetch';

interface Hint {
  /** The node that asks. */
  from: string;
  url: string;
  /** When it asked, by its own clock: the name of this wish. */
  at: number;
}

export interface RefetchKeys {
  now(setting: TokenSetting): Promise<{ url: string; problem: string }[]>;
  /** Fetches what another node asked for while this one did not hear it. */
  follow(): Promise<void>;
  close(): void;
}

/**
 * A key that was taken away because it leaked must be refused on every node at once. The bus carries
 * the hint, and the database repairs a lost one.
 */
export function refetchKeys(deps: {
  keySets: KeySets;
  metadata: MetadataReader;
  health: KeyHealthRecorder;
  store: KeyHealthStore;
  bus: Bus | undefined;
  clock: Clock;
}): RefetchKeys {
  const { keySets, metadata, health, store, bus, clock } = deps;
  const node = newId();
  /** The last wish of each URL that this node has fulfilled. */
  const followed = new Map<string, number>();
  let begun = false;

  const end = bus?.subscribe(TOPIC, (hint) => {
    const { from, url, at } = hint as Hint;
    if (from === node) return;
    followed.set(url, at);
    void keySets.renew(url);
  });

  return {
    async now(setting) {
      const problems: { url: string; problem: string }[] = [];
      const note = (url: string, problem: string | null) => {
        if (problem !== null) problems.push({ url, problem });
      };
      const askedAt = clock.now();
      const keysUrl = await keysUrlOf(setting, metadata, note);
      if (keysUrl === null) return problems;
      note(keysUrl, await keySets.renew(keysUrl));
      followed.set(keysUrl, askedAt);
      await health.flush();
      await store.askRefetch(keysUrl, askedAt);
      bus?.publish(TOPIC, { from: node, url: keysUrl, at: askedAt } satisfies Hint);
      return problems;
    },
    async follow() {
      for (const { url, at } of await store.refetchesAsked()) {
        const isNew = begun && followed.get(url) !== at;
        followed.set(url, at);
        if (isNew) await keySets.renew(url);
      }
      begun = true;
    },
    close: () => end?.(),
  };
}

async function keysUrlOf(
  setting: TokenSetting,
  metadata: MetadataReader,
  note: (url: string, problem: string | null) => void,
): Promise<string | null> {
  const url = firstUrl(setting);
  if (setting.type === 'signed-token') return url;
  note(url, await metadata.renew(url));
  const known = await metadata.read(url).catch(() => null);
  return known?.jwksUri ?? null;
}

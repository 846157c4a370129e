import type { Clock, Outbound } from '../../platform/index.ts';
import { createKeySets, type KeySets } from './key-sets.ts';

/** Keys that are at hand and need no fetch, such as a file's: whatever the URL, it answers this text. */
export function keysOfText(text: string, clock: Clock): KeySets {
  const outbound: Pick<Outbound, 'get'> = {
    get: async () => ({ status: 200, headers: new Headers(), body: text }),
  };
  return createKeySets({ outbound, clock });
}

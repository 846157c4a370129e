import type { KeyLookup, KeySets } from '../keys/key-sets.ts';
import type { PublicKey } from '../keys/public-key.ts';

/** One proof while its checks run: what is noted beside them for the record. */
export interface ProofUnderWay {
  /** Milliseconds since the epoch, when it came in. */
  nowMs: number;
  /** To be used by the checks in place of the node's own: it notes which key was found. */
  keySets: KeySets;
  /** The key that the signature was held against last; null: none was found. */
  readonly key: { url: string; key: PublicKey } | null;
  /** The clock behind that URL minus ours, seconds; null: not known. */
  readonly clockSkewSeconds: number | null;
  /** Milliseconds since it came in, by a clock that cannot be set. */
  elapsedMs(): number;
}

export function proofUnderWay(keySets: KeySets, nowMs: number): ProofUnderWay {
  const startedAt = performance.now();
  let key: ProofUnderWay['key'] = null;
  let asked: string | null = null;
  const noted = (url: string, lookup: KeyLookup): KeyLookup => {
    asked = url;
    key = lookup.found === 'key' ? { url, key: lookup.key } : null;
    return lookup;
  };
  return {
    nowMs,
    keySets: {
      ...keySets,
      find: async (url, kid) => noted(url, await keySets.find(url, kid)),
      async findAgain(url, kid, used) {
        const lookup = await keySets.findAgain(url, kid, used);
        return lookup && noted(url, lookup);
      },
    },
    get key() {
      return key;
    },
    get clockSkewSeconds() {
      return asked === null ? null : keySets.clockSkewSeconds(asked);
    },
    elapsedMs: () => performance.now() - startedAt,
  };
}

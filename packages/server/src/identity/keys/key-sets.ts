import type { Logger } from 'pino';
import type { Clock, Outbound } from '../../platform/index.ts';
import { fetchProblem } from '../fetch-problem.ts';
import { LastGood } from '../last-good.ts';
import { type Choice, chooseKey } from './choose-key.ts';
import { parseKeySet } from './parse-key-set.ts';
import type { KeySet, UnusableKey } from './public-key.ts';

export const MAX_KEY_SET_BYTES = 65_536;
export const FETCH_TIMEOUT_MS = 5_000;

export type KeyLookup = Choice | { found: 'unavailable'; why: string };

/** How a key URL is doing, for administrators. Times are ms since the epoch. */
export interface KeySetReport {
  fetchedAt: number | null;
  lastFailure: { at: number; problem: string } | null;
  keys: { kid: string | null; bits: number; expiresAt: number | null }[];
  unusable: UnusableKey[];
}

/** The key sets of all issuers, each by its own URL: a `kid` means nothing beyond its set (row T10). */
export interface KeySets {
  find(url: string, kid: string | null): Promise<KeyLookup>;
  report(url: string): Promise<KeySetReport>;
}

export function createKeySets(deps: { outbound: Outbound; clock: Clock; log?: Logger }): KeySets {
  const { clock } = deps;
  const sets = new Map<string, LastGood<KeySet>>();

  const setAt = (url: string): LastGood<KeySet> => {
    const known = sets.get(url);
    if (known !== undefined) return known;
    const fresh = new LastGood(() => fetchKeySet(url, deps), clock);
    sets.set(url, fresh);
    return fresh;
  };

  return {
    async find(url, kid) {
      const cached = setAt(url);
      const fetchesBefore = cached.state.fetches;
      try {
        const choice = chooseKey(await cached.get(), kid, clock.now());
        if (choice.found === 'key') return choice;
        // What was fetched for this very question need not be asked for again.
        const justFetched = cached.state.fetches > fetchesBefore;
        if (justFetched || !(await cached.refetch())) return choice;
        return chooseKey(await cached.get(), kid, clock.now());
      } catch (error) {
        return { found: 'unavailable', why: fetchProblem(error) };
      }
    },
    async report(url) {
      const cached = setAt(url);
      const set = await cached.get().catch(() => ({ keys: [], unusable: [] }));
      const { at, failure } = cached.state;
      return {
        fetchedAt: at,
        lastFailure: failure && { at: failure.at, problem: fetchProblem(failure.error) },
        keys: set.keys.map(({ kid, signatureBytes, expiresAt }) => ({
          kid,
          bits: signatureBytes * 8,
          expiresAt,
        })),
        unusable: set.unusable,
      };
    },
  };
}

/** An empty set is a failed fetch, so that it cannot erase a good one. */
async function fetchKeySet(
  url: string,
  { outbound, log }: { outbound: Outbound; log?: Logger },
): Promise<KeySet> {
  try {
    const limits = { maxBytes: MAX_KEY_SET_BYTES, timeoutMs: FETCH_TIMEOUT_MS };
    const answer = await outbound.get(url, limits);
    if (answer.status !== 200) throw new Error(`HTTP ${answer.status}`);
    const set = parseKeySet(answer.body);
    if (set === null) throw new Error('neither PEM, key array nor JWK set');
    if (set.keys.length === 0 && set.unusable.length === 0) throw new Error('an empty key set');
    if (set.unusable.length > 0) log?.warn({ url, unusable: set.unusable }, 'unusable public keys');
    return set;
  } catch (error) {
    log?.warn({ url, problem: fetchProblem(error) }, 'public keys could not be fetched');
    throw error;
  }
}

import type { Logger } from 'pino';
import type { Clock, Outbound } from '../../platform/index.ts';
import { fetchProblem } from '../fetch-problem.ts';
import { LastGood } from '../last-good.ts';
import { type Choice, chooseKey } from './choose-key.ts';
import { clockSkewOf } from './clock-skew.ts';
import type { KeyHealthRecorder } from './key-health-recorder.ts';
import { notAKeySet } from './not-a-key-set.ts';
import { parseKeySet } from './parse-key-set.ts';
import type { KeySet, PublicKey, UnusableKey } from './public-key.ts';

export const MAX_KEY_SET_BYTES = 65_536;
export const FETCH_TIMEOUT_MS = 5_000;

export type KeyLookup = Choice | { found: 'unavailable'; why: string };

/** How a key URL is doing, for administrators. Times are ms since the epoch. */
export interface KeySetReport {
  fetchedAt: number | null;
  lastFailure: { at: number; problem: string } | null;
  keys: { kid: string | null; bits: number; expiresAt: number | null }[];
  unusable: UnusableKey[];
  /** The clock behind the URL minus ours, as its last good answer told it; null: not told. */
  clockSkewSeconds: number | null;
}

/** The key sets of all issuers, each by its own URL: a `kid` means nothing beyond its set (row T10). */
export interface KeySets {
  find(url: string, kid: string | null): Promise<KeyLookup>;
  /**
   * After a signature that `used` does not fit: fetches again, as an unknown `kid` would. Null: the
   * same key is still published, or nothing newer could be had.
   */
  findAgain(url: string, kid: string | null, used: PublicKey): Promise<KeyLookup | null>;
  /** As in the report, of what is known already; fetches nothing. */
  clockSkewSeconds(url: string): number | null;
  /** Fetches now. Null: it went well; else why not, and the last good set stays in use. */
  renew(url: string): Promise<string | null>;
  report(url: string): Promise<KeySetReport>;
}

interface FetchedKeySet extends KeySet {
  clockSkewSeconds: number | null;
}

export function createKeySets(deps: {
  outbound: Pick<Outbound, 'get'>;
  clock: Clock;
  log?: Logger;
  health?: Pick<KeyHealthRecorder, 'keysFetched' | 'failed'>;
}): KeySets {
  const { clock } = deps;
  const sets = new Map<string, LastGood<FetchedKeySet>>();

  const setAt = (url: string): LastGood<FetchedKeySet> => {
    const known = sets.get(url);
    if (known !== undefined) return known;
    const fresh = new LastGood(() => fetchAndNote(url), clock);
    sets.set(url, fresh);
    return fresh;
  };

  /** As old as the question, like what is kept. */
  async function fetchAndNote(url: string): Promise<FetchedKeySet> {
    const at = clock.now();
    try {
      const set = await fetchKeySet(url, deps);
      deps.health?.keysFetched(url, set, at);
      return set;
    } catch (error) {
      deps.health?.failed('keys', url, fetchProblem(error), at);
      throw error;
    }
  }

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
    async findAgain(url, kid, used) {
      const cached = setAt(url);
      try {
        await cached.refetch();
        // Another attempt may have fetched while this one was on its way, so the set decides.
        const choice = chooseKey(await cached.get(), kid, clock.now());
        const same = choice.found === 'key' && choice.key.key.equals(used.key);
        return same ? null : choice;
      } catch {
        return null;
      }
    },
    clockSkewSeconds: (url) => sets.get(url)?.last?.clockSkewSeconds ?? null,
    async renew(url) {
      const cached = setAt(url);
      await cached.renew();
      const { failure } = cached.state;
      return failure && fetchProblem(failure.error);
    },
    async report(url) {
      const cached = setAt(url);
      const set = await cached.get().catch(() => NOTHING);
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
        clockSkewSeconds: set.clockSkewSeconds,
      };
    },
  };
}

const NOTHING: FetchedKeySet = { keys: [], unusable: [], clockSkewSeconds: null };

/** An empty set is a failed fetch, so that it cannot erase a good one. */
async function fetchKeySet(
  url: string,
  { outbound, clock, log }: { outbound: Pick<Outbound, 'get'>; clock: Clock; log?: Logger },
): Promise<FetchedKeySet> {
  try {
    const limits = { maxBytes: MAX_KEY_SET_BYTES, timeoutMs: FETCH_TIMEOUT_MS };
    const askedAt = clock.now();
    const answer = await outbound.get(url, limits);
    const clockSkewSeconds = clockSkewOf(answer.headers, { from: askedAt, to: clock.now() });
    if (answer.status !== 200) throw new Error(statusProblem(answer.status));
    const set = parseKeySet(answer.body);
    if (set === null) throw new Error(notAKeySet(answer));
    if (set.keys.length === 0 && set.unusable.length === 0) throw new Error('an empty key set');
    if (set.unusable.length > 0) log?.warn({ url, unusable: set.unusable }, 'unusable public keys');
    return { ...set, clockSkewSeconds };
  } catch (error) {
    log?.warn({ url, problem: fetchProblem(error) }, 'public keys could not be fetched');
    throw error;
  }
}

const statusProblem = (status: number): string =>
  status === 404 || status === 410
    ? `HTTP ${status}: there is nothing at this path`
    : status === 401 || status === 403
      ? `HTTP ${status}: the URL must be readable without signing in`
      : `HTTP ${status}`;

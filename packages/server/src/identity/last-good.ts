import type { Clock } from '../platform/index.ts';

export const FRESH_MS = 10 * 60_000;
/** Within the last part of its freshness a value is renewed beside its use, so that nobody waits. */
const RENEW_AHEAD_MS = 60_000;
/** What triggers a fetch from outside (an unknown kid) may do so once in this time. */
export const COOL_DOWN_MS = 30_000;
/** While there is nothing to fall back on: long enough against a flood, short for who sets it up. */
const RETRY_EMPTY_MS = 5_000;
/** A value that could not be renewed for so long is no longer believed. */
const STALE_LIMIT_MS = 24 * 3_600_000;

/** Times are ms since the epoch. */
export interface LastGoodState {
  /** Null: never fetched with success. */
  at: number | null;
  /** Null: the last fetch went well. */
  failure: { error: unknown; at: number } | null;
  /** Fetches that have ended. */
  fetches: number;
}

/**
 * A value fetched from outside, kept for ten minutes. One fetch at a time; when a fetch fails, the
 * last good value stays in use and the failure is told.
 */
export class LastGood<T> {
  readonly #load: () => Promise<T>;
  readonly #clock: Clock;
  #value: { value: T; at: number } | null = null;
  #failure: { error: unknown; at: number } | null = null;
  #loading: Promise<void> | null = null;
  #triggeredAt: number | undefined;
  #fetches = 0;

  constructor(load: () => Promise<T>, clock: Clock) {
    this.#load = load;
    this.#clock = clock;
  }

  get state(): LastGoodState {
    return { at: this.#value?.at ?? null, failure: this.#failure, fetches: this.#fetches };
  }

  /** The last good value, however old; fetches nothing. */
  get last(): T | undefined {
    return this.#value?.value;
  }

  /** The value, fetched when it is not fresh. Throws the error of the last fetch when there is none. */
  async get(): Promise<T> {
    const age = this.#elapsed(this.#value?.at);
    if (age >= FRESH_MS - RENEW_AHEAD_MS && this.#mayLoad()) {
      const loading = this.#startLoad();
      if (age >= FRESH_MS) await loading;
    } else if (this.#value === null && this.#loading !== null) await this.#loading;
    return this.#current();
  }

  /** Fetches again for a reason from outside, at most once a cool-down; says whether it did. */
  async refetch(): Promise<boolean> {
    if (this.#loading === null) {
      if (this.#elapsed(this.#triggeredAt) < COOL_DOWN_MS) return false;
      this.#triggeredAt = this.#clock.now();
    }
    await this.#startLoad();
    return true;
  }

  /** Fetches now, whatever the cool-down; not with a fetch that began before it was asked for. */
  async renew(): Promise<void> {
    await this.#loading;
    await this.#startLoad();
  }

  /** What lies in the future, because the clock was set back, counts as long ago (row K11). */
  #elapsed(at: number | undefined): number {
    const elapsed = this.#clock.now() - (at ?? Number.NEGATIVE_INFINITY);
    return elapsed < 0 ? Number.POSITIVE_INFINITY : elapsed;
  }

  #mayLoad(): boolean {
    if (this.#failure === null) return true;
    const pause = this.#value === null ? RETRY_EMPTY_MS : COOL_DOWN_MS;
    return this.#elapsed(this.#failure.at) >= pause;
  }

  #startLoad(): Promise<void> {
    this.#loading ??= this.#loadOnce().finally(() => {
      this.#loading = null;
    });
    return this.#loading;
  }

  async #loadOnce(): Promise<void> {
    // What is answered is as old as the question.
    const at = this.#clock.now();
    try {
      this.#value = { value: await this.#load(), at };
      this.#failure = null;
    } catch (error) {
      this.#failure = { error, at };
    }
    this.#fetches += 1;
  }

  #current(): T {
    const stored = this.#value;
    if (stored !== null && this.#clock.now() - stored.at < STALE_LIMIT_MS) return stored.value;
    throw this.#failure?.error ?? new Error('never fetched');
  }
}

/**
 * Keeps the proof of who the customer is current: asks for a new one before the old one ends, again
 * and again while nobody can answer, and says `lapsed` when it has ended without a new one. One at a
 * time in this tab, and under a lock in all that share the store: whoever gets the lock second finds a
 * newer JWT there and asks nobody.
 */
import { backoffMs } from './backoff.ts';
import type { Environment } from './environment.ts';
import { isPassing, RestError, referenceOf } from './rest-error.ts';
import type { Standing } from './state.ts';

const LONGEST_LEAD_MS = 60_000;
const SHORTEST_LEAD_MS = 3000;
/** The lead is this part of what is left. */
const LEAD_SHARE = 5;
/** Only from here on the customer is told that a renewal is under way. */
const NOTICEABLE_MS = 2000;
const SHORTEST_PAUSE_MS = 1000;
/** Timers of browsers end at 2³¹ ms. */
const LONGEST_TIMER_MS = 86_400_000;

const CURRENT: Standing = { kind: 'current' };

export type Renewed =
  | { readonly kind: 'renewed' }
  /** Node or provider could not answer: later again. */
  | { readonly kind: 'unavailable' }
  /** The site gave no proof: later again. */
  | { readonly kind: 'no-proof'; readonly message: string; readonly reference?: string }
  | { readonly kind: 'refused'; readonly message: string; readonly reference?: string };

export interface RenewalSource {
  readonly environment: Environment;
  readonly lockName: string;
  /** The JWT that is kept now, perhaps by another tab, and when it ends by this device's clock. */
  kept(): { readonly jwt: string; readonly untilMs: number | null } | null;
  /** Asks for new tokens and keeps them; rejects with why there are none. */
  obtain(): Promise<void>;
  /** There is a newer JWT than the one that the server was shown. */
  renewed(): void;
  changed(): void;
}

export class Renewal {
  #source: RenewalSource;
  #standing: Standing = CURRENT;
  /** The JWT that all of this is about. */
  #jwt: string | null = null;
  #untilMs: number | null = null;
  /** Null: nothing more is tried by itself. */
  #renewAtMs: number | null = null;
  #failures = 0;
  /** Of the last failure, for the customer to tell. */
  #reference: string | undefined;
  #underWay: Promise<Renewed> | null = null;
  /** Counts what `stop` ended: what began before it changes nothing any more. */
  #stopped = 0;
  #cancelLook = () => {};

  constructor(source: RenewalSource) {
    this.#source = source;
  }

  get standing(): Standing {
    return this.#standing;
  }

  /** Takes up the JWT that is kept now: if it is another one, what stood before is over. */
  follow(): void {
    const kept = this.#source.kept();
    if (kept?.jwt === this.#jwt) return this.#look();
    this.#jwt = kept?.jwt ?? null;
    this.#untilMs = kept?.untilMs ?? null;
    this.#failures = 0;
    this.#reference = undefined;
    this.#renewAtMs = this.#untilMs === null ? null : this.#renewalOf(this.#untilMs);
    this.#stand(CURRENT);
    this.#look();
  }

  stop(): void {
    this.#stopped += 1;
    this.#jwt = null;
    this.#untilMs = null;
    this.#renewAtMs = null;
    this.#underWay = null;
    this.#cancelLook();
    this.#stand(CURRENT);
  }

  /** The device woke up, or is online again: timers may be late, and who was away may be back. */
  wake(): void {
    if (this.#failures > 0 && this.#renewAtMs !== null) this.#renewAtMs = this.#now();
    this.#look();
  }

  /** Renews now; who asks while one is under way gets that one's outcome. */
  renew(): Promise<Renewed> {
    if (this.#underWay) return this.#underWay;
    const underWay = this.#renew().finally(() => {
      if (this.#underWay === underWay) this.#underWay = null;
    });
    this.#underWay = underWay;
    return underWay;
  }

  async #renew(): Promise<Renewed> {
    const { environment, lockName } = this.#source;
    const [stale, stopped] = [this.#jwt, this.#stopped];
    const isOver = () => this.#stopped !== stopped;
    const cancelNotice = environment.after(NOTICEABLE_MS, () => this.#tellRenewing());
    try {
      await environment.lock(lockName, async () => {
        if (this.#source.kept()?.jwt === stale && !isOver()) await this.#source.obtain();
      });
      if (isOver()) return { kind: 'unavailable' };
      this.follow();
      this.#source.renewed();
      return { kind: 'renewed' };
    } catch (error) {
      return isOver() ? { kind: 'unavailable' } : this.#failed(error);
    } finally {
      cancelNotice();
    }
  }

  #failed(error: unknown): Renewed {
    this.#reference = referenceOf(error) ?? this.#reference;
    const message = error instanceof Error ? error.message : String(error);
    const told = { message, ...(this.#reference !== undefined && { reference: this.#reference }) };
    this.#underWay = null;
    if (!isPassing(error)) {
      this.#renewAtMs = null;
      this.#cancelLook();
      this.#lapse();
      return { kind: 'refused', ...told };
    }
    this.#failures += 1;
    const pause = backoffMs(this.#failures, this.#source.environment.random);
    if (this.#untilMs !== null) {
      this.#renewAtMs = this.#now() + Math.max(SHORTEST_PAUSE_MS, pause);
      this.#tellRenewing();
      this.#look();
    }
    return error instanceof RestError ? { kind: 'unavailable' } : { kind: 'no-proof', ...told };
  }

  /** Does what the clock says, and looks again when there is something to do. */
  #look(): void {
    this.#cancelLook();
    const [until, renewAt] = [this.#untilMs, this.#renewAtMs];
    if (until === null || renewAt === null) return;
    const now = this.#now();
    if (now >= until) this.#lapse();
    if (now >= renewAt && !this.#underWay) void this.renew();
    const moments = [until, renewAt].filter((moment) => moment > now);
    if (moments.length === 0) return;
    const wait = Math.min(LONGEST_TIMER_MS, Math.min(...moments) - now);
    this.#cancelLook = this.#source.environment.after(wait, () => this.#look());
  }

  #renewalOf(untilMs: number): number {
    const now = this.#now();
    const share = (untilMs - now) / LEAD_SHARE;
    const at = untilMs - Math.max(SHORTEST_LEAD_MS, Math.min(LONGEST_LEAD_MS, share));
    // What was just renewed and ends at once is not asked for in a loop without a pause
    return this.#underWay ? Math.max(at, now + SHORTEST_PAUSE_MS) : at;
  }

  #lapse(): void {
    const reference = this.#reference;
    this.#stand({ kind: 'lapsed', ...(reference !== undefined && { reference }) });
  }

  #tellRenewing(): void {
    if (this.#standing.kind === 'current') this.#stand({ kind: 'renewing' });
  }

  #stand(standing: Standing): void {
    const was = this.#standing;
    this.#standing = standing;
    const isSame = was.kind === standing.kind && referenceIn(was) === referenceIn(standing);
    if (!isSame) this.#source.changed();
  }

  #now(): number {
    return this.#source.environment.now();
  }
}

const referenceIn = (standing: Standing): string | undefined =>
  standing.kind === 'lapsed' ? standing.reference : undefined;

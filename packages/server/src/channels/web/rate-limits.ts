import { GuestErrorCode, type GuestRateLimits, type Rate } from '@countersign/protocol';
import { type Clock, Fault } from '../../platform/index.ts';

/** Too much of something; the frame for it names the seconds to wait. */
export class TooManyRequests extends Fault {
  /** Seconds, at least 1. */
  readonly retryAfter: number;

  constructor(waitMs: number, what: string) {
    super('too_many_requests', GuestErrorCode.tooManyRequests, `Rate too high: ${what}`);
    this.retryAfter = Math.max(1, Math.ceil(waitMs / 1000));
  }
}

/**
 * Counts by the generic cell rate algorithm: the time at which it will be empty again stands for a
 * whole window, so a connection pays one number a limit and no timer.
 */
export class Meter {
  #emptyAt = 0;

  /** Milliseconds to wait; 0: taken. */
  take(rate: Rate, now: number): number {
    const emptyAt = Math.max(this.#emptyAt, now) + rate.perMs / rate.count;
    const excess = emptyAt - now - rate.perMs;
    if (excess > 0) return excess;
    this.#emptyAt = emptyAt;
    return 0;
  }

  isEmpty(now: number): boolean {
    return this.#emptyAt <= now;
  }
}

const NAMES: Record<keyof GuestRateLimits, string> = {
  messagesPerSession: 'messages of this session',
  requestsPerConnection: 'requests of this connection',
  configuresPerSession: 'configure requests of this session',
  connectionsPerDeployment: 'connections of this deployment',
  historyPerSession: 'history requests of this session',
  healthChecksPerConnection: 'health checks of this connection',
  agentTypingPerConversation: 'typing of this conversation',
  frontChannelLogoutsPerAddress: 'sign-outs from this address',
  siteFaultsPerDeployment: 'failed sign-ins of this deployment',
};

export interface Limiter {
  /** Faults: `TooManyRequests`. */
  spend(limit: keyof GuestRateLimits, meter: Meter): void;
  /** The same for what has no object of its own to hold a meter. */
  spendFor(limit: keyof GuestRateLimits, key: string): void;
  /** Forgets keys that have been quiet. */
  sweep(): void;
}

export function createLimiter(limits: GuestRateLimits | 'off', clock: Clock): Limiter {
  const meters = new Map<string, Meter>();
  return {
    spend,
    spendFor(limit, key) {
      if (limits === 'off') return;
      const name = `${limit}/${key}`;
      const meter = meters.get(name) ?? new Meter();
      meters.set(name, meter);
      spend(limit, meter);
    },
    sweep() {
      const now = clock.now();
      for (const [name, meter] of meters) if (meter.isEmpty(now)) meters.delete(name);
    },
  };

  function spend(limit: keyof GuestRateLimits, meter: Meter): void {
    if (limits === 'off') return;
    const waitMs = meter.take(limits[limit], clock.now());
    if (waitMs > 0) throw new TooManyRequests(waitMs, NAMES[limit]);
  }
}

import { createHash } from 'node:crypto';
import ipaddr from 'ipaddr.js';
import type { Kysely } from 'kysely';
import type { Clock } from '../../platform/index.ts';
import {
  countDown,
  countUp,
  dropEndedWindows,
  forgetCount,
  isKnownNetwork,
  rememberNetwork,
} from './sign-in-limits-store.ts';

const WINDOW_MS = 15 * 60_000;

/** Attempts within a window. */
const LIMITS = {
  /** One account from one network: what a person who mistypes needs. */
  accountFromNetwork: 10,
  /** All accounts from one network: an office behind one address needs more. */
  network: 50,
  /** One account from networks it was never signed in from: many machines that share the guessing. */
  accountFromElsewhere: 30,
};

export interface SignInAttempt {
  email: string;
  /** The client's IP address. */
  address: string;
  /** Of the account, when there is one. */
  userId: string | undefined;
}

export interface SignInLimits {
  /** Counts the attempt. Answers the seconds to wait, or null when it may go on. */
  begin(attempt: SignInAttempt): Promise<number | null>;
  succeeded(attempt: SignInAttempt): Promise<void>;
}

/**
 * Slows guessing down without locking the victim out (R04): guesses from elsewhere never use up what
 * a network has that the person signed in from before. Counted in the database, for all nodes; counted
 * before the password is looked at, so that guesses sent at once all count.
 */
export function createSignInLimits(db: Kysely<unknown>, clock: Clock): SignInLimits {
  return {
    async begin(attempt) {
      const now = new Date(clock.now());
      const network = networkOf(attempt.address);
      const known = attempt.userId ? await isKnownNetwork(db, attempt.userId, network) : false;
      const limits = limitsOf(attempt.email, network, known);
      const windowEnd = new Date(now.getTime() + WINDOW_MS);
      const counts = await countUp(db, [...limits.keys()], now, windowEnd);
      const over = [...limits]
        .map(([key, limit]) => ({ limit, counted: counts.get(key) }))
        .flatMap(({ limit, counted }) =>
          counted && counted.count > limit ? [counted.endsAt] : [],
        );
      if (over.length === 0) return null;
      const end = Math.max(...over.map((endsAt) => endsAt.getTime()));
      return Math.max(1, Math.ceil((end - now.getTime()) / 1000));
    },

    async succeeded({ email, address, userId }) {
      const now = new Date(clock.now());
      const network = networkOf(address);
      const [own = '', ...others] = limitsOf(email, network, false).keys();
      await forgetCount(db, own);
      await countDown(db, others);
      if (userId) await rememberNetwork(db, userId, network, now);
      await dropEndedWindows(db, now);
    },
  };
}

/** The counters of an attempt, the pair of account and network first. */
function limitsOf(email: string, network: string, known: boolean): Map<string, number> {
  const account = email.toLowerCase();
  const limits = new Map([[key('pair', account, network), LIMITS.accountFromNetwork]]);
  limits.set(key('network', network), LIMITS.network);
  if (!known) limits.set(key('account', account), LIMITS.accountFromElsewhere);
  return limits;
}

/** Hashed, since anything can be typed as an account. */
const key = (...parts: string[]): string =>
  createHash('sha256').update(JSON.stringify(parts)).digest('base64url');

/** An IPv4 address, or the /64 that one IPv6 subscriber has. */
export function networkOf(address: string): string {
  if (!ipaddr.isValid(address)) return address;
  const parsed = ipaddr.process(address);
  if (parsed.kind() === 'ipv4') return parsed.toString();
  return ipaddr.IPv6.networkAddressFromCIDR(`${parsed.toString()}/64`).toNormalizedString();
}

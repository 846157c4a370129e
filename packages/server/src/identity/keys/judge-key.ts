import type { KeyVerdict } from '@countersign/protocol';
import { shownDuration } from '../shown.ts';

const DAY_MS = 86_400_000;
const HOUR_MS = 3_600_000;
/** From here on the end of a key is told of every day. */
export const EXPIRY_WARNING_MS = 14 * DAY_MS;
/** However short its tokens live: a site has quiet hours. */
const LEAST_QUIET_MS = DAY_MS;

/** What is known of a key. Times are ms since the epoch. */
export interface KeyFacts {
  firstSeen: number;
  lastUsed: number | null;
  expiresAt: number | null;
  /** The last good answer of its URL had it. */
  published: boolean;
}

/**
 * What to do with a key, and why. `others` are the other keys of its URL; `longestLifeSeconds` is how
 * long a token that it signed may still come in.
 */
export function judgeKey(
  key: KeyFacts,
  others: readonly KeyFacts[],
  { nowMs, longestLifeSeconds }: { nowMs: number; longestLifeSeconds: number },
): { verdict: KeyVerdict; why: string } {
  const { expiresAt, lastUsed } = key;
  if (!key.published)
    return {
      verdict: 'retired',
      why: 'Its URL no longer publishes it. What it signed is refused.',
    };
  if (expiresAt !== null && expiresAt <= nowMs)
    return {
      verdict: 'expired',
      why: `It ended ${ago(nowMs - expiresAt)} and is refused. Publish another one, and take this one away.`,
    };
  const quietMs = Math.max(longestLifeSeconds * 1000, LEAST_QUIET_MS);
  const quietFor = nowMs - (lastUsed ?? key.firstSeen);
  if (quietFor > quietMs && others.some((other) => hasTakenOver(other, key, nowMs)))
    return {
      verdict: 'safe-to-retire',
      why: `A newer key is in use, and this one ${lastUsed === null ? 'was never used' : `was last used ${ago(nowMs - lastUsed)}`}: longer ago than a token may live. Take it away.`,
    };
  if (expiresAt !== null && expiresAt - nowMs < EXPIRY_WARNING_MS)
    return {
      verdict: 'expires-soon',
      why: `It ends in ${length(expiresAt - nowMs)}. Publish the next key now, and sign with it before then.`,
    };
  if (lastUsed === null)
    return { verdict: 'unused-yet', why: 'It is published, and no token came that it signed.' };
  return { verdict: 'in-use', why: `It was last used ${ago(nowMs - lastUsed)}.` };
}

const hasTakenOver = (other: KeyFacts, key: KeyFacts, nowMs: number): boolean =>
  other.published &&
  other.firstSeen > key.firstSeen &&
  other.lastUsed !== null &&
  (other.expiresAt === null || other.expiresAt > nowMs);

const ago = (ms: number): string => `${length(ms)} ago`;

/** `40 s`, `25 min`, `3 h`, `12 days` */
const length = (ms: number): string =>
  ms < 2 * DAY_MS && ms >= HOUR_MS * 3
    ? `${Math.round(ms / HOUR_MS)} h`
    : shownDuration(Math.max(0, Math.round(ms / 1000)));

/** §2.5. */
const MAX_TRIES = 10;
const PATIENCE_MS = 10 * 60_000;
const FIRST_WAIT_MS = 1000;
const LONGEST_WAIT_MS = 60_000;
/** Up to this share is added, so that not everything comes back at once. */
const JITTER = 0.2;

/**
 * When to try again after so many tries; null: not any more. 1, 2, 4 … 60 s, or what the gateway asked for.
 */
export function nextTry(
  done: { tries: number; firstTryAt: number; now: number; afterMs?: number },
  random: () => number = Math.random,
): number | null {
  const { tries, firstTryAt, now, afterMs } = done;
  const usual = Math.min(FIRST_WAIT_MS * 2 ** (tries - 1), LONGEST_WAIT_MS);
  const wait = afterMs ?? usual * (1 + random() * JITTER);
  const next = Math.round(now + wait);
  return tries >= MAX_TRIES || next - firstTryAt > PATIENCE_MS ? null : next;
}

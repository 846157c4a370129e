const FIRST_MS = 500;
const CAP_MS = 30_000;

/** Full jitter, so that ten thousand clients of a restarted node do not come back together. */
export function backoffMs(attempt: number, random: () => number): number {
  const ceiling = Math.min(CAP_MS, FIRST_MS * 2 ** Math.min(attempt - 1, 10));
  return Math.round(random() * ceiling);
}

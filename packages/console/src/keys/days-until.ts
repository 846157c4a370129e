const DAY_MS = 86_400_000;

/** Whole days until then, as a countdown has them: 0 in the last day, negative once it is over. */
export function daysUntil(at: string, now: number): number {
  const left = Date.parse(at) - now;
  return left >= 0 ? Math.floor(left / DAY_MS) : -Math.ceil(-left / DAY_MS);
}

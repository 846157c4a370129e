/** A round number at or above the greatest value: 1, 2 or 5 times a power of ten. */
export function roundAbove(value: number): number {
  if (value <= 1) return 1;
  const power = 10 ** Math.floor(Math.log10(value));
  const step = [1, 2, 5, 10].find((factor) => factor * power >= value) ?? 10;
  return step * power;
}

const ROUND_SECONDS = [10, 30, 60, 120, 300, 600, 1800, 3600, 7200, 14_400, 36_000, 86_400];

/** The same for seconds: what reads well on a clock. */
export const roundSecondsAbove = (value: number): number =>
  ROUND_SECONDS.find((round) => round >= value) ?? Math.ceil(value / 86_400) * 86_400;

/** Which steps are named below the plot: the first, and as many as fit. */
export function namedSteps(count: number, width: number, labelWidth: number): number[] {
  const fit = Math.max(1, Math.floor(width / labelWidth));
  const every = Math.max(1, Math.ceil(count / fit));
  return Array.from({ length: Math.ceil(count / every) }, (_, at) => at * every);
}

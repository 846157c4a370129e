/** `Date` is whole seconds, and the answer took a moment: less than this says nothing. */
const NOISE_SECONDS = 1;

/**
 * The clock of who answered minus ours, seconds: `Date` (RFC 9110 §6.6.1), with the `Age` that a cache
 * adds, against the middle of the exchange. Null: no `Date`. `exchange`: ms since the epoch.
 */
export function clockSkewOf(
  headers: Headers,
  exchange: { from: number; to: number },
): number | null {
  const date = Date.parse(headers.get('date') ?? '');
  if (Number.isNaN(date)) return null;
  const age = Number(headers.get('age') ?? 0) || 0;
  // Half a second is what cutting off the fraction takes away on average.
  const theirs = date / 1000 + age + 0.5;
  const skew = Math.round(theirs - (exchange.from + exchange.to) / 2000);
  return Math.abs(skew) <= NOISE_SECONDS ? 0 : skew;
}

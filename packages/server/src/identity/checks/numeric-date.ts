/** 9999-12-31T23:59:59Z: later is a mistake, and no calendar writes it. */
const LATEST = 253_402_300_799;
const LOOKS_LIKE_MS = 100_000_000_000;

/** RFC 7519 §2, whole seconds only: a value, or what is wrong with it. */
export function numericDate(value: unknown): number | { problem: string } {
  if (value === undefined) return { problem: 'is missing' };
  if (typeof value !== 'number') return { problem: `is a ${typeof value}, not a number` };
  if (!Number.isInteger(value)) return { problem: 'is not a whole number of seconds' };
  if (value < 0) return { problem: 'is before 1970' };
  if (value > LATEST) return { problem: `is after the year 9999${millisecondsHint(value)}` };
  return value;
}

/** The most common mistake with these claims. */
export const millisecondsHint = (value: number): string =>
  value > LOOKS_LIKE_MS ? ' (it looks like milliseconds; use seconds)' : '';

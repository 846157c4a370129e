/**
 * How values from a token are written into checks and hints: short, on one line, with everything
 * invisible spelled out, so that an administrator reads what is there and a store can hold it.
 */
const LONGEST = 120;
const PLAIN = /^[\x20-\x7e]*$/;
const INVISIBLE = /[\p{C}\p{Zl}\p{Zp}\p{Default_Ignorable_Code_Point}]/gu;

/** Any JSON value; `undefined` is `absent`. A string is written without quotes. */
export function shown(value: unknown): string {
  if (value === undefined) return 'absent';
  const text = typeof value === 'string' ? value : `${kindOf(value)} ${JSON.stringify(value)}`;
  const short = text.length > LONGEST ? `${text.slice(0, LONGEST)}… (${text.length} long)` : text;
  return visible(short, short.length);
}

/** Whether a text holds anything a reader cannot see, or a store cannot hold. */
export const hasInvisible = (text: string): boolean =>
  !PLAIN.test(text) && text.search(INVISIBLE) >= 0;

/** A text as it is, up to `longest` characters, with what is invisible spelled out. */
export const visible = (text: string, longest: number): string =>
  PLAIN.test(text) ? text.slice(0, longest) : text.slice(0, longest).replace(INVISIBLE, spelledOut);

const kindOf = (value: unknown): string =>
  Array.isArray(value) ? 'array' : value === null ? 'null' : typeof value;

const spelledOut = (character: string): string =>
  `\\u{${character.codePointAt(0)?.toString(16) ?? ''}}`;

const DAY_S = 86_400;

/** A moment, UTC; the date only when it is not near `nowMs`. `seconds` is a NumericDate. */
export function shownTime(seconds: number, nowMs: number): string {
  const time = clockTime(((seconds % DAY_S) + DAY_S) % DAY_S);
  if (Math.abs(seconds - nowMs / 1000) < DAY_S) return time;
  return `${new Date(seconds * 1000).toISOString().slice(0, 10)} ${time}`;
}

/** By hand: a token is shown with six times, and `Date` would be a tenth of its whole check. */
const clockTime = (second: number): string =>
  `${twoDigits(second / 3600)}:${twoDigits((second / 60) % 60)}:${twoDigits(second % 60)}`;

const twoDigits = (value: number): string => (value < 10 ? `0${value | 0}` : `${value | 0}`);

/** A length of time in seconds, in the largest unit that keeps it readable. */
export function shownDuration(seconds: number): string {
  if (seconds < 600) return `${seconds} s`;
  if (seconds < 3 * 3600) return `${Math.round(seconds / 60)} min`;
  if (seconds < 3 * DAY_S) return `${Math.round(seconds / 3600)} h`;
  return `${Math.round(seconds / DAY_S)} days`;
}

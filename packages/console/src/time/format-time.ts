import { locale } from '../strings/language.ts';
import { words } from '../strings/words.ts';

/** Times as people read them, in their language. All take ISO 8601 texts and `now` in ms since the epoch. */

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const DAY_MS = 24 * HOUR_MS;

const clockFormat = new Intl.DateTimeFormat(locale, { hour: '2-digit', minute: '2-digit' });
const secondsFormat = new Intl.DateTimeFormat(locale, { timeStyle: 'medium' });
const dayFormat = new Intl.DateTimeFormat(locale, {
  weekday: 'long',
  day: 'numeric',
  month: 'long',
});
const dateFormat = new Intl.DateTimeFormat(locale, {
  day: 'numeric',
  month: 'short',
  year: 'numeric',
});

/** `09:58` */
export const clock = (at: string): string => clockFormat.format(new Date(at));

/** `22 Nov 2026` */
export const date = (at: string): string => dateFormat.format(new Date(at));

/** `22 Nov 2026, 09:58:04` */
export const absolute = (at: string): string =>
  `${dateFormat.format(new Date(at))}, ${secondsFormat.format(new Date(at))}`;

/** How many midnights lie between `at` and `now`. */
export function daysAgo(at: string, now: number): number {
  const midnight = (time: Date) => Date.UTC(time.getFullYear(), time.getMonth(), time.getDate());
  return Math.round((midnight(new Date(now)) - midnight(new Date(at))) / DAY_MS);
}

/** `Today`, `Yesterday`, `Friday, 20 November` */
export function dayLabel(at: string, now: number): string {
  const days = daysAgo(at, now);
  if (days === 0) return words.time.today;
  if (days === 1) return words.time.yesterday;
  return dayFormat.format(new Date(at));
}

/** `today 09:58:04`, `20 Nov 2026, 09:58:04` */
export const moment = (at: string, now: number): string =>
  daysAgo(at, now) === 0 ? words.time.todayAt(secondsFormat.format(new Date(at))) : absolute(at);

/** `09:58` today, `20 Nov 2026` before. */
export const clockOrDate = (at: string, now: number): string =>
  daysAgo(at, now) === 0 ? clock(at) : dateFormat.format(new Date(at));

/** `now`, `2 min`, `3 h`, `2 d` */
export function relative(at: string, now: number): string {
  const passed = now - Date.parse(at);
  if (passed < MINUTE_MS) return words.time.now;
  if (passed < HOUR_MS) return words.time.minutes(Math.floor(passed / MINUTE_MS));
  if (passed < DAY_MS) return words.time.hours(Math.floor(passed / HOUR_MS));
  return words.time.days(Math.floor(passed / DAY_MS));
}

/** `0:42`, `12:05`, `1:03:20`; never negative. */
export function duration(ms: number): string {
  const total = Math.max(0, Math.floor(ms / 1000));
  const hours = Math.floor(total / 3600);
  const minutes = Math.floor((total % 3600) / 60);
  const two = (n: number) => String(n).padStart(2, '0');
  const seconds = two(total % 60);
  return hours > 0 ? `${hours}:${two(minutes)}:${seconds}` : `${minutes}:${seconds}`;
}

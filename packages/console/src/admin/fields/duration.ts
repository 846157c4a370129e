import { adminWords } from '../../strings/admin/admin-words.ts';

const { fields: w } = adminWords;

/** In seconds, the greatest first. */
export const units = [86_400, 3600, 60, 1] as const;
export type Unit = (typeof units)[number];

/** The greatest unit in which so many seconds are a whole number. */
export const unitOf = (seconds: number): Unit =>
  seconds === 0 ? 1 : (units.find((unit) => seconds % unit === 0) ?? 1);

const said = { 86400: w.days, 3600: w.hours, 60: w.minutes, 1: w.seconds };

/** `15 minutes` */
export function readableDuration(seconds: number): string {
  const unit = unitOf(seconds);
  return said[unit](seconds / unit);
}

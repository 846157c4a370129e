import { holidayAt, isOpen, nextOpening, type OpeningHours } from '@countersign/protocol';
import { isMap } from '../object/paths.ts';
import { weekdays } from './week.ts';

export type OpeningState =
  | { is: 'open' }
  /** `next`: ms since the epoch; null: not within a year. */
  | { is: 'closed'; next: number | null; holiday: string | null }
  /** Something is not written yet, or not as it has to be. */
  | { is: 'unknown' };

const RANGE = /^([01]\d|2[0-3]):[0-5]\d-(([01]\d|2[0-3]):[0-5]\d|24:00)$/;

/** Whether these hours, as they stand in the form, are open at this time. */
export function openingState(object: unknown, at: number): OpeningState {
  const hours = hoursFrom(object);
  if (!hours) return { is: 'unknown' };
  if (isOpen(hours, at)) return { is: 'open' };
  return { is: 'closed', next: nextOpening(hours, at), holiday: holidayAt(hours, at) };
}

function hoursFrom(object: unknown): OpeningHours | null {
  if (!isMap(object) || typeof object.timeZone !== 'string' || !isTimeZone(object.timeZone)) {
    return null;
  }
  const weekly: OpeningHours['weekly'] = {};
  for (const day of weekdays) {
    const texts: unknown = isMap(object.weekly) ? (object.weekly[day] ?? []) : [];
    if (!isRanges(texts)) return null;
    weekly[day] = texts;
  }
  return { timeZone: object.timeZone, weekly, holidays: holidaysOf(object.holidays) };
}

const isRanges = (value: unknown): value is string[] =>
  Array.isArray(value) && value.every((text) => typeof text === 'string' && RANGE.test(text));

const holidaysOf = (value: unknown): OpeningHours['holidays'] =>
  (Array.isArray(value) ? value : []).flatMap((one) =>
    isMap(one) && typeof one.date === 'string'
      ? [{ name: typeof one.name === 'string' ? one.name : '', date: one.date }]
      : [],
  );

function isTimeZone(name: string): boolean {
  try {
    return new Intl.DateTimeFormat('en', { timeZone: name }) !== null;
  } catch {
    return false;
  }
}

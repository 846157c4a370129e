import type { OpeningHours } from '@countersign/protocol';
import { isMap } from '../object/paths.ts';

export const weekdays = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'] as const;
export type Weekday = (typeof weekdays)[number];

/** Of one day, `HH:MM`; midnight at its end is `24:00`. */
export interface Range {
  from: string;
  to: string;
}

const DAY_MINUTES = 24 * 60;

/** The ranges of a day as the file has them, `09:00-17:00`; anything else is none. */
export function rangesOf(weekly: unknown, day: Weekday): Range[] {
  const texts = isMap(weekly) ? weekly[day] : undefined;
  return (Array.isArray(texts) ? texts : []).flatMap((text) => {
    if (typeof text !== 'string') return [];
    const [from = '', to = ''] = text.split('-');
    return [{ from, to }];
  });
}

/** As the file has them. */
export const textsOf = (ranges: readonly Range[]): string[] =>
  ranges.map(({ from, to }) => `${from}-${to}`);

export const minutesOf = (time: string): number => {
  const [hours = '0', minutes = '0'] = time.split(':');
  return Number(hours) * 60 + Number(minutes);
};

const timeOf = (minutes: number): string => {
  const two = (n: number) => String(n).padStart(2, '0');
  return `${two(Math.floor(minutes / 60))}:${two(minutes % 60)}`;
};

/** What a day is most likely to get next: the usual day, else an hour after the last range. */
export function furtherRange(ranges: readonly Range[]): Range {
  const last = ranges.at(-1);
  if (!last) return { from: '09:00', to: '17:00' };
  const from = Math.min(minutesOf(last.to) + 60, DAY_MINUTES - 60);
  return { from: timeOf(from), to: timeOf(Math.min(from + 180, DAY_MINUTES)) };
}

/** Where a range lies within the day, in percent. */
export const placeOf = ({ from, to }: Range): { start: number; width: number } => {
  const start = (minutesOf(from) / DAY_MINUTES) * 100;
  return { start, width: Math.max(0, (minutesOf(to) / DAY_MINUTES) * 100 - start) };
};

export interface DayGroup {
  from: Weekday;
  to: Weekday;
  hours: string[];
}

/** Days in a row with the same hours, as one would say them: Monday to Friday; closed days are left out. */
export function dayGroups(weekly: OpeningHours['weekly']): DayGroup[] {
  const groups: DayGroup[] = [];
  for (const [at, day] of weekdays.entries()) {
    const hours = weekly[day] ?? [];
    const last = groups.at(-1);
    if (hours.length === 0) continue;
    const follows = last !== undefined && weekdays.indexOf(last.to) === at - 1;
    if (last && follows && last.hours.join() === hours.join()) last.to = day;
    else groups.push({ from: day, to: day, hours });
  }
  return groups;
}

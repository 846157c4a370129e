import type { ShownObject } from './configuration-objects.ts';

/** A week by the clock on the wall, and the days on which it does not count. */
export type OpeningHours = Pick<ShownObject<'operatingHours'>, 'timeZone' | 'weekly' | 'holidays'>;

const DAY_MS = 86_400_000;
/** Further ahead no opening is looked for. */
const DAYS_AHEAD = 370;

type Weekday = keyof OpeningHours['weekly'];

interface WallClock {
  weekday: Weekday;
  /** `YYYY-MM-DD`. */
  date: string;
  /** Since midnight, by the clock on the wall. */
  minutes: number;
}

/**
 * Whether it is open at this time (ms since the epoch), by the clock on the wall of its time zone: an hour
 * that daylight saving leaves out is never open, one that it repeats is open twice.
 */
export function isOpen(hours: OpeningHours, at: number): boolean {
  const { weekday, date, minutes } = wallClock(hours.timeZone, at);
  if (holidayOn(hours, date) !== null) return false;
  return rangesOf(hours, weekday).some(({ from, to }) => minutes >= from && minutes < to);
}

/** The holiday that this time falls on, by name; null: none. */
export const holidayAt = (hours: OpeningHours, at: number): string | null =>
  holidayOn(hours, wallClock(hours.timeZone, at).date);

/** The next time (ms since the epoch) from which it is open; null: none within a year. */
export function nextOpening(hours: OpeningHours, after: number): number | null {
  for (let day = 0; day <= DAYS_AHEAD; day += 1) {
    const { weekday, date } = wallClock(hours.timeZone, after + day * DAY_MS);
    for (const { from } of rangesOf(hours, weekday)) {
      const opening = instantOf(hours.timeZone, date, from);
      if (opening > after && isOpen(hours, opening)) return opening;
    }
  }
  return null;
}

const holidayOn = ({ holidays }: OpeningHours, date: string): string | null =>
  holidays.find((holiday) => holiday.date === date)?.name ?? null;

const rangesOf = ({ weekly }: OpeningHours, weekday: Weekday) =>
  (weekly[weekday] ?? []).map((range) => {
    const [from = '', to = ''] = range.split('-');
    return { from: minutesOf(from), to: minutesOf(to) };
  });

function minutesOf(time: string): number {
  const [hours, minutes] = time.split(':').map(Number);
  return (hours ?? 0) * 60 + (minutes ?? 0);
}

const WEEKDAYS: Record<string, Weekday> = {
  Mon: 'mon',
  Tue: 'tue',
  Wed: 'wed',
  Thu: 'thu',
  Fri: 'fri',
  Sat: 'sat',
  Sun: 'sun',
};
const formats = new Map<string, Intl.DateTimeFormat>();

function formatOf(timeZone: string): Intl.DateTimeFormat {
  const known = formats.get(timeZone);
  if (known) return known;
  const format = new Intl.DateTimeFormat('en-US', {
    timeZone,
    hourCycle: 'h23',
    weekday: 'short',
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
    hour: '2-digit',
    minute: '2-digit',
  });
  formats.set(timeZone, format);
  return format;
}

function wallClock(timeZone: string, at: number): WallClock {
  const parts = new Map(
    formatOf(timeZone)
      .formatToParts(at)
      .map(({ type, value }) => [type, value]),
  );
  return {
    weekday: WEEKDAYS[parts.get('weekday') ?? ''] ?? 'mon',
    date: `${parts.get('year')}-${parts.get('month')}-${parts.get('day')}`,
    minutes: Number(parts.get('hour')) * 60 + Number(parts.get('minute')),
  };
}

/** When the clock on the wall shows this; in a gap of daylight saving, the time after it. */
function instantOf(timeZone: string, date: string, minutes: number): number {
  const wanted = Date.parse(`${date}T00:00:00Z`) + minutes * 60_000;
  const first = wanted - offsetAt(timeZone, wanted);
  return wanted - offsetAt(timeZone, first);
}

/** What the clock on the wall is ahead of UTC, in ms. */
function offsetAt(timeZone: string, at: number): number {
  const { date, minutes } = wallClock(timeZone, at);
  const minute = at - (((at % 60_000) + 60_000) % 60_000);
  return Date.parse(`${date}T00:00:00Z`) + minutes * 60_000 - minute;
}

// Which time a report is about: chosen in the reader's own days, asked for in UTC.
import type { Report } from '@countersign/protocol';
import type { ReportRange } from '../api/supervision-api.ts';

export const rangeNames = ['today', 'week', 'month', 'own'] as const;
export type RangeName = (typeof rangeNames)[number];

export const isRangeName = (value: unknown): value is RangeName =>
  rangeNames.some((name) => name === value);

/** `YYYY-MM-DD` */
export const isDay = (value: unknown): value is string =>
  typeof value === 'string' && /^\d{4}-\d\d-\d\d$/.test(value) && !Number.isNaN(Date.parse(value));

export interface Chosen {
  range?: RangeName | undefined;
  /** Days, the last one included; of the range `own`. */
  from?: string | undefined;
  to?: string | undefined;
  bucket?: Report['bucket'] | undefined;
}

const DAYS: Record<Exclude<RangeName, 'own'>, number> = { today: 1, week: 7, month: 30 };
const BUCKET_MS = { hour: 3_600_000, day: 86_400_000 };
const MOST_BUCKETS = 400;

/** Null: own dates of which one is missing or the last comes before the first. */
export function reportRange(chosen: Chosen, now: number): ReportRange | null {
  const { range = 'week' } = chosen;
  const bucket = chosen.bucket ?? (range === 'today' ? 'hour' : 'day');
  const days = range === 'own' ? ownDays(chosen) : lastDays(DAYS[range], now);
  if (days === null || days.from >= days.to) return null;
  return { from: days.from.toISOString(), to: days.to.toISOString(), bucket };
}

export const isTooLong = ({ from, to, bucket }: ReportRange): boolean =>
  (Date.parse(to) - Date.parse(from)) / BUCKET_MS[bucket] > MOST_BUCKETS;

interface Days {
  from: Date;
  /** Not in it. */
  to: Date;
}

/** Until the end of this minute, so that what is asked for stays the same for a while. */
function lastDays(days: number, now: number): Days {
  const from = new Date(now);
  from.setHours(0, 0, 0, 0);
  from.setDate(from.getDate() - days + 1);
  return { from, to: new Date(Math.ceil((now + 1) / 60_000) * 60_000) };
}

function ownDays({ from, to }: Chosen): Days | null {
  if (from === undefined || to === undefined) return null;
  const end = midnight(to);
  end.setDate(end.getDate() + 1);
  return { from: midnight(from), to: end };
}

const midnight = (day: string): Date => new Date(`${day}T00:00:00`);

import type { Report } from '@countersign/protocol';
import { type Static, Type } from 'typebox';
import type { ReportRange } from '../conversations/index.ts';
import { Fault } from '../platform/index.ts';

const MOST_BUCKETS = 400;
const HOUR_MS = 3_600_000;
const BUCKET_MS: Record<Report['bucket'], number> = { hour: HOUR_MS, day: 24 * HOUR_MS };
/** What is reported when no beginning is named. */
const USUAL_DAYS = 7;

export const ReportQuery = Type.Object({
  from: Type.Optional(Type.String({ maxLength: 40, description: 'ISO 8601; default: a week' })),
  to: Type.Optional(
    Type.String({ maxLength: 40, description: 'ISO 8601, not in it; default: now' }),
  ),
  bucket: Type.Enum(['hour', 'day'], { default: 'day' }),
});

/**
 * Whole buckets, in UTC, that hold what was asked for. Faults 400: `invalid_time`, `invalid_range`,
 * `too_many_buckets`.
 */
export function reportRange(query: Static<typeof ReportQuery>, now: number): ReportRange {
  const bucketMs = BUCKET_MS[query.bucket];
  const to = query.to === undefined ? now : timeOf(query.to);
  const from = query.from === undefined ? to - USUAL_DAYS * BUCKET_MS.day : timeOf(query.from);
  if (from >= to) throw new Fault('invalid_range', 400, 'The time begins after its end.');
  const range = {
    from: Math.floor(from / bucketMs) * bucketMs,
    to: Math.ceil(to / bucketMs) * bucketMs,
    bucketMs,
  };
  if ((range.to - range.from) / bucketMs > MOST_BUCKETS) {
    const message = `A report has ${MOST_BUCKETS} buckets at most: ask for less time, or for days.`;
    throw new Fault('too_many_buckets', 400, message);
  }
  return range;
}

function timeOf(text: string): number {
  const time = Date.parse(text);
  if (Number.isNaN(time)) throw new Fault('invalid_time', 400, 'Times are ISO 8601.');
  return time;
}

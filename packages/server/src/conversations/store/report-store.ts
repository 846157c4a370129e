/** Reports: one scan of the index by opening time for each question. */
import { sql } from 'kysely';
import type { DurationSummary, OpenedOutcome, OpenedVolume, ReportRange } from '../report.ts';
import type { Connection } from './rows.ts';

const bucketOf = (bucketMs: number) => sql`(opened_at / ${bucketMs}::bigint) * ${bucketMs}::bigint`;

export async function volumes(
  db: Connection,
  { from, to, bucketMs }: ReportRange,
): Promise<OpenedVolume[]> {
  const { rows } = await sql<OpenedVolume>`
    select ${bucketOf(bucketMs)} as at, queue_id as "queueId", identity_state as identity,
           count(*)::int as count
    from conversations where opened_at >= ${from} and opened_at < ${to}
    group by 1, 2, 3`.execute(db);
  return rows;
}

interface OutcomeRow {
  at: number;
  /** Of `SHARES`; null when nothing is counted. */
  waits: number[] | null;
  waited: number;
  handles: number[] | null;
  handled: number;
  abandoned: number;
  rating: number | null;
  rated: number;
}

const SHARES = sql.raw(`array[0.5, 0.9, 0.99]`);
const percentiles = (start: string, end: string) =>
  sql`percentile_cont(${SHARES}) within group (order by (${sql.raw(`${end} - ${start}`)}) / 1000.0)`;

export async function outcomes(
  db: Connection,
  { from, to, bucketMs }: ReportRange,
): Promise<OpenedOutcome[]> {
  const { rows } = await sql<OutcomeRow>`
    select ${bucketOf(bucketMs)} as at,
           ${percentiles('opened_at', 'assigned_at')} as waits, count(assigned_at)::int as waited,
           ${percentiles('assigned_at', 'ended_at')} as handles,
           count(ended_at - assigned_at)::int as handled,
           count(*) filter (where ended_by = 'customer' and assigned_at is null)::int as abandoned,
           avg(rating)::float8 as rating, count(rating)::int as rated
    from conversations where opened_at >= ${from} and opened_at < ${to}
    group by 1`.execute(db);
  return rows.map(toOutcome);
}

const toOutcome = (row: OutcomeRow): OpenedOutcome => ({
  at: row.at,
  wait: summary(row.waits, row.waited),
  handle: summary(row.handles, row.handled),
  abandoned: row.abandoned,
  rating: row.rating === null ? null : { average: row.rating, count: row.rated },
});

/** Nulls sort apart and are not counted by `percentile_cont`. */
function summary(values: number[] | null, count: number): DurationSummary | null {
  const [p50, p90, p99] = values ?? [];
  if (count === 0 || p50 === undefined || p90 === undefined || p99 === undefined) return null;
  return { p50, p90, p99, count };
}

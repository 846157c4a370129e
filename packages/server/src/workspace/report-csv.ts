import type { Report } from '@countersign/protocol';
import { type Cell, csvLine } from '../platform/index.ts';

type Bucket = Report['buckets'][number];
interface Column {
  head: string;
  cell(bucket: Bucket): Cell;
}

const STATES = ['verified', 'lapsed', 'claimed', 'anonymous'] as const;
const SHARES = ['p50', 'p90', 'p99', 'count'] as const;

/** A report as CSV, a row a bucket. */
export function reportCsv({ buckets }: Report): string {
  const columns = columnsOf(buckets);
  const rows = buckets.map((bucket) => columns.map(({ cell }) => cell(bucket)));
  return [columns.map(({ head }) => head), ...rows].map(csvLine).join('');
}

function columnsOf(buckets: Bucket[]): Column[] {
  const queues = [...new Set(buckets.flatMap(({ byQueue }) => Object.keys(byQueue)))].sort();
  return [
    { head: 'at', cell: ({ at }) => at },
    { head: 'opened', cell: ({ opened }) => opened },
    ...STATES.map((state) => ({
      head: state,
      cell: ({ byIdentity }: Bucket) => byIdentity[state],
    })),
    ...SHARES.map((share) => ({
      head: `wait seconds ${share}`,
      cell: ({ waitSeconds }: Bucket) => waitSeconds?.[share],
    })),
    ...SHARES.map((share) => ({
      head: `handle seconds ${share}`,
      cell: ({ handleSeconds }: Bucket) => handleSeconds?.[share],
    })),
    { head: 'abandoned', cell: ({ abandoned }) => abandoned },
    { head: 'refused attempts', cell: ({ refusedAttempts }) => refusedAttempts },
    { head: 'rating average', cell: ({ rating }) => rating?.average },
    { head: 'ratings', cell: ({ rating }) => rating?.count },
    // Last, so that the columns before them stand where they always stand
    ...queues.map((queue) => ({
      head: queue,
      cell: ({ byQueue }: Bucket) => byQueue[queue] ?? 0,
    })),
  ];
}

/**
 * A report as CSV (RFC 4180), a row a bucket. Names of queues are the company's own words: what a
 * spreadsheet would take for a formula is made text (CWE-1236).
 */
import type { Report } from '@countersign/protocol';

type Bucket = Report['buckets'][number];
type Cell = string | number | null | undefined;
interface Column {
  head: string;
  cell(bucket: Bucket): Cell;
}

const STATES = ['verified', 'lapsed', 'claimed', 'anonymous'] as const;
const SHARES = ['p50', 'p90', 'p99', 'count'] as const;

export function reportCsv({ buckets }: Report): string {
  const columns = columnsOf(buckets);
  const rows = buckets.map((bucket) => columns.map(({ cell }) => cell(bucket)));
  return [columns.map(({ head }) => head), ...rows].map(line).join('');
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

const line = (cells: Cell[]): string => `${cells.map(csvCell).join(',')}\r\n`;

/** Numbers are ours and stay numbers, negative ones too. */
export function csvCell(value: Cell): string {
  if (value === null || value === undefined) return '';
  if (typeof value === 'number') return String(Math.round(value * 1000) / 1000);
  const text = /^[=+\-@\t\r]/.test(value) ? `'${value}` : value;
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

// What a plot shows, apart from how it is drawn.
import type { Report } from '@countersign/protocol';
import { words } from '../strings/words.ts';

export interface Series {
  name: string;
  /** Of its colour and pattern. */
  look: string;
  /** One a step; null: nothing to tell. */
  values: (number | null)[];
}

const { reports: w } = words;

/** So many queues are told apart; the others are one. */
const SHOWN_QUEUES = 4;
const IDENTITY_STATES = ['verified', 'lapsed', 'claimed', 'anonymous'] as const;

type Bucket = Report['buckets'][number];

export function queueSeries(buckets: readonly Bucket[]): Series[] {
  const sums = new Map<string, number>();
  for (const { byQueue } of buckets) {
    for (const [name, count] of Object.entries(byQueue)) {
      sums.set(name, (sums.get(name) ?? 0) + count);
    }
  }
  const names = [...sums].sort(([, a], [, b]) => b - a).map(([name]) => name);
  const shown = names.slice(0, SHOWN_QUEUES).map((name, at) => ({
    name,
    look: `queue-${at + 1}`,
    values: buckets.map(({ byQueue }) => byQueue[name] ?? 0),
  }));
  const others = names.slice(SHOWN_QUEUES);
  if (others.length === 0) return shown;
  const rest = ({ byQueue }: Bucket) => others.reduce((sum, name) => sum + (byQueue[name] ?? 0), 0);
  return [...shown, { name: w.otherQueues, look: 'queue-other', values: buckets.map(rest) }];
}

export const identitySeries = (buckets: readonly Bucket[]): Series[] =>
  IDENTITY_STATES.map((state) => ({
    name: words.identity[state],
    look: state,
    values: buckets.map(({ byIdentity }) => byIdentity[state]),
  }));

export const refusedSeries = (buckets: readonly Bucket[]): Series[] => [
  {
    name: words.identity.refused,
    look: 'refused',
    values: buckets.map(({ refusedAttempts }) => refusedAttempts),
  },
];

const PERCENTILES = [
  { p: 50, key: 'p50' },
  { p: 90, key: 'p90' },
  { p: 99, key: 'p99' },
] as const;

/** In seconds. */
export const percentileSeries = (
  buckets: readonly Bucket[],
  of: 'waitSeconds' | 'handleSeconds',
): Series[] =>
  PERCENTILES.map(({ p, key }) => ({
    name: w.percentile(p),
    look: key,
    values: buckets.map((bucket) => bucket[of]?.[key] ?? null),
  }));

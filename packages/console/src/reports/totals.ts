import type { Report } from '@countersign/protocol';

export interface Totals {
  opened: number;
  abandoned: number;
  refused: number;
  rating: { average: number; count: number } | null;
  /** The middle one of the medians, each as heavy as what it stands for: near the median of all, not it. */
  typicalWaitSeconds: number | null;
}

type Bucket = Report['buckets'][number];

export function totals({ buckets }: Report): Totals {
  const sum = (value: (bucket: Bucket) => number) =>
    buckets.reduce((total, bucket) => total + value(bucket), 0);
  const ratings = sum(({ rating }) => rating?.count ?? 0);
  const points = sum(({ rating }) => (rating ? rating.average * rating.count : 0));
  return {
    opened: sum(({ opened }) => opened),
    abandoned: sum(({ abandoned }) => abandoned),
    refused: sum(({ refusedAttempts }) => refusedAttempts),
    rating: ratings > 0 ? { average: points / ratings, count: ratings } : null,
    typicalWaitSeconds: weightedMedian(buckets),
  };
}

function weightedMedian(buckets: readonly Bucket[]): number | null {
  const waits = buckets
    .flatMap(({ waitSeconds }) => waitSeconds ?? [])
    .sort((a, b) => a.p50 - b.p50);
  let left = waits.reduce((sum, { count }) => sum + count, 0) / 2;
  for (const { p50, count } of waits) {
    left -= count;
    if (left <= 0) return p50;
  }
  return null;
}

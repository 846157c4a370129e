import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Report } from '@countersign/protocol';
import { namedSteps, roundAbove, roundSecondsAbove } from './scale.ts';
import { identitySeries, percentileSeries, queueSeries } from './series.ts';
import { totals } from './totals.ts';

type Bucket = Report['buckets'][number];

const bucket = (change: Partial<Bucket>): Bucket => ({
  at: '2026-11-24T00:00:00.000Z',
  opened: 0,
  byQueue: {},
  byIdentity: { anonymous: 0, claimed: 0, verified: 0, lapsed: 0 },
  waitSeconds: null,
  handleSeconds: null,
  refusedAttempts: 0,
  abandoned: 0,
  rating: null,
  ...change,
});
const waited = (p50: number, count: number) => ({ p50, p90: p50 * 2, p99: p50 * 3, count });

test('the busiest queues are told apart, the others are one', () => {
  const buckets = [
    bucket({ byQueue: { A: 1, B: 9, C: 8, D: 7 } }),
    bucket({ byQueue: { B: 1, E: 6, F: 2 } }),
  ];
  const series = queueSeries(buckets);
  assert.deepEqual(
    series.map(({ name, values }) => [name, values]),
    [
      ['B', [9, 1]],
      ['C', [8, 0]],
      ['D', [7, 0]],
      ['E', [0, 6]],
      ['Other queues', [1, 2]],
    ],
  );
});

test('a step in which nobody waited has no percentile, not zero', () => {
  const buckets = [bucket({ waitSeconds: waited(10, 3) }), bucket({})];
  assert.deepEqual(
    percentileSeries(buckets, 'waitSeconds').map(({ values }) => values),
    [
      [10, null],
      [20, null],
      [30, null],
    ],
  );
  assert.deepEqual(
    identitySeries(buckets).map(({ look }) => look),
    ['verified', 'lapsed', 'claimed', 'anonymous'],
  );
});

test('totals weigh each step by what it stands for', () => {
  const report: Report = {
    from: '2026-11-24T00:00:00.000Z',
    to: '2026-11-26T00:00:00.000Z',
    bucket: 'day',
    buckets: [
      bucket({ opened: 1, waitSeconds: waited(600, 1), rating: { average: 1, count: 1 } }),
      bucket({ opened: 9, waitSeconds: waited(20, 9), rating: { average: 5, count: 3 } }),
    ],
  };
  const found = totals(report);
  assert.equal(found.typicalWaitSeconds, 20);
  assert.deepEqual(found.rating, { average: 4, count: 4 });
  assert.equal(totals({ ...report, buckets: [] }).typicalWaitSeconds, null);
});

test('axes end at round numbers, and names below them do not overlap', () => {
  assert.deepEqual([0, 1, 3, 7, 11, 101].map(roundAbove), [1, 1, 5, 10, 20, 200]);
  assert.deepEqual([0, 45, 61, 90_000].map(roundSecondsAbove), [10, 60, 120, 172_800]);
  assert.deepEqual(namedSteps(7, 700, 60), [0, 1, 2, 3, 4, 5, 6]);
  assert.deepEqual(namedSteps(30, 300, 60), [0, 6, 12, 18, 24]);
});

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { isDay, isTooLong, reportRange } from './range.ts';

const NOW = new Date(2026, 10, 24, 10, 30, 20).getTime();
const local = (...parts: [number, number, number, number?, number?]): string =>
  new Date(...parts).toISOString();

test('today begins at midnight of the reader, in hours', () => {
  assert.deepEqual(reportRange({ range: 'today' }, NOW), {
    from: local(2026, 10, 24),
    to: local(2026, 10, 24, 10, 31),
    bucket: 'hour',
  });
});

test('seven days are today and the six before it', () => {
  assert.equal(reportRange({}, NOW)?.from, local(2026, 10, 18));
  assert.equal(reportRange({ range: 'week', bucket: 'hour' }, NOW)?.bucket, 'hour');
});

test('own dates hold their last day, and are refused the wrong way round', () => {
  const own = { range: 'own', from: '2026-11-01', to: '2026-11-02' } as const;
  assert.deepEqual(reportRange(own, NOW), {
    from: local(2026, 10, 1),
    to: local(2026, 10, 3),
    bucket: 'day',
  });
  assert.equal(reportRange({ ...own, to: '2026-10-01' }, NOW), null);
  assert.equal(reportRange({ range: 'own', from: '2026-11-01' }, NOW), null);
});

test('400 steps are the most', () => {
  const month = reportRange({ range: 'month', bucket: 'hour' }, NOW);
  assert.equal(month && isTooLong(month), true);
  assert.equal(isDay('2026-13-01'), false);
});

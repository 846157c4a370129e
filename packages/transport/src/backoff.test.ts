import assert from 'node:assert/strict';
import { test } from 'node:test';
import { backoffMs } from './backoff.ts';

test('the time to wait doubles, up to half a minute', () => {
  const longest = [1, 2, 3, 6, 7, 8, 1000].map((attempt) => backoffMs(attempt, () => 1));
  assert.deepEqual(longest, [500, 1000, 2000, 16_000, 30_000, 30_000, 30_000]);
});

test('clients of a restarted node come back spread over that time, some at once', () => {
  assert.equal(
    backoffMs(8, () => 0),
    0,
  );
  assert.equal(
    backoffMs(8, () => 0.5),
    15_000,
  );
});

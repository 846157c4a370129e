import assert from 'node:assert/strict';
import { test } from 'node:test';
import { waitLevel } from './wait-level.ts';

test('a wait is long from a minute on, too long from five', () => {
  assert.deepEqual([0, 59, 60, 299, 300].map(waitLevel), [
    'good',
    'good',
    'warning',
    'warning',
    'bad',
  ]);
});

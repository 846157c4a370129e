import assert from 'node:assert/strict';
import { test } from 'node:test';
import { rangeBetween } from './range-between.ts';

test('a range holds both its ends, whichever was chosen first', () => {
  const ids = ['a', 'b', 'c', 'd'];
  assert.deepEqual(rangeBetween(ids, 'b', 'd'), ['b', 'c', 'd']);
  assert.deepEqual(rangeBetween(ids, 'd', 'b'), ['b', 'c', 'd']);
  assert.deepEqual(rangeBetween(ids, 'gone', 'b'), ['b']);
});

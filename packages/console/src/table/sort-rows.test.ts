import assert from 'node:assert/strict';
import { test } from 'node:test';
import { sortRows, turned } from './sort-rows.ts';

test('numbers sort as numbers, names as people read them, equal rows stay as they came', () => {
  const rows = [
    { name: 'Queue 10', waiting: 2 },
    { name: 'Queue 9', waiting: 10 },
    { name: 'queue 1', waiting: 2 },
  ];
  const names = (sorted: typeof rows) => sorted.map(({ name }) => name);
  const byNumber = sortRows(rows, ({ waiting }) => waiting, true);
  assert.deepEqual(names(byNumber), ['Queue 9', 'Queue 10', 'queue 1']);
  const byName = sortRows(rows, ({ name }) => name, false);
  assert.deepEqual(names(byName), ['queue 1', 'Queue 9', 'Queue 10']);
});

test('a heading goes up, down, and back to how the rows came', () => {
  const up = turned(null, 2);
  const down = turned(up, 2);
  assert.deepEqual(
    [up, down, turned(down, 2)],
    [{ column: 2, descending: false }, { column: 2, descending: true }, null],
  );
  assert.deepEqual(turned(down, 1), { column: 1, descending: false });
});

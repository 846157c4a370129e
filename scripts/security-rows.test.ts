import assert from 'node:assert/strict';
import { test } from 'node:test';
import { ROWS, rowsNamedIn } from './security-rows.ts';

test('a row is found in titles alone, however they are written', () => {
  const named = rowsNamedIn(
    [
      "test('T90 at the start', () => {});",
      'test("[T91] [GA12] S90 in brackets", () => {});',
      'test(\n  `A90 over two lines`, () => {});',
      "const table = [['T92 from a table', 1]];",
      '// T93 in a comment',
      "assert.equal(id, 'u-T94');",
    ].join('\n'),
  );
  assert.deepEqual([...new Set(named)].sort(), ['A90', 'S90', 'T90', 'T91', 'T92'].sort());
  assert.equal(new Set(ROWS).size, 45);
});

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { runBulk } from './run-bulk.ts';

test('one failure stops nothing, and what failed is told in order', async () => {
  const ids = Array.from({ length: 10 }, (_, i) => `c${i}`);
  const progress: number[] = [];
  const called: string[] = [];
  const failed = await runBulk(
    ids,
    async (id) => {
      called.push(id);
      if (id === 'c7' || id === 'c2') throw new Error('refused');
    },
    (done) => progress.push(done),
  );
  assert.deepEqual(failed, ['c2', 'c7']);
  assert.deepEqual(called.toSorted(), ids);
  assert.equal(progress.at(-1), 10);
});

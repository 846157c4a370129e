import assert from 'node:assert/strict';
import { test } from 'node:test';
import { wholeReference } from './reference.ts';

test('a reference is understood as people read it out', () => {
  assert.equal(wholeReference(' abcd efgh'), 'ABCD-EFGH');
  assert.equal(wholeReference('o1lI-ABCD'), '0111-ABCD');
  assert.equal(wholeReference('ABCD-EFG'), null);
});

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { sampleEntry } from '../testing/samples.ts';
import { mergeEntries, missingAfter, withoutHoles } from './entry-log.ts';

const seqs = (entries: readonly { seq: number }[]) => entries.map((entry) => entry.seq);
const entries = (...numbers: number[]) => numbers.map((seq) => sampleEntry(seq));

test('entries that come twice or out of order are in the log once, in order', () => {
  const log = mergeEntries(entries(3, 4), entries(5, 4, 2, 3));
  assert.deepEqual(seqs(log), [2, 3, 4, 5]);
});

test('a repeat leaves the very same log', () => {
  const log = entries(1, 2);
  assert.equal(mergeEntries(log, entries(2, 1)), log);
});

test('nothing is shown behind a hole', () => {
  assert.deepEqual(seqs(withoutHoles(entries(4, 5, 7, 8))), [4, 5]);
  assert.deepEqual(seqs(withoutHoles([])), []);
});

test('a hole is read from its edge', () => {
  assert.equal(missingAfter(entries(4, 5, 7), 7), 5);
});

test('a conversation that has moved on is read from the end of the log', () => {
  assert.equal(missingAfter(entries(4, 5), 9), 5);
  assert.equal(missingAfter(entries(4, 5), 5), null);
  assert.equal(missingAfter([], 5), null);
});

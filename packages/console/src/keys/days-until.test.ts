import assert from 'node:assert/strict';
import { test } from 'node:test';
import { daysUntil } from './days-until.ts';

const NOW = Date.UTC(2026, 10, 24, 12);
const at = (hours: number) => new Date(NOW + hours * 3_600_000).toISOString();

test('the countdown to an end is in whole days, and says when it is over', () => {
  assert.equal(daysUntil(at(49), NOW), 2);
  assert.equal(daysUntil(at(23), NOW), 0);
  assert.equal(daysUntil(at(-1), NOW), -1);
  assert.equal(daysUntil(at(-25), NOW), -2);
});

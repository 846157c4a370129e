import assert from 'node:assert/strict';
import { test } from 'node:test';
import { dayLabel, duration, moment, relative } from './format-time.ts';

const local = (...parts: [number, number, number, number?, number?, number?]): string =>
  new Date(...parts).toISOString();
const NOW = new Date(2026, 10, 22, 10, 0, 0).getTime();

test('durations read as a clock and never below zero', () => {
  assert.equal(duration(-5), '0:00');
  assert.equal(duration(42_900), '0:42');
  assert.equal(duration(725_000), '12:05');
  assert.equal(duration(3_800_000), '1:03:20');
});

test('relative times carry their unit and round down', () => {
  assert.equal(relative(local(2026, 10, 22, 9, 59, 30), NOW), 'now');
  assert.equal(relative(local(2026, 10, 22, 9, 58, 1), NOW), '1 min');
  assert.equal(relative(local(2026, 10, 22, 7, 0, 0), NOW), '3 h');
  assert.equal(relative(local(2026, 10, 20, 9, 0, 0), NOW), '2 d');
});

test('days change at midnight, not after 24 hours', () => {
  const lateYesterday = local(2026, 10, 21, 23, 59, 59);
  assert.equal(dayLabel(lateYesterday, new Date(2026, 10, 22, 0, 0, 1).getTime()), 'Yesterday');
  assert.equal(dayLabel(local(2026, 10, 22, 0, 0, 0), NOW), 'Today');
  assert.match(dayLabel(local(2026, 10, 18, 12), NOW), /^Wednesday,? 18 November$/);
});

test('a moment of today says so, an older one has its date', () => {
  assert.equal(moment(local(2026, 10, 22, 9, 58, 4), NOW), 'today 09:58:04');
  assert.equal(moment(local(2026, 10, 20, 9, 58, 4), NOW), '20 Nov 2026, 09:58:04');
});

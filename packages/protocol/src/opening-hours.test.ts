import assert from 'node:assert/strict';
import { test } from 'node:test';
import { holidayAt, isOpen, nextOpening, type OpeningHours } from './opening-hours.ts';

const day = ['09:00-12:00', '13:00-17:00'];
const hours = (over: Partial<OpeningHours> = {}): OpeningHours => ({
  timeZone: 'Europe/Berlin',
  weekly: { mon: day, tue: day, wed: day, thu: day, fri: ['09:00-15:00'] },
  holidays: [{ name: 'New Year', date: '2027-01-01' }],
  ...over,
});
const at = (time: string): number => Date.parse(time);
const iso = (time: number | null): string | null =>
  time === null ? null : new Date(time).toISOString();

test('open from the first minute to the last, closed at noon, in the evening and on the weekend', () => {
  const open = (time: string) => isOpen(hours(), at(time));
  assert.equal(open('2026-11-24T07:59:59.999Z'), false);
  assert.equal(open('2026-11-24T08:00:00Z'), true);
  assert.equal(open('2026-11-24T10:59:59Z'), true);
  assert.equal(open('2026-11-24T11:00:00Z'), false);
  assert.equal(open('2026-11-24T16:00:00Z'), false);
  assert.equal(open('2026-11-28T10:00:00Z'), false);
});

test('the wall clock counts on both sides of the change of the clocks', () => {
  const summer = '2027-03-26T07:30:00Z';
  const afterChange = '2027-03-29T07:00:00Z';
  assert.equal(isOpen(hours(), at(summer)), false, '08:30 in winter time');
  assert.equal(isOpen(hours(), at(afterChange)), true, '09:00 in summer time');
});

test('an hour that daylight saving leaves out is never open; one that it repeats is open twice', () => {
  const night = hours({ weekly: { sun: ['02:00-03:00'] } });
  for (const time of ['2027-03-28T00:30:00Z', '2027-03-28T01:00:00Z', '2027-03-28T01:30:00Z'])
    assert.equal(isOpen(night, at(time)), false, time);
  assert.equal(isOpen(night, at('2026-10-25T00:30:00Z')), true);
  assert.equal(isOpen(night, at('2026-10-25T01:30:00Z')), true);
  assert.equal(isOpen(night, at('2026-10-25T02:30:00Z')), false);
});

test('a holiday is closed all day by the local calendar, and has its name', () => {
  assert.equal(isOpen(hours(), at('2027-01-01T09:00:00Z')), false);
  assert.equal(holidayAt(hours(), at('2026-12-31T23:30:00Z')), 'New Year');
  assert.equal(holidayAt(hours(), at('2027-01-01T23:30:00Z')), null);
});

test('the next opening is over the noon break, the weekend, a holiday and the change of the clocks', () => {
  const next = (time: string) => iso(nextOpening(hours(), at(time)));
  assert.equal(next('2026-11-24T11:30:00Z'), '2026-11-24T12:00:00.000Z');
  assert.equal(next('2026-11-27T15:00:00Z'), '2026-11-30T08:00:00.000Z');
  assert.equal(next('2026-12-31T20:00:00Z'), '2027-01-04T08:00:00.000Z');
  assert.equal(next('2027-03-27T12:00:00Z'), '2027-03-29T07:00:00.000Z');
  assert.equal(nextOpening(hours({ weekly: {} }), at('2026-11-24T11:30:00Z')), null);
});

test('hours to midnight end with the day', () => {
  const late = hours({ weekly: { tue: ['20:00-24:00'] } });
  assert.equal(isOpen(late, at('2026-11-24T22:59:00Z')), true);
  assert.equal(isOpen(late, at('2026-11-24T23:00:00Z')), false);
});

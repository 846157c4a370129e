import assert from 'node:assert/strict';
import { test } from 'node:test';
import { de } from '../../strings/admin/de.ts';
import { en } from '../../strings/admin/en.ts';
import { openingState } from './opening-state.ts';
import { furtherRange, placeOf, rangesOf } from './week.ts';
import { weekSentence } from './week-sentence.ts';

const office = ['09:00-17:00'];
const weekly = { mon: office, tue: office, wed: office, thu: office, fri: ['09:00-15:00'] };
const hours = {
  timeZone: 'Europe/Berlin',
  weekly,
  holidays: [{ name: 'New Year', date: '2027-01-01' }],
};

test('a week is said in days that belong together', () => {
  assert.equal(weekSentence(weekly, en.hours), 'Mon – Thu 09:00–17:00 · Fri 09:00–15:00');
  assert.equal(weekSentence(weekly, de.hours), 'Mo – Do 09:00–17:00 · Fr 09:00–15:00');
  assert.equal(
    weekSentence({ mon: office, wed: office, sat: ['10:00-12:00', '13:00-15:00'] }, en.hours),
    'Mon 09:00–17:00 · Wed 09:00–17:00 · Sat 10:00–12:00, 13:00–15:00',
  );
  assert.equal(weekSentence({}, en.hours), en.hours.neverOpen);
});

test('what is in the form tells whether it is open now, and when it opens next', () => {
  const at = (time: string) => openingState(hours, Date.parse(time));
  assert.deepEqual(at('2026-11-24T10:00:00Z'), { is: 'open' });
  assert.deepEqual(at('2026-11-27T15:00:00Z'), {
    is: 'closed',
    next: Date.parse('2026-11-30T08:00:00Z'),
    holiday: null,
  });
  assert.deepEqual(at('2027-01-01T10:00:00Z'), {
    is: 'closed',
    next: Date.parse('2027-01-04T08:00:00Z'),
    holiday: 'New Year',
  });
});

test('what is half written tells nothing, rather than something wrong', () => {
  const now = Date.parse('2026-11-24T10:00:00Z');
  const unknown = { is: 'unknown' };
  assert.deepEqual(openingState({ ...hours, timeZone: 'Europe/Nowhere' }, now), unknown);
  assert.deepEqual(openingState({ ...hours, weekly: { tue: ['09:00-'] } }, now), unknown);
  assert.deepEqual(openingState({}, now), unknown);
  assert.deepEqual(openingState({ timeZone: 'UTC' }, now), {
    is: 'closed',
    next: null,
    holiday: null,
  });
});

test('ranges are read, placed in the day, and continued', () => {
  assert.deepEqual(rangesOf(weekly, 'fri'), [{ from: '09:00', to: '15:00' }]);
  assert.deepEqual(rangesOf(weekly, 'sun'), []);
  assert.deepEqual(placeOf({ from: '06:00', to: '24:00' }), { start: 25, width: 75 });
  assert.deepEqual(furtherRange([]), { from: '09:00', to: '17:00' });
  assert.deepEqual(furtherRange([{ from: '09:00', to: '12:00' }]), { from: '13:00', to: '16:00' });
  assert.deepEqual(furtherRange([{ from: '09:00', to: '24:00' }]), { from: '23:00', to: '24:00' });
});

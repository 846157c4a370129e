import assert from 'node:assert/strict';
import { test } from 'node:test';
import { sampleEntry } from '../testing/samples.ts';
import { groupEntries } from './group-entries.ts';

const shape = (items: ReturnType<typeof groupEntries>) =>
  items.map((item) =>
    item.kind === 'messages' ? item.entries.map((entry) => entry.seq).join('+') : item.kind,
  );
const agent = { role: 'agent' as const, id: 'maria', name: 'Maria' };

test('messages of one sender close together are one group', () => {
  const items = groupEntries([sampleEntry(1), sampleEntry(2), sampleEntry(3, { from: agent })]);
  assert.deepEqual(shape(items), ['day', '1+2', '3']);
});

test('a note is never in a group with a reply', () => {
  const note = sampleEntry(2, { from: agent, kind: 'note' });
  const items = groupEntries([sampleEntry(1, { from: agent }), note]);
  assert.deepEqual(shape(items), ['day', '1', '2']);
});

test('messages with different identity states are never in one group', () => {
  const items = groupEntries([sampleEntry(1, { identityState: 'lapsed' }), sampleEntry(2)]);
  assert.deepEqual(shape(items), ['day', '1', '2']);
});

test('a minute apart is another group', () => {
  const later = sampleEntry(2, { at: '2026-11-22T09:05:00.000Z' });
  assert.deepEqual(shape(groupEntries([sampleEntry(1), later])), ['day', '1', '2']);
});

test('a sign-in is a boundary, and knows whether customer messages stand above it', () => {
  const signIn = (seq: number) => sampleEntry(seq, { kind: 'signed-in' });
  const above = (items: ReturnType<typeof groupEntries>) =>
    items.find((item) => item.kind === 'boundary')?.messagesAbove;
  assert.equal(above(groupEntries([signIn(1), sampleEntry(2)])), false);
  assert.equal(above(groupEntries([sampleEntry(1), signIn(2)])), true);
});

test('the same person proven again is told as such, another person is not', () => {
  const signIn = (seq: number, subject: string) =>
    sampleEntry(seq, { kind: 'signed-in', data: { subject } });
  const again = (...subjects: string[]) =>
    groupEntries(subjects.map((subject, i) => signIn(i + 1, subject))).flatMap((item) =>
      item.kind === 'boundary' ? [item.again] : [],
    );
  assert.deepEqual(again('u-1', 'u-1'), [false, true]);
  assert.deepEqual(again('u-1', 'u-2'), [false, false]);
});

test('an assignment that comes with a joining is told once', () => {
  const assigned = sampleEntry(1, { kind: 'assigned', from: { role: 'system' } });
  const joined = sampleEntry(2, { kind: 'joined', from: agent });
  assert.deepEqual(shape(groupEntries([assigned, joined])), ['day', 'event']);
  assert.deepEqual(shape(groupEntries([assigned])), ['day', 'event']);
});

test('each day has its separator', () => {
  const nextDay = sampleEntry(2, { at: '2026-11-24T09:00:00.000Z' });
  assert.deepEqual(shape(groupEntries([sampleEntry(1), nextDay])), ['day', '1', 'day', '2']);
});

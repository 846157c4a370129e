import assert from 'node:assert/strict';
import { test } from 'node:test';
import { sampleConversation } from '../testing/samples.ts';
import { countViews, inView, parseView, sorted } from './view.ts';

const mine = sampleConversation('a', { openedAt: '2026-11-22T09:00:02.000Z', priority: 5 });
const free = sampleConversation('b', {
  assignee: null,
  queue: 'Guests',
  priority: null,
  identity: { state: 'anonymous' },
  openedAt: '2026-11-22T09:00:01.000Z',
});
const closed = sampleConversation('c', { state: 'closed' });

test('closed conversations are in no view and in no count', () => {
  assert.equal(inView({ kind: 'all' }, closed, 'maria'), false);
  const counts = countViews([mine, free, closed], 'maria');
  assert.deepEqual([counts.mine, counts.unassigned, counts.all], [1, 1, 2]);
  assert.equal(counts.queues.get('Guests'), 1);
  assert.equal(counts.identity.verified, 1);
});

test('unknown views lead to the own conversations', () => {
  assert.deepEqual(parseView('everything', undefined), { kind: 'mine' });
  assert.deepEqual(parseView('identity', 'refused'), { kind: 'mine' });
  assert.deepEqual(parseView('queue', 'Guests'), { kind: 'queue', name: 'Guests' });
});

test('the orders: age, and priority with the smaller number first and none last', () => {
  const ids = (items: { id: string }[]) => items.map((item) => item.id);
  assert.deepEqual(ids(sorted([mine, free], 'longest-waiting')), ['b', 'a']);
  assert.deepEqual(ids(sorted([free, mine], 'priority')), ['a', 'b']);
});

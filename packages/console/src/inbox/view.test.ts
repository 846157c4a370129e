import assert from 'node:assert/strict';
import { test } from 'node:test';
import { sampleConversation } from '../testing/samples.ts';
import { holdPlace, inView, listed, parseView, viewQuery } from './view.ts';

const at = (second: number) => `2026-11-22T09:00:0${second}.000Z`;
const mine = sampleConversation('a', { openedAt: at(2), priority: 5 });
const free = sampleConversation('b', {
  assignee: null,
  queue: 'Guests',
  priority: null,
  identity: { state: 'anonymous' },
  openedAt: at(1),
});
const closed = sampleConversation('c', { state: 'closed' });
const all = { kind: 'all' } as const;
const ids = (items: { id: string }[]) => items.map((item) => item.id);

test('closed conversations are in no view', () => {
  assert.equal(inView(all, closed, 'maria'), false);
});

test('unknown views lead to the own conversations', () => {
  assert.deepEqual(parseView('everything', undefined), { kind: 'mine' });
  assert.deepEqual(parseView('identity', 'refused'), { kind: 'mine' });
  assert.deepEqual(parseView('queue', 'Guests'), { kind: 'queue', name: 'Guests' });
});

test('a view is asked for by its kind, its name and the order', () => {
  const query = viewQuery({ kind: 'identity', state: 'lapsed' }, 'newest');
  assert.deepEqual(query, { view: 'identity', name: 'lapsed', sort: 'newest' });
  assert.deepEqual(viewQuery(all, 'priority'), { view: 'all', sort: 'priority' });
});

test('the orders: age, age reversed, and priority with the smaller number first and none last', () => {
  const inOrder = (sort: Parameters<typeof listed>[2]) =>
    ids(listed([mine, free, closed], all, sort, 'maria', null));
  assert.deepEqual(inOrder('longest-waiting'), ['b', 'a']);
  assert.deepEqual(inOrder('newest'), ['a', 'b']);
  assert.deepEqual(inOrder('priority'), ['a', 'b']);
});

test('what lies behind the pages that were read is not listed', () => {
  assert.deepEqual(ids(listed([mine, free], all, 'longest-waiting', 'maria', free)), ['b']);
});

test('somebody who has scrolled keeps their place: what is new above is counted, below it is shown', () => {
  const items = ['new', 'x', 'y', 'z'].map((id) => sampleConversation(id));
  const { held, fresh } = holdPlace(['y', 'gone', 'x'], items);
  assert.deepEqual(ids(held), ['y', 'x', 'z']);
  assert.equal(fresh, 1);
});

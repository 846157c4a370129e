import assert from 'node:assert/strict';
import { test } from 'node:test';
import { initialState } from '../live/workspace-state.ts';
import { sampleConversation, sampleMe } from '../testing/samples.ts';
import { nextOf } from './use-next-conversation.ts';

const at = (second: number) => `2026-11-22T09:00:0${second}.000Z`;
const conversations = [
  sampleConversation('done', { openedAt: at(0) }),
  sampleConversation('notes', { openedAt: at(0), state: 'wrap-up' }),
  sampleConversation('other', { openedAt: at(0), assignee: { id: 'tom', name: 'Tom' } }),
  sampleConversation('read', { openedAt: at(1) }),
  sampleConversation('unread', { openedAt: at(3) }),
  sampleConversation('older unread', { openedAt: at(2) }),
];
const state = {
  ...initialState(sampleMe()),
  conversations: new Map(conversations.map((item) => [item.id, item])),
  reading: new Map(
    conversations.map(({ id }) => [id, { counted: 1, unread: id.includes('unread') ? 1 : 0 }]),
  ),
};

test('the next one is mine, active, and has waited longest for an answer', () => {
  assert.equal(nextOf(state, 'done')?.id, 'older unread');
});

test('after the last one there is none', () => {
  assert.equal(nextOf(initialState(sampleMe()), 'done'), undefined);
});

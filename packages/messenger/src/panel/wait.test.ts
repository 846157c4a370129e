import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { ChatMessage, ChatNotice } from '@countersign/transport';
import { isUnanswered } from './wait.ts';

const common = { id: 'i', key: 'k', at: '2026-11-24T09:00:00.000Z' };
const message = (direction: 'inbound' | 'outbound', bot = false): ChatMessage => ({
  ...{ ...common, kind: 'message', direction, bot, text: 'x', content: [] },
  authenticated: false,
  delivery: { kind: 'sent' },
});
const end: ChatNotice = {
  ...{ ...common, kind: 'notice', direction: 'outbound' },
  presence: 'Disconnect',
  readOnly: false,
};

test('who has said something and has heard nothing, or only a bot, waits', () => {
  assert.equal(isUnanswered([]), false);
  assert.equal(isUnanswered([message('inbound')]), true);
  assert.equal(isUnanswered([message('inbound'), message('outbound', true)]), true);
  assert.equal(isUnanswered([message('inbound'), message('outbound')]), false);
});

test('what was before the last end does not count', () => {
  const before = [message('inbound'), message('outbound'), end];
  assert.equal(isUnanswered(before), false);
  assert.equal(isUnanswered([...before, message('inbound')]), true);
});

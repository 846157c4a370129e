import assert from 'node:assert/strict';
import { test } from 'node:test';
import { applyFrame } from '../live/apply-frame.ts';
import { initialState } from '../live/workspace-state.ts';
import { sampleConversation, sampleEntry, sampleMe } from '../testing/samples.ts';
import { newAlerts } from './new-alerts.ts';

const conversation = sampleConversation('c1');
const begun = applyFrame(initialState(sampleMe()), { type: 'conversation', conversation }, 0);
const kinds = (frame: Parameters<typeof applyFrame>[1], state = begun) =>
  newAlerts(state, applyFrame(state, frame, 0)).map(({ kind }) => kind);

test('a message for me, an offer and a mention draw attention', () => {
  const entry = sampleEntry(2);
  assert.deepEqual(kinds({ type: 'entry', conversation: 'c1', entry }), ['message']);
  assert.deepEqual(kinds({ type: 'mention', conversation: 'c1', entry }), ['mention']);
  const offered = sampleConversation('c2', { state: 'offered', assignee: null });
  const offer = { conversation: offered, expiresAt: '2099-01-01T00:00:00.000Z', seconds: 60 };
  assert.deepEqual(kinds({ type: 'offer', offer }), ['offer']);
});

test('what is on screen, and my own words, draw none', () => {
  const viewing = { ...begun, viewing: 'c1' };
  const entry = sampleEntry(2);
  assert.deepEqual(kinds({ type: 'entry', conversation: 'c1', entry }, viewing), []);
  assert.deepEqual(kinds({ type: 'mention', conversation: 'c1', entry }, viewing), []);
  const own = sampleEntry(2, { from: { role: 'agent', id: 'maria' } });
  assert.deepEqual(kinds({ type: 'entry', conversation: 'c1', entry: own }), []);
});

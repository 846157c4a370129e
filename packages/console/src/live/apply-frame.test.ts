import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Conversation, LiveFrame } from '@countersign/protocol';
import { sampleConversation, sampleCounts, sampleEntry, sampleMe } from '../testing/samples.ts';
import { applyFrame } from './apply-frame.ts';
import { beginPage, endPage, forgetConversations } from './listing.ts';
import { initialState, type WorkspaceState } from './workspace-state.ts';

const begun = initialState(sampleMe());
const after = (state: WorkspaceState, ...frames: LiveFrame[]): WorkspaceState =>
  frames.reduce((now, frame) => applyFrame(now, frame, 0), state);
const pageOf = (...items: Conversation[]) => ({ items, counts: sampleCounts() });
const listed = (...ids: string[]) =>
  endPage(begun, pageOf(...ids.map((id) => sampleConversation(id))));
const entryFrame = (seq: number, over = {}): LiveFrame => ({
  type: 'entry',
  conversation: 'c1',
  entry: sampleEntry(seq, over),
});

test('an entry moves the end, the preview and the unread count of its conversation', () => {
  const state = after(listed('c1'), entryFrame(2));
  assert.equal(state.conversations.get('c1')?.lastSeq, 2);
  assert.equal(state.conversations.get('c1')?.preview?.text, 'message 2');
  assert.equal(state.reading.get('c1')?.unread, 1);
});

test('entries repeated after a resume count once', () => {
  const frames = [entryFrame(2), entryFrame(3)];
  const state = after(listed('c1'), ...frames, ...frames);
  assert.equal(state.reading.get('c1')?.unread, 2);
});

test('what is on screen is not unread, and neither are own messages', () => {
  const viewing = { ...listed('c1'), viewing: 'c1' };
  assert.equal(after(viewing, entryFrame(2)).reading.get('c1')?.unread, 0);
  const own = entryFrame(2, { from: { role: 'agent', id: 'maria' } });
  assert.equal(after(listed('c1'), own).reading.get('c1')?.unread, 0);
});

test('a late conversation frame does not take the log back', () => {
  const frame: LiveFrame = { type: 'conversation', conversation: sampleConversation('c1') };
  const state = after(listed('c1'), entryFrame(5), frame);
  assert.equal(state.conversations.get('c1')?.lastSeq, 5);
});

test('what was true before does not come back with an answer that took longer', () => {
  const picked = sampleConversation('c1', { state: 'active', lastSeq: 4 });
  const before = sampleConversation('c1', { state: 'waiting', lastSeq: 3 });
  const frames = [picked, before].map((conversation) => ({ type: 'conversation', conversation }));
  const state = after(listed('c1'), ...(frames as LiveFrame[]));
  assert.equal(state.conversations.get('c1')?.state, 'active');
});

test('the own message on its way is replaced by its entry, whichever way that comes', () => {
  const outgoing = {
    conversation: 'c1',
    clientId: 'k1',
    kind: 'message' as const,
    text: 'Hello',
    mentions: [],
    at: '',
    state: 'failed' as const,
  };
  const waiting = { ...listed('c1'), outgoing: [outgoing] };
  assert.deepEqual(after(waiting, entryFrame(2, { clientId: 'k1' })).outgoing, []);
  assert.equal(after(waiting, entryFrame(2, { clientId: 'k2' })).outgoing.length, 1);
});

test('a message ends the typing of its writer', () => {
  const typing: LiveFrame = { type: 'typing', conversation: 'c1', from: { role: 'customer' } };
  const state = after(listed('c1'), typing);
  assert.ok(state.typing.has('c1'));
  assert.ok(!after(state, entryFrame(2)).typing.has('c1'));
});

test('offers come once and go when answered, withdrawn or taken elsewhere', () => {
  const conversation = sampleConversation('c2', { state: 'offered', assignee: null });
  const offer: LiveFrame = { type: 'offer', offer: { conversation, expiresAt: '', seconds: 30 } };
  const offered = after(begun, offer, offer);
  assert.equal(offered.offers.length, 1);
  const gone: LiveFrame = { type: 'offer-gone', conversation: 'c2', reason: 'timeout' };
  assert.equal(after(offered, gone).offers.length, 0);
  const taken: LiveFrame = { type: 'conversation', conversation: sampleConversation('c2') };
  assert.equal(after(offered, taken).offers.length, 0);
  assert.equal(after(offered, taken).offerOver, null, 'it is mine: nothing to tell');
});

test('an offer that went without an answer says why, as exactly as the node does', () => {
  const conversation = sampleConversation('c2', { state: 'offered', assignee: null });
  const offer: LiveFrame = { type: 'offer', offer: { conversation, expiresAt: '', seconds: 30 } };
  const waiting = sampleConversation('c2', { state: 'waiting', assignee: null });
  const moved = after(begun, offer, { type: 'conversation', conversation: waiting });
  assert.equal(moved.offerOver?.reason, 'withdrawn');
  const gone = after(moved, { type: 'offer-gone', conversation: 'c2', reason: 'timeout' });
  assert.equal(gone.offerOver?.reason, 'timeout');
});

test('what is no longer mine to see is forgotten whole', () => {
  const state = after(listed('c1'), { type: 'conversation-gone', conversation: 'c1' });
  assert.ok(!state.conversations.has('c1') && !state.logs.has('c1'));
});

test('what a frame brought while a page was read is newer than the page', () => {
  const reading = beginPage(listed('c1'));
  const newer = sampleConversation('c1', { queue: 'Guests' });
  const touched = after(reading, { type: 'conversation', conversation: newer });
  const state = endPage(touched, pageOf(sampleConversation('c1'), sampleConversation('c2')));
  assert.equal(state.conversations.get('c1')?.queue, 'Guests');
  assert.ok(state.conversations.has('c2'));
});

test('an entry that came while a page was read is not taken back by it', () => {
  const state = endPage(
    after(beginPage(listed('c1')), entryFrame(5)),
    pageOf(sampleConversation('c1')),
  );
  assert.equal(state.conversations.get('c1')?.lastSeq, 5);
  assert.equal(state.reading.get('c1')?.unread, 1);
});

test('after frames were missed only what is on screen is kept until the lists are read', () => {
  const state = forgetConversations({ ...listed('old', 'c1'), viewing: 'c1' });
  assert.deepEqual([...state.conversations.keys()], ['c1']);
});

test('a page brings what is unread, of what is mine and not on screen', () => {
  const unreadOf = (over: Partial<Conversation>, viewing: string | null = null) => {
    const item = sampleConversation('c1', { lastSeq: 4, unread: 3, ...over });
    return endPage({ ...begun, viewing }, pageOf(item)).reading.get('c1')?.unread;
  };
  assert.equal(unreadOf({}), 3);
  assert.equal(unreadOf({ assignee: null }), 0);
  assert.equal(unreadOf({}, 'c1'), 0);
});

test('counts, viewers and mentions are kept; a mention on screen needs no notice', () => {
  const counts = { ...sampleCounts(), mine: 7 };
  const agents = [{ id: 'tom', name: 'Tom Weber', typing: true }];
  const mention: LiveFrame = { type: 'mention', conversation: 'c1', entry: sampleEntry(2) };
  const state = after(
    listed('c1'),
    { type: 'counts', counts },
    { type: 'viewers', conversation: 'c1', agents },
    mention,
    mention,
  );
  assert.equal(state.counts?.mine, 7);
  assert.deepEqual(state.viewers.get('c1'), agents);
  assert.equal(state.mentions.length, 1);
  assert.equal(after({ ...listed('c1'), viewing: 'c1' }, mention).mentions.length, 0);
});

test('the own presence and load follow the feed', () => {
  const frame: LiveFrame = {
    type: 'presence',
    agent: { id: 'maria', name: 'Maria Santos' },
    presence: 'busy',
    load: 60,
    capacity: 100,
  };
  assert.equal(after(begun, frame).me.presence, 'busy');
});

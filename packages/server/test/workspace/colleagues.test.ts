// What agents hear of each other: who views what, who is named in a note.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import type { Entry, LiveFrame } from '@countersign/protocol';
import { conversationOf, type Live, type Office, openOffice, PICK, type Staff } from './office.ts';

let office: Office;
let maria: Staff;
let tom: Staff;
let ines: Staff;

before(async () => {
  office = await openOffice();
  ({ maria, tom, ines } = await office.staff());
});
after(() => office.close());

const idOf = async (text: string): Promise<string> => (await conversationOf(ines, text)).id;

type Viewers = Extract<LiveFrame, { type: 'viewers' }>;
const viewersOf = (live: Live) => live.frames.filter((f): f is Viewers => f.type === 'viewers');

/** Names of who else views, in the newest frame; waits until they are these. */
async function viewed(live: Live, names: string[]): Promise<Viewers> {
  return live.until((frame) => {
    const last = viewersOf(live).at(-1);
    const shown = last?.agents.map(({ name }) => name).join();
    return frame === last && shown === names.join();
  });
}

test('each sees who else has a conversation open and types, and never themselves', async () => {
  await office.guest('Who looks at this?');
  const id = await idOf('Who looks at this?');
  const [liveMaria, liveTom] = [await maria.live(), await tom.live()];
  liveMaria.send({ type: 'viewing', conversation: id });
  liveTom.send({ type: 'viewing', conversation: id });
  const frame = await viewed(liveMaria, ['Tom Weber']);
  assert.deepEqual(frame, {
    type: 'viewers',
    conversation: id,
    agents: [{ id: tom.id, name: 'Tom Weber', typing: false }],
  });
  await viewed(liveTom, ['Maria Santos']);
  liveTom.send({ type: 'viewing', conversation: id, typing: true });
  await liveMaria.until((f) => f.type === 'viewers' && f.agents[0]?.typing === true);
  const second = await tom.live();
  second.send({ type: 'viewing', conversation: id });
  liveTom.send({ type: 'viewing', conversation: null });
  await liveMaria.until((f) => f === viewersOf(liveMaria).at(-1) && f.agents[0]?.typing === false);
  await second.close();
  await viewed(liveMaria, []);
});

test('a viewer who says nothing for 30 s is gone', async () => {
  await office.guest('Is anybody there?');
  const id = await idOf('Is anybody there?');
  const [liveMaria, liveTom] = [await maria.live(), await tom.live()];
  liveTom.send({ type: 'viewing', conversation: id });
  liveMaria.send({ type: 'viewing', conversation: id });
  await viewed(liveMaria, ['Tom Weber']);
  office.clock.advance(29_000);
  liveMaria.send({ type: 'viewing', conversation: id });
  office.clock.advance(1_000);
  await viewed(liveMaria, []);
});

test('Invariant 8: who may not see a conversation neither views it nor hears who does', async () => {
  const canary = `canary ${Math.random()}`;
  await office.guest(canary, PICK);
  const id = await idOf(canary);
  const [liveMaria, liveTom, liveInes] = [await maria.live(), await tom.live(), await ines.live()];
  liveMaria.send({ type: 'viewing', conversation: id });
  liveTom.send({ type: 'viewing', conversation: id });
  liveInes.send({ type: 'viewing', conversation: id });
  const frame = await viewed(liveTom, ['Ines Duarte']);
  assert.deepEqual(
    frame.agents.map(({ id: agent }) => agent),
    [ines.id],
    'Maria does not view it',
  );
  await tom.call('POST', `/api/conversations/${id}/messages`, {
    ...{ kind: 'note', text: 'look', clientId: 'x', mentions: [maria.id, ines.id] },
  });
  await liveInes.until((f) => f.type === 'mention' && f.conversation === id);
  // What Maria is told next, she is told after what she must not hear
  await office.guest('something Maria may see');
  await liveMaria.until((f) => f.type === 'conversation' && f.conversation.queue === 'Guests');
  assert.doesNotMatch(JSON.stringify(liveMaria.frames), new RegExp(id));
});

test('A04 who loses sight of a conversation views it no more', async () => {
  await office.guest('Moves to Tom');
  const id = await idOf('Moves to Tom');
  await maria.call('POST', `/api/conversations/${id}/pick`);
  const [liveMaria, liveTom] = [await maria.live(), await tom.live()];
  liveMaria.send({ type: 'viewing', conversation: id });
  liveTom.send({ type: 'viewing', conversation: id });
  await viewed(liveTom, ['Maria Santos']);
  await maria.call('POST', `/api/conversations/${id}/transfer`, { queue: 'Only Tom' });
  await viewed(liveTom, []);
  const told = viewersOf(liveMaria).length;
  liveTom.send({ type: 'viewing', conversation: id, typing: true });
  await office.guest('another for Maria');
  await liveMaria.until((f) => f.type === 'conversation' && f.conversation.queue === 'Guests');
  assert.equal(viewersOf(liveMaria).length, told);
});

test('a note that names agents tells them at once; a resend tells nobody again', async () => {
  await office.guest('Who knows boots?');
  const id = await idOf('Who knows boots?');
  const [liveMaria, liveTom] = [await maria.live(), await tom.live()];
  const note = { kind: 'note', text: '@Tom boots?', clientId: 'b', mentions: [tom.id, tom.id] };
  const path = `/api/conversations/${id}/messages`;
  const { body } = await maria.call<Entry>('POST', path, note);
  assert.deepEqual(body.data, { mentions: [tom.id] });
  const frame = await liveTom.until((f) => f.type === 'mention' && f.conversation === id);
  assert.ok(frame.type === 'mention');
  assert.deepEqual([frame.entry.id, frame.entry.text], [body.id, '@Tom boots?']);
  assert.equal((await maria.call<Entry>('POST', path, note)).body.id, body.id);
  await maria.call('POST', path, { ...note, text: 'and laces', clientId: 'c' });
  await liveTom.until((f) => f.type === 'mention' && f.entry.text === 'and laces');
  const told = liveTom.frames.filter(({ type }) => type === 'mention').length;
  assert.equal(told, 2);
  assert.ok(!liveMaria.frames.some(({ type }) => type === 'mention'));
});

test('a mention of nobody known, or in a message, is refused, and nothing is written', async () => {
  await office.guest('Refused?');
  const id = await idOf('Refused?');
  await maria.call('POST', `/api/conversations/${id}/pick`);
  const path = `/api/conversations/${id}/messages`;
  const before = (await maria.call('GET', `/api/conversations/${id}`)).body.lastSeq;
  const stranger = '01980000-0000-7000-8000-000000000000';
  const note = { kind: 'note', text: 'x', clientId: 'r' };
  const unknown = await maria.call('POST', path, { ...note, mentions: [stranger] });
  assert.deepEqual([unknown.status, unknown.body.code], [400, 'unknown_agent']);
  const message = { text: 'x', clientId: 'r', mentions: [tom.id] };
  const said = await maria.call('POST', path, message);
  assert.deepEqual([said.status, said.body.code], [400, 'mention_in_message']);
  assert.equal((await maria.call('GET', `/api/conversations/${id}`)).body.lastSeq, before);
});

test('counts and queues are told when they change, to each what they may see', async () => {
  const [liveMaria, liveTom] = [await maria.live(), await tom.live()];
  await office.guest('Counted for Tom', PICK);
  const counts = await liveTom.until(
    (f) => f.type === 'counts' && (f.counts.queues['Only Tom'] ?? 0) >= 3,
  );
  assert.ok(counts.type === 'counts');
  await liveTom.until((f) => f.type === 'queue' && f.queue === 'Only Tom' && f.waiting >= 2);
  await office.guest('Counted for both');
  await liveMaria.until((f) => f.type === 'conversation');
  await liveMaria.until((f) => f.type === 'queue' && f.queue === 'Guests');
  assert.ok(!JSON.stringify(liveMaria.frames).includes('Only Tom'));
});

import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import type { Conversation } from '@countersign/protocol';
import { type Live, type Office, openOffice, PICK } from './office.ts';

const CONVERSATIONS = 8;
const CHANGES = 12;

let office: Office;
before(async () => {
  office = await openOffice();
});
after(() => office.close());

const toldOf = (live: Live, id: string): Conversation[] =>
  live.frames.flatMap((frame) =>
    frame.type === 'conversation' && frame.conversation.id === id ? [frame.conversation] : [],
  );

test('what changes many times at once is told in its order, and last as it is', async () => {
  const [ines, maria, tom] = [
    await office.signIn('ines'),
    await office.signIn('maria'),
    await office.signIn('tom'),
  ];
  const live = await ines.live();
  for (let n = 0; n < CONVERSATIONS; n += 1) await office.guest(`Change me ${n}`, PICK);
  const { body } = await ines.call('GET', '/api/conversations?limit=200');
  const ids = body.items.map(({ id }) => id);
  assert.equal(ids.length, CONVERSATIONS);
  await Promise.all(
    ids.map(async (id) => {
      for (let n = 0; n < CHANGES; n += 1) {
        const agent = n % 2 === 0 ? maria.id : tom.id;
        const { status } = await ines.call('POST', `/api/conversations/${id}/assign`, { agent });
        assert.equal(status, 200);
      }
    }),
  );
  for (const id of ids) {
    const { body: now } = await ines.call('GET', `/api/conversations/${id}`);
    await live.until(
      (frame) =>
        frame.type === 'conversation' &&
        frame.conversation.id === id &&
        frame.conversation.lastSeq === now.lastSeq,
    );
    const told = toldOf(live, id);
    assert.equal(told.at(-1)?.assignee?.id, tom.id);
    const places = told.map(({ lastSeq }) => lastSeq);
    assert.deepEqual(
      places,
      places.toSorted((a, b) => a - b),
    );
  }
});

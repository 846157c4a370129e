import assert from 'node:assert/strict';
import { test } from 'node:test';
import { sampleEntry, sampleMe } from '../testing/samples.ts';
import { Outbox } from './outbox.ts';
import { Store } from './store.ts';
import { initialState } from './workspace-state.ts';

/** Answers when it is told to, and notes what it was asked for. */
function slowNode() {
  const asked: string[] = [];
  const answers: { resolve: () => void; reject: (error: Error) => void }[] = [];
  return {
    asked,
    answers,
    send: async (_conversation: string, { text = '' }: { text?: string }) => {
      asked.push(text);
      const { promise, ...answer } = Promise.withResolvers<void>();
      answers.push(answer);
      await promise;
      return sampleEntry(asked.length, { text });
    },
  };
}

test('the messages of a conversation leave one after the other, those of another at once', async () => {
  const store = new Store(initialState(sampleMe()));
  const node = slowNode();
  const outbox = new Outbox(store, () => {}, node.send);
  const sent = ['one', 'two', 'three'].map((text) => outbox.send('c1', 'message', text));
  const elsewhere = outbox.send('c2', 'message', 'elsewhere');
  assert.equal(store.get().outgoing.length, 4);
  await Promise.resolve();
  assert.deepEqual(node.asked, ['one', 'elsewhere']);

  node.answers[0]?.resolve();
  await sent[0];
  assert.deepEqual(node.asked, ['one', 'elsewhere', 'two']);
  // What fails is there to be sent again, and keeps nothing back
  node.answers[2]?.reject(new Error('away'));
  await sent[1];
  assert.deepEqual(node.asked, ['one', 'elsewhere', 'two', 'three']);
  assert.deepEqual(store.get().outgoing.find(({ text }) => text === 'two')?.state, 'failed');
  node.answers[1]?.resolve();
  node.answers[3]?.resolve();
  await Promise.all([...sent, elsewhere]);
});

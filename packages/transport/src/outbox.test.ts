import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { standardEnvironment } from './environment.ts';
import { createOutbox } from './outbox.ts';
import { memoryStore } from './store.ts';

const environment = standardEnvironment();

test('what is not acknowledged outlives the page, in order and under the same ids', () => {
  const store = memoryStore();
  const first = createOutbox(store, environment);
  const ids = ['one', 'two', 'three'].map((text) => first.add(text).id);
  first.remove(ids[1] ?? '');
  const later = createOutbox(store, environment);
  assert.deepEqual(
    later.drafts.map(({ id, text }) => [id, text]),
    [
      [ids[0], 'one'],
      [ids[2], 'three'],
    ],
  );
});

test('files stay with their message', () => {
  const store = memoryStore();
  const content = [{ contentType: 'Attachment', attachment: { id: 'f1' } }];
  createOutbox(store, environment).add('', undefined, content);
  assert.deepEqual(createOutbox(store, environment).drafts[0]?.content, content);
});

test('an empty outbox leaves nothing in the store', () => {
  const store = memoryStore();
  const outbox = createOutbox(store, environment);
  outbox.remove(outbox.add('one').id);
  assert.equal(store.get('outbox'), null);
  outbox.add('two');
  outbox.clear();
  assert.equal(store.get('outbox'), null);
});

test('whatever the store holds, an outbox comes of it', () => {
  fc.assert(
    fc.property(fc.oneof(fc.string(), fc.json()), (kept) => {
      const store = memoryStore();
      store.set('outbox', kept);
      for (const { id, at, text } of createOutbox(store, environment).drafts)
        assert.ok([id, at, text].every((value) => typeof value === 'string'));
    }),
  );
});

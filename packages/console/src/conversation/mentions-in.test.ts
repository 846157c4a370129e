import assert from 'node:assert/strict';
import { test } from 'node:test';
import { mentionsIn } from './mentions-in.ts';

const agents = [
  { id: 'tom', name: 'Tom Weber' },
  { id: 'maria', name: 'Maria' },
  { id: 'odd', name: 'O. (Night)' },
];
const named = (text: string) => mentionsIn(text, agents).map(({ id }) => id);

test('whoever is named whole after the sign is mentioned, once', () => {
  assert.deepEqual(named('@Tom Weber look, @Tom Weber'), ['tom']);
  assert.deepEqual(named('Thanks\n@O. (Night), @Maria.'), ['maria', 'odd']);
});

test('half a name, a longer name and an address mention nobody', () => {
  assert.deepEqual(named('@Tom, @Mariana, mail@Maria'), []);
});

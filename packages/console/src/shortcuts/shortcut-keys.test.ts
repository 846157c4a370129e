import assert from 'node:assert/strict';
import { test } from 'node:test';
import { defaultKeys, isSingleKey, keysWith, shortcutNames, takenBy } from './shortcut-keys.ts';

test('no two shortcuts begin with the same key, and every one is listed', () => {
  assert.equal(new Set(Object.values(defaultKeys)).size, shortcutNames.length);
  assert.deepEqual([...shortcutNames].toSorted(), Object.keys(defaultKeys).toSorted());
});

test('a chosen key takes the place of the usual one; what is unfit is left out', () => {
  const keys = keysWith({ next: 'n', previous: 'Enter', reply: 7, unknown: 'q' });
  assert.equal(keys.next, 'n');
  assert.equal(keys.previous, 'k');
  assert.equal(keys.reply, 'r');
});

test('a key that another shortcut has is told by name', () => {
  assert.equal(takenBy(keysWith({}), 'next', 'r'), 'reply');
  assert.equal(takenBy(keysWith({}), 'next', 'j'), null);
});

test('keys with a name, and the space, are no single keys', () => {
  assert.deepEqual(['ă', '?', 'Enter', ' '].map(isSingleKey), [true, true, false, false]);
});

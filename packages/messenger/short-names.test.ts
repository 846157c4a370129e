import assert from 'node:assert/strict';
import { test } from 'node:test';
import { shortNames } from './short-names.ts';
import { aroundStrings } from './src/panel/around-strings.ts';
import { en } from './src/panel/strings.ts';

const names = Object.keys(shortNames.cache);

test('every name has a short one of its own', () => {
  assert.equal(new Set(names).size, names.length);
  assert.equal(new Set(Object.values(shortNames.cache)).size, names.length);
});

test('no sentence is called like it: other languages come from files that the build does not change', () => {
  const sentences = new Set([...Object.keys(en), ...Object.keys(aroundStrings('en'))]);
  assert.deepEqual(
    names.filter((name) => sentences.has(name)),
    [],
  );
});

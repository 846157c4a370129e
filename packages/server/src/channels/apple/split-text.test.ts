import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { splitText } from './split-text.ts';

test('§5.1 a short text stays as it is', () => {
  assert.deepEqual(splitText('Hello.'), ['Hello.']);
  assert.deepEqual(splitText('x'.repeat(3000)), ['x'.repeat(3000)]);
});

test('§5.1 a long text is cut after sentences, else after words, else anywhere', () => {
  assert.deepEqual(splitText('One sentence. Another one! A third', 28), [
    'One sentence. Another one!',
    'A third',
  ]);
  assert.deepEqual(splitText('no sentence ends in here', 15), ['no sentence', 'ends in here']);
  assert.deepEqual(splitText('x'.repeat(25), 10), ['x'.repeat(10), 'x'.repeat(10), 'x'.repeat(5)]);
});

test('§5.1 no piece is too long, no character is cut, and nothing but spaces is lost', () => {
  const texts = fc.array(fc.constantFrom('a', ' ', '. ', '\n', '😀', 'ß', '"'), { maxLength: 200 });
  fc.assert(
    fc.property(texts, fc.integer({ min: 2, max: 40 }), (parts, maxLength) => {
      const text = parts.join('');
      const pieces = splitText(text, maxLength);
      for (const piece of pieces) assert.ok(piece.length <= maxLength && piece.isWellFormed());
      assert.equal(pieces.join('').replace(/\s/g, ''), text.replace(/\s/g, ''));
    }),
  );
});

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { findToken } from './find-token.ts';

const atEnd = (text: string) => findToken(text, text.length);

test('a sign at the beginning of a word asks for something', () => {
  assert.deepEqual(atEnd('/'), { sign: '/', query: '', start: 0 });
  assert.deepEqual(atEnd('Hello\n/#ship'), { sign: '/', query: '#ship', start: 6 });
  assert.deepEqual(atEnd('Ask @tom'), { sign: '@', query: 'tom', start: 4 });
});

test('within a word, and behind a space, it asks for nothing', () => {
  for (const text of ['and/or', 'ada@example.com', '/refund now', 'https://shop', '']) {
    assert.equal(atEnd(text), null, text);
  }
});

test('only what stands before the caret counts', () => {
  assert.deepEqual(findToken('/refund later', 4), { sign: '/', query: 'ref', start: 0 });
});

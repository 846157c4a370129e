import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { splitLinks } from './split-links.ts';

const linksIn = (text: string) => splitLinks(text).filter((_, index) => index % 2 === 1);

test('addresses become links, the punctuation after them does not', () => {
  assert.deepEqual(splitLinks('See https://shop.example/a?b=1, please.'), [
    'See ',
    'https://shop.example/a?b=1',
    ', please.',
  ]);
  assert.deepEqual(linksIn('(http://shop.example)'), ['http://shop.example']);
});

for (const text of [
  'javascript:alert(1)',
  'data:text/html,<script>alert(1)</script>',
  'vbscript:x',
  'JaVaScRiPt://shop.example/%0aalert(1)',
  'ftp://shop.example',
  'shop.example',
]) {
  test(`X02 no link: ${text}`, () => assert.deepEqual(linksIn(text), []));
}

test('X02 whatever is said: every link is http(s) to the browser too, and no text is lost', () => {
  const piece = fc.constantFrom(
    'http',
    's://',
    '://',
    'javascript:',
    ' ',
    '"',
    '<',
    '.',
    'x.example',
    '@',
    '\n',
  );
  const texts = fc.oneof(
    fc.string(),
    fc.array(piece, { maxLength: 12 }).map((all) => all.join('')),
  );
  fc.assert(
    fc.property(texts, (text) => {
      assert.equal(splitLinks(text).join(''), text);
      for (const link of linksIn(text)) assert.match(link, /^https?:\/\//);
    }),
  );
});

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { sampleQuickReply } from '../testing/samples.ts';
import { findQuickReplies } from './find-quick-replies.ts';

const replies = [
  sampleQuickReply('Refund', { locale: 'en', tags: ['money'] }),
  sampleQuickReply('Rückgabe', { locale: 'de', tags: ['money', 'return'] }),
  sampleQuickReply('Greeting', { locale: 'en' }),
  sampleQuickReply('Retur', { locale: 'ro' }),
];
const titles = (query: string, locale?: string) =>
  findQuickReplies(replies, query, locale).map(({ title }) => title);

test('the language of the customer comes first, then English, then the others', () => {
  assert.deepEqual(titles('', 'de-AT'), ['Rückgabe', 'Greeting', 'Refund', 'Retur']);
  assert.deepEqual(titles('', 'ro'), ['Retur', 'Greeting', 'Refund', 'Rückgabe']);
});

test('a part of the title finds, with or without accents; a number sign looks at tags', () => {
  assert.deepEqual(titles('gabe'), ['Rückgabe']);
  assert.deepEqual(titles('ruck'), ['Rückgabe']);
  assert.deepEqual(titles('#mon', 'de'), ['Rückgabe', 'Refund']);
  assert.deepEqual(titles('#fund'), []);
});

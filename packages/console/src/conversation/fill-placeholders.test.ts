import assert from 'node:assert/strict';
import { test } from 'node:test';
import { fillPlaceholders, openPlaceholders, type PlaceholderFacts } from './fill-placeholders.ts';

const facts: PlaceholderFacts = {
  customer: 'Ada Maria Ng',
  agent: 'Tom Weber',
  nickname: 'Tom',
  context: [
    { name: 'order', value: 'forged', origin: 'customer' },
    { name: 'order', value: 4471, origin: 'signed' },
    { name: 'trick', value: '{FullName{Agent}}', origin: 'customer' },
  ],
};

test('names of both sides and context variables are filled in', () => {
  const cases = [
    ['Hello {FirstName{Customer}}', 'Hello Ada'],
    ['{LastName{Customer}}, {FullName{Customer}}', 'Ng, Ada Maria Ng'],
    ['{FirstName{Agent}} {LastName{Agent}}', 'Tom Weber'],
    ['{FullName{Agent}} ({Nickname{Agent}})', 'Tom Weber (Tom)'],
    ['Order {OCContext.order}', 'Order 4471'],
  ] as const;
  for (const [text, expected] of cases) {
    assert.deepEqual(fillPlaceholders(text, facts), { text: expected, unknown: [] });
  }
});

test('what is not known stays visible, and is named', () => {
  const text = 'Hello {FirstName{Customer}}, {OCContext.parcel}, {ReconnectUrl{ReconnectID}}';
  const filled = fillPlaceholders(text, { ...facts, customer: null });
  assert.equal(filled.text, text);
  assert.deepEqual(filled.unknown, openPlaceholders(text));
  assert.equal(filled.unknown.length, 3);
});

test('what a customer sent is filled in as text, and not filled in again', () => {
  assert.equal(fillPlaceholders('{OCContext.trick}', facts).text, '{FullName{Agent}}');
});

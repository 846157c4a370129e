import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type Fields, faultsOf, requestOf } from './dry-run-request.ts';
import { readValues } from './read-values.ts';

const ID = '0198c0de-0000-7000-8000-000000000001';
const fields = (change: Partial<Fields>): Fields => ({
  subject: 'context',
  deployment: {
    id: 'd',
    name: 'Shop',
    workstream: 'Web',
    setting: { id: 's', name: 'Shop sign-in' },
  },
  token: '',
  conversation: '',
  values: '',
  locale: '',
  at: '',
  ...change,
});

test('values are read a line each; the first wrong line is named', () => {
  assert.deepEqual(readValues('cart = 10\n\n url = a=b '), { values: { cart: '10', url: 'a=b' } });
  assert.deepEqual(readValues('cart = 10\nnothing'), { wrongLine: 2 });
  assert.deepEqual(readValues('= 10'), { wrongLine: 1 });
  assert.deepEqual(readValues('empty ='), { values: { empty: '' } });
});

test('a token goes with the setting of its deployment', () => {
  assert.deepEqual(requestOf(fields({ subject: 'token', token: ' e30.e30.x ', locale: 'de' })), {
    deployment: 'd',
    setting: 's',
    token: 'e30.e30.x',
    locale: 'de',
    context: {},
  });
});

test('a conversation is named alone, by its id or an address that has it', () => {
  const pasted = `https://chat.example/inbox/all/${ID}?sort=newest`;
  const asked = requestOf(fields({ subject: 'conversation', conversation: pasted, values: 'a=b' }));
  assert.deepEqual(asked, { conversation: ID });
  assert.deepEqual(Object.keys(faultsOf(fields({ subject: 'conversation' }))), ['conversation']);
});

test('a token left in its field does not go along when values are tried', () => {
  assert.equal('token' in requestOf(fields({ token: 'e30.e30.x', values: 'a=b' })), false);
});

test('what is missing is said field by field', () => {
  const faults = faultsOf(fields({ subject: 'token', deployment: null, values: 'x' }));
  assert.deepEqual(Object.keys(faults), ['deployment', 'token', 'values']);
});

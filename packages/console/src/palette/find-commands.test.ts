import assert from 'node:assert/strict';
import { test } from 'node:test';
import { findCommands } from './find-commands.ts';

const run = () => {};
const commands = ['End the conversation', 'Go to Mine', 'Go to Mihai Ionescu', 'Go to Mine'].map(
  (label) => ({ label, run }),
);
const labels = (query: string) => findCommands(commands, query).map(({ label }) => label);

test('every word of the query begins a word of the label', () => {
  assert.deepEqual(labels('go mi'), ['Go to Mine', 'Go to Mihai Ionescu']);
  assert.deepEqual(labels('ion'), ['Go to Mihai Ionescu']);
  assert.deepEqual(labels('nd'), []);
});

test('without a query everything is there, each once', () => {
  assert.equal(labels('').length, 3);
});

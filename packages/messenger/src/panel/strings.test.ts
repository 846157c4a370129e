import assert from 'node:assert/strict';
import { test } from 'node:test';
import { fill, pickLanguage, stringsOf } from './strings.ts';

test('the first of the visitor’s languages that the deployment has', () => {
  assert.equal(pickLanguage(['fr-FR', 'de-CH', 'en'], ['en-us', 'de']), 'de');
});

test('none of them: the deployment’s first; nothing said: English', () => {
  assert.equal(pickLanguage(['fr'], ['ro', 'de']), 'ro');
  assert.equal(pickLanguage(['fr'], []), 'en');
});

test('what a language lacks, or one that nobody wrote, is English', () => {
  assert.equal(stringsOf('de').send, 'Senden');
  assert.equal(stringsOf('ro').continueHere, stringsOf('en').continueHere);
  assert.deepEqual(stringsOf('xx'), stringsOf('en'));
});

test('values are put in as they are, never as places of their own', () => {
  assert.equal(fill('{0} says: {1}', '{1}', '$& <b>'), '{1} says: $& <b>');
  assert.equal(fill('{0} and {1}', 'one'), 'one and ');
});

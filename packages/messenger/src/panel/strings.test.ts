import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { fill } from './fill.ts';
import { en, loadStrings, pickLanguage } from './strings.ts';

test('the first of the visitor’s languages that the deployment has', () => {
  assert.equal(pickLanguage(['fr-FR', 'de-CH', 'en'], ['en-us', 'de']), 'de');
});

test('none of them: the deployment’s first; nothing said: English', () => {
  assert.equal(pickLanguage(['fr'], ['ro', 'de']), 'ro');
  assert.equal(pickLanguage(['fr'], []), 'en');
});

test('a language that nobody wrote, or that does not arrive, is English', async () => {
  assert.equal(await loadStrings('xx'), en);
  assert.equal(await loadStrings('de'), en, 'Node fetches no files');
  assert.equal(await loadStrings('en'), en);
});

for (const language of ['de', 'ro']) {
  test(`${language}: every sentence is there, with its places for names and texts`, () => {
    const file = readFileSync(join(import.meta.dirname, `strings-${language}.json`), 'utf8');
    const strings: Record<string, string> = JSON.parse(file);
    const places = (text = '') => [...text.matchAll(/\{\d\}/g)].map(String).sort();
    assert.deepEqual(Object.keys(strings).sort(), Object.keys(en).sort());
    for (const [name, text] of Object.entries(en)) {
      assert.deepEqual(places(strings[name]), places(text), name);
    }
  });
}

test('values are put in as they are, never as places of their own', () => {
  assert.equal(fill('{0} says: {1}', '{1}', '$& <b>'), '{1} says: $& <b>');
  assert.equal(fill('{0} and {1}', 'one'), 'one and ');
});

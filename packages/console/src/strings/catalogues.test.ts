import assert from 'node:assert/strict';
import { test } from 'node:test';
import { de as adminDe } from './admin/de.ts';
import { en as adminEn } from './admin/en.ts';
import { ro as adminRo } from './admin/ro.ts';
import { de } from './de.ts';
import { en } from './en.ts';
import { pickLanguage } from './language.ts';
import { ro } from './ro.ts';

const values = [
  [0, 0, 0, 0],
  [1, 1, 1, 1],
  [20, 2, 20, 2],
  [-3, 3, 3, 3],
];

/** What is inside of an object by key, or what a function says by what it is given. */
function parts(catalogue: unknown): [name: string, value: unknown][] {
  if (typeof catalogue !== 'function') return Object.entries(catalogue ?? {});
  return values.map((given) => [String(given), Reflect.apply(catalogue, undefined, given)]);
}

/** What a catalogue says, by path; sentences with values are tried with several of them. */
function sentences(catalogue: unknown, path = ''): Map<string, string> {
  if (typeof catalogue === 'string') return new Map([[path, catalogue]]);
  const found = new Map<string, string>();
  for (const [name, value] of parts(catalogue)) {
    for (const [at, text] of sentences(value, `${path}.${name}`)) found.set(at, text);
  }
  return found;
}

/** Names, abbreviations and words that are the same in both languages. */
const same = new Set(
  'Workstreams,Countersign,VIP,OpenID Connect,Omnichannel,Apple Messages,Name,Agent,Bot,Offline,Token,ABCD-EFGH,Context,Workstream,Webhooks,Active,Browser,HTML,Status,Messenger,Domains,Scopes,React,Next.js,Vue,Angular,Supervisor,Administrator,Agent: ,Passkeys'.split(
    ',',
  ),
);

/** What stands without any word of a language: values, units, signs. */
const wordless = (text: string): boolean =>
  !/\p{L}{3,}/u.test(text.replace(/Countersign|SHA-256|VIP|\bmin\b|http\S+/g, ''));

const english = sentences({ ...en, admin: adminEn });
const others = { de: { ...de, admin: adminDe }, ro: { ...ro, admin: adminRo } };

for (const [name, catalogue] of Object.entries(others)) {
  const translated = sentences(catalogue);

  test(`${name} has every sentence of English, and none besides`, () => {
    assert.deepEqual([...translated.keys()].sort(), [...english.keys()].sort());
  });

  test(`${name} leaves nothing in English`, () => {
    const left = [...translated].filter(
      ([at, text]) => english.get(at) === text && !same.has(text) && !wordless(text),
    );
    assert.deepEqual(left, []);
  });

  test(`${name} says all that a sentence is given`, () => {
    for (const [at, text] of translated) {
      assert.doesNotMatch(text, /undefined|NaN|\[object|!| {2}/, `${at}: ${text}`);
      assert.notEqual(text.trim(), '', at);
    }
  });
}

test('Romanian has three plural forms', () => {
  assert.equal(ro.list.unread(1), '1 mesaj necitit');
  assert.equal(ro.list.unread(2), '2 mesaje necitite');
  assert.equal(ro.list.unread(19), '19 mesaje necitite');
  assert.equal(ro.list.unread(20), '20 de mesaje necitite');
  assert.equal(ro.list.unread(101), '101 mesaje necitite');
});

test('German counts in one or many, and bends after "vor"', () => {
  assert.equal(de.list.unread(1), '1 ungelesene Nachricht');
  assert.equal(de.list.unread(21), '21 ungelesene Nachrichten');
  assert.equal(de.keys.ago(de.time.days(3)), 'vor 3 Tagen');
  assert.equal(de.keys.ago(de.time.days(1)), 'vor 1 Tag');
  assert.equal(de.keys.ago(de.time.now), 'gerade eben');
});

test('the choice on this device comes first, then the languages of the browser', () => {
  assert.equal(pickLanguage('ro', ['de-DE']), 'ro');
  assert.equal(pickLanguage(null, ['fr', 'de-AT', 'en']), 'de');
  assert.equal(pickLanguage('xx', []), 'en');
  assert.equal(pickLanguage('constructor', ['toString']), 'en');
});

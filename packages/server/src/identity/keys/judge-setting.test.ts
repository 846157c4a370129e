import assert from 'node:assert/strict';
import { test } from 'node:test';
import { judgeSetting, type SettingFacts } from './judge-setting.ts';

const DAY = 86_400_000;
const NOW = Date.UTC(2026, 10, 24, 9);
const source = {
  url: 'https://shop.example/keys',
  fetchedAt: NOW - 1000,
  failing: false,
  problem: null,
  clockSkewSeconds: 0,
};
const facts = (changes: Partial<SettingFacts> = {}): SettingFacts => ({
  sources: [source],
  keys: [{ kid: 'k', verdict: 'in-use' }],
  unusable: 0,
  clockTolerance: 30,
  acceptedAt: NOW - 1000,
  refused: null,
  ...changes,
});
const failing = { ...source, failing: true, problem: 'HTTP 500' };

const cases: [string, SettingFacts, string, RegExp][] = [
  ['all well', facts(), 'green', /one of them works/],
  ['never read', facts({ sources: [{ ...failing, fetchedAt: null }] }), 'red', /HTTP 500/],
  [
    'not read for a day',
    facts({ sources: [{ ...failing, fetchedAt: NOW - 2 * DAY }] }),
    'red',
    /day/,
  ],
  ['failing, old keys in use', facts({ sources: [failing] }), 'amber', /still used/],
  ['only ended keys', facts({ keys: [{ kid: 'k', verdict: 'expired' }] }), 'red', /no key/],
  ['only unusable keys', facts({ keys: [], unusable: 1 }), 'red', /Not one/],
  ['clock ahead', facts({ sources: [{ ...source, clockSkewSeconds: 31 }] }), 'red', /31 s ahead/],
  ['clock behind', facts({ sources: [{ ...source, clockSkewSeconds: -40 }] }), 'amber', /behind/],
  [
    'not fetched',
    facts({ sources: [{ ...source, fetchedAt: null }], keys: [] }),
    'amber',
    /not fetch/,
  ],
  ['ends soon', facts({ keys: [{ kid: 'k', verdict: 'expires-soon' }] }), 'amber', /key k ends/],
  [
    'only refusals',
    facts({ acceptedAt: NOW - 2 * DAY, refused: { at: NOW - 1000, reason: 'audience' } }),
    'amber',
    /refused: audience/,
  ],
  [
    'one refusal among sign-ins',
    facts({ refused: { at: NOW - 10, reason: 'expired' } }),
    'green',
    /works/,
  ],
];

for (const [name, known, colour, why] of cases)
  test(`health: ${name}`, () => {
    const health = judgeSetting(known, NOW);
    assert.equal(health.colour, colour, health.why);
    assert.match(health.why, why);
  });

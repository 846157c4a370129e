import assert from 'node:assert/strict';
import { test } from 'node:test';
import { judgeKey, type KeyFacts } from './judge-key.ts';

const DAY = 86_400_000;
const NOW = Date.UTC(2026, 10, 24, 9);
const key = (facts: Partial<KeyFacts> = {}): KeyFacts => ({
  firstSeen: NOW - 60 * DAY,
  lastUsed: NOW - 60_000,
  expiresAt: null,
  published: true,
  ...facts,
});
const newer = key({ firstSeen: NOW - 5 * DAY });
const verdict = (facts: Partial<KeyFacts>, others: KeyFacts[] = [], longestLifeSeconds = 900) =>
  judgeKey(key(facts), others, { nowMs: NOW, longestLifeSeconds }).verdict;

test('a key is safe to retire once a newer one is used and its own last token cannot live', () => {
  assert.equal(verdict({ lastUsed: NOW - 2 * DAY }, [newer]), 'safe-to-retire');
  assert.equal(verdict({ lastUsed: null }, [newer]), 'safe-to-retire');
  assert.equal(verdict({ lastUsed: NOW - DAY + 1 }, [newer]), 'in-use', 'less than a day');
  const twoDays = (2 * DAY) / 1000;
  assert.equal(
    verdict({ lastUsed: NOW - 1.5 * DAY }, [newer], twoDays),
    'in-use',
    'tokens live on',
  );
  assert.equal(verdict({ lastUsed: NOW - 2.1 * DAY }, [newer], twoDays), 'safe-to-retire');
});

test('a newer key that is not used, gone or ended has not taken over', () => {
  for (const other of [
    { ...newer, lastUsed: null },
    { ...newer, published: false },
    { ...newer, expiresAt: NOW - 1 },
    { ...newer, firstSeen: NOW - 90 * DAY },
  ])
    assert.equal(verdict({ lastUsed: NOW - 9 * DAY }, [other]), 'in-use');
});

test('gone, ended, ending, unused', () => {
  assert.equal(verdict({ published: false, expiresAt: NOW - 1 }), 'retired');
  assert.equal(verdict({ expiresAt: NOW }), 'expired');
  assert.equal(verdict({ expiresAt: NOW + 14 * DAY - 1 }), 'expires-soon');
  assert.equal(verdict({ expiresAt: NOW + 14 * DAY }), 'in-use');
  assert.equal(verdict({ lastUsed: null }), 'unused-yet');
});

test('the sentence says when', () => {
  const { why } = judgeKey(key({ expiresAt: NOW + 3 * DAY }), [], {
    nowMs: NOW,
    longestLifeSeconds: 900,
  });
  assert.equal(why, 'It ends in 3 days. Publish the next key now, and sign with it before then.');
});

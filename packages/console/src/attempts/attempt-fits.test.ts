import assert from 'node:assert/strict';
import { test } from 'node:test';
import { AttemptFeed } from '../live/attempt-feed.ts';
import { fits } from './attempt-fits.ts';

const attempt = {
  id: 'a',
  reference: 'ABCD-EFGH',
  at: '2026-11-24T09:00:00.000Z',
  settingId: 's',
  setting: 'Shop',
  deployment: 'd',
  channel: 'web',
  outcome: 'refused' as const,
  reason: 'expired',
  subject: null,
};

test('a new attempt is of the list only when every filter fits', () => {
  assert.ok(fits(attempt, {}));
  assert.ok(fits(attempt, { outcome: 'refused', reason: 'expired', setting: 's' }));
  assert.ok(!fits(attempt, { outcome: 'accepted' }));
  assert.ok(!fits(attempt, { reason: 'nonce' }));
  assert.ok(!fits(attempt, { setting: 'Shop' }));
  assert.ok(!fits(attempt, { reference: 'AAAA-EFGH' }));
});

test('attempts are asked for while somebody looks', () => {
  const asked: boolean[] = [];
  const seen: string[] = [];
  const feed = new AttemptFeed((wanted) => asked.push(wanted));
  const listener = {
    came: ({ reference }: { reference: string }) => void seen.push(reference),
    skipped: (count: number) => void seen.push(`and ${count}`),
    missed: () => void seen.push('missed'),
  };
  const end = feed.follow(listener);
  feed.receive({ type: 'attempt', attempt });
  feed.receive({ type: 'attempts-skipped', count: 7 });
  feed.receive({ type: 'ready', cursor: '', resumed: true });
  end();
  feed.receive({ type: 'attempt', attempt });
  assert.deepEqual(seen, ['ABCD-EFGH', 'and 7', 'missed']);
  assert.deepEqual(asked, [true, false]);
});

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { auditFilter } from './audit-filter.ts';

test('a day is asked for from its midnight to the next, by the own clock', () => {
  const { from, to, section } = auditFilter({
    section: 'queues',
    from: '2026-11-24',
    to: '2026-11-24',
  });
  assert.equal(section, 'queues');
  assert.equal(from, new Date(2026, 10, 24).toISOString());
  assert.equal(to, new Date(2026, 10, 25).toISOString());
  assert.deepEqual(Object.values(auditFilter({})).filter(Boolean), []);
});

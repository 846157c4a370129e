import assert from 'node:assert/strict';
import { test } from 'node:test';
import { webhookHealth } from './webhook-health.ts';

const EARLIER = '2026-11-24T09:00:00.000Z';
const LATER = '2026-11-24T10:00:00.000Z';

test('what happened last tells how a webhook is doing', () => {
  assert.equal(webhookHealth({}), 'unused');
  assert.equal(webhookHealth({ lastSuccess: EARLIER }), 'healthy');
  assert.equal(webhookHealth({ lastSuccess: EARLIER, lastFailure: LATER }), 'failing');
  assert.equal(webhookHealth({ lastSuccess: LATER, lastFailure: EARLIER }), 'healthy');
});

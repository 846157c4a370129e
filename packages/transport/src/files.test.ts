// What a node says of files, however it says it, is a file, a refusal, or nothing.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { announceFile, filesOf, inspected } from './files.ts';
import type { Frame } from './frames.ts';

const FILE = { name: 'a.png', type: 'image/png', size: 3 };
const answering = (frame: Frame) => ({ ask: async () => frame });
const other = (name: string, body: Record<string, unknown>): Frame => ({
  kind: 'other',
  name,
  body,
  tracingId: '',
});

test('whatever a message holds, files come of it, and no address but http(s)', () => {
  const attachment = fc.record(
    { id: fc.jsonValue(), url: fc.jsonValue(), filename: fc.jsonValue(), fileSize: fc.jsonValue() },
    { requiredKeys: [] },
  );
  const item = fc.record({ attachment: fc.oneof(attachment, fc.jsonValue()) });
  fc.assert(
    fc.property(fc.array(item), (content) => {
      for (const { id, url } of filesOf({ content })) {
        assert.notEqual(id, '');
        assert.ok(url === null || /^https?:/.test(url));
      }
    }),
  );
  const evil = { attachment: { id: '1', filename: 'a', url: 'javascript:alert(1)' } };
  assert.equal(filesOf({ content: [evil] })[0]?.url, null);
});

test('an answer is an address, a refusal or a later time', async () => {
  const address = other('PresignedUrlResponse', {
    attachmentId: '1',
    url: 'https://node/u',
    headers: { 'x-amz-tagging': 'a' },
  });
  assert.deepEqual(await announceFile(answering(address), FILE), {
    kind: 'address',
    id: '1',
    url: 'https://node/u',
    headers: { 'x-amz-tagging': 'a' },
  });
  const refusal = other('GenerateUrlError', { attachmentId: '1', errorCode: 4001 });
  const refused = { kind: 'refused', code: 4001 };
  assert.deepEqual(await announceFile(answering(refusal), FILE), refused);
  const tooFast: Frame = { kind: 'throttled', retryAfter: 2, tracingId: '' };
  assert.deepEqual(await announceFile(answering(tooFast), FILE), { kind: 'later', seconds: 2 });
  const unknown = other('Newer', {});
  assert.deepEqual(await announceFile(answering(unknown), FILE), { kind: 'refused', code: 0 });
});

test('what became of an upload is read, and nothing else', () => {
  const id = { attachmentId: '1' };
  assert.deepEqual(inspected(other('UploadSuccessEvent', id)), { id: '1', code: null });
  const failure = other('UploadFailureEvent', { ...id, errorCode: 4003 });
  assert.deepEqual(inspected(failure), { id: '1', code: 4003 });
  assert.equal(inspected(other('AttachmentDeletedResponse', id)), null);
  assert.equal(inspected(other('UploadSuccessEvent', {})), null);
});

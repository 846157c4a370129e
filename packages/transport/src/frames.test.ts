// A newer or a broken server must not break a client.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { readFrame } from './frames.ts';

const CLASSES = [
  'SessionResponse',
  'StructuredMessage',
  'JwtResponse',
  'TooManyRequestsErrorMessage',
  'ErrorMessage',
  'ConnectionClosedEvent',
  'LogoutEvent',
  'string',
];

test('any JSON at all is a frame or null, never an error', () => {
  fc.assert(fc.property(fc.json(), (text) => void readFrame(text)));
  fc.assert(fc.property(fc.anything(), (data) => void readFrame(data)));
});

test('any body in a known class is a frame or null, never an error', () => {
  const body = fc.oneof(
    fc.jsonValue(),
    fc.record(
      {
        id: fc.jsonValue(),
        type: fc.constantFrom('Text', 'Event', 1),
        direction: fc.constantFrom('Inbound', 'Outbound', null),
        text: fc.jsonValue(),
        channel: fc.oneof(fc.jsonValue(), fc.record({ time: fc.string(), from: fc.jsonValue() })),
        events: fc.oneof(fc.jsonValue(), fc.array(fc.jsonValue())),
      },
      { requiredKeys: [] },
    ),
  );
  fc.assert(
    fc.property(fc.constantFrom(...CLASSES), body, fc.jsonValue(), (name, inside, tracingId) => {
      readFrame(JSON.stringify({ class: name, code: 200, body: inside, tracingId }));
    }),
  );
});

test('a frame of an unknown class is for others; one without class or code is left aside', () => {
  const body = { a: 1 };
  const newer = { class: 'Newer', code: 200, body };
  const other = { kind: 'other', name: 'Newer', body, tracingId: '' };
  assert.deepEqual(readFrame(JSON.stringify(newer)), other);
  for (const frame of [{ class: 'string', body: 'x' }, { code: 200 }])
    assert.equal(readFrame(JSON.stringify(frame)), null);
});

test('a message may have files and no text; with neither it is none', () => {
  const read = (more: object) =>
    readFrame(
      JSON.stringify({
        class: 'StructuredMessage',
        code: 200,
        body: { id: 'm1', direction: 'Inbound', channel: { time: '2026-03-02' }, ...more },
      }),
    );
  const content = [{ contentType: 'Attachment', attachment: { id: 'f1' } }];
  const found = read({ content: [...content, { contentType: 'Card' }] });
  assert.ok(found?.kind === 'entry' && found.entry.kind === 'message');
  assert.deepEqual([found.entry.text, found.entry.content], ['', content]);
  assert.equal(read({ content: [{ contentType: 'Card' }] }), null);
});

test('a message is read with its names; an unreadable time makes it none', () => {
  const frame = (time: string) =>
    readFrame(
      JSON.stringify({
        type: 'message',
        class: 'StructuredMessage',
        code: 200,
        body: {
          id: 'm1',
          type: 'Text',
          text: 'Hello',
          direction: 'Outbound',
          channel: { time, from: { nickname: 'Maria' } },
        },
      }),
    );
  const read = frame('2026-03-02T10:20:00.000Z');
  assert.ok(read?.kind === 'entry' && read.entry.kind === 'message');
  assert.deepEqual([read.entry.from, read.entry.text, read.tracingId], ['Maria', 'Hello', '']);
  assert.equal(frame('yesterday'), null);
});

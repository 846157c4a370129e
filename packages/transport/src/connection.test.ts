// The line's own sign of life, on a clock that the test moves.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { movedClock } from '../test/moved-clock.ts';
import { openConnection } from './connection.ts';
import type { SocketLike } from './environment.ts';

function connected() {
  const clock = movedClock();
  const sent: { action: string; tracingId: string }[] = [];
  const socket: SocketLike = {
    ...{ onopen: null, onmessage: null, onclose: null, onerror: null },
    send: (data) => sent.push(JSON.parse(data)),
    close: () => {},
  };
  const heard: string[] = [];
  openConnection(
    'ws://node.example/v1',
    { ...clock.environment, webSocket: () => socket },
    {
      opened: () => heard.push('opened'),
      frame: ({ kind }) => heard.push(kind),
      lost: () => heard.push('lost'),
    },
  );
  socket.onopen?.();
  return { clock, sent, heard, socket };
}

/** As a node answers an echo (Guest API, section 4.7). */
const pong = (tracingId: string) => ({
  data: JSON.stringify({
    ...{ type: 'response', class: 'StructuredMessage', code: 200, tracingId },
    body: {
      ...{ id: 'echo-1', type: 'Text', direction: 'Inbound', text: 'ping' },
      channel: { time: '2026-03-02T10:16:00.000Z' },
    },
  }),
});

test('silence is asked about, and the answer is nobody’s message', async () => {
  const { clock, sent, heard, socket } = connected();
  await clock.advance(40_000);
  assert.deepEqual(
    sent.map(({ action }) => action),
    ['echo'],
  );
  socket.onmessage?.(pong(sent[0]?.tracingId ?? ''));
  await clock.advance(39_999);
  assert.deepEqual(heard, ['opened']);
  socket.onmessage?.(pong('of somebody else'));
  assert.deepEqual(heard, ['opened', 'entry']);
});

test('without an answer the line is dead after ten seconds', async () => {
  const { clock, heard } = connected();
  await clock.advance(49_999);
  assert.deepEqual(heard, ['opened']);
  await clock.advance(1);
  assert.deepEqual(heard, ['opened', 'lost']);
});

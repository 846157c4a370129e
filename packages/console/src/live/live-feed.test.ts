import assert from 'node:assert/strict';
import { once } from 'node:events';
import { after, before, test } from 'node:test';
import type { LiveFrame } from '@countersign/protocol';
import { type WebSocket as ServerSocket, WebSocketServer } from 'ws';
import { type FeedStatus, LiveFeed, readFrame, retryDelayMs } from './live-feed.ts';

let server: WebSocketServer;
let url: string;

before(async () => {
  server = new WebSocketServer({ host: '127.0.0.1', port: 0 });
  await once(server, 'listening');
  const address = server.address();
  assert.ok(typeof address === 'object' && address !== null);
  url = `ws://127.0.0.1:${address.port}`;
});
after(() => server.close());

/** The next connection, with its first frame. */
async function nextConnection(): Promise<{ socket: ServerSocket; first: unknown }> {
  const [socket] = await once(server, 'connection');
  const [data] = await once(socket, 'message');
  return { socket, first: JSON.parse(String(data)) };
}

function feedWithRecord() {
  const frames: LiveFrame[] = [];
  const statuses: FeedStatus[] = [];
  const waiters: { type: string; done: () => void }[] = [];
  const feed = new LiveFeed({
    url,
    random: () => 0,
    onStatus: (status) => statuses.push(status),
    onFrame: (frame) => {
      frames.push(frame);
      for (const waiter of waiters) if (waiter.type === frame.type) waiter.done();
    },
  });
  const seen = (type: LiveFrame['type']) =>
    new Promise<void>((done) => waiters.push({ type, done }));
  return { feed, frames, statuses, seen };
}

test('a first connection starts, a lost one resumes from the last cursor and follows again', async () => {
  const { feed, statuses, seen } = feedWithRecord();
  const first = nextConnection();
  feed.start();
  const one = await first;
  assert.deepEqual(one.first, { type: 'start' });
  const cursor = seen('cursor');
  one.socket.send(JSON.stringify({ type: 'ready', cursor: 'a', resumed: false }));
  one.socket.send(JSON.stringify({ type: 'cursor', cursor: 'b' }));
  await cursor;
  const followed = once(one.socket, 'message');
  feed.follow('c1', 7);
  const follow = { type: 'follow', conversation: 'c1', after: 7 };
  assert.deepEqual(JSON.parse(String((await followed)[0])), follow);

  const second = nextConnection();
  one.socket.terminate();
  const two = await second;
  assert.deepEqual(two.first, { type: 'resume', since: 'b' });
  assert.ok(statuses.some((status) => status.state === 'offline' && status.tries === 1));
  const again = once(two.socket, 'message');
  two.socket.send(JSON.stringify({ type: 'ready', cursor: 'c', resumed: true }));
  assert.deepEqual(JSON.parse(String((await again)[0])), follow);
  assert.deepEqual(statuses.at(-1), { state: 'live', tries: 0 });

  const closed = once(two.socket, 'close');
  feed.stop();
  await closed;
});

test('delays double up to a limit, and chance takes up to half of them', () => {
  assert.equal(
    retryDelayMs(1, () => 1),
    500,
  );
  assert.equal(
    retryDelayMs(1, () => 0),
    250,
  );
  assert.equal(
    retryDelayMs(3, () => 1),
    2000,
  );
  assert.equal(
    retryDelayMs(30, () => 1),
    20_000,
  );
});

test('frames of a newer node are passed over', () => {
  assert.equal(readFrame('{"type":"hologram"}'), null);
  assert.equal(readFrame('[]'), null);
  assert.deepEqual(readFrame('{"type":"cursor","cursor":"x"}'), { type: 'cursor', cursor: 'x' });
});

import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Frame, SentFile } from '@countersign/transport';
import { FileAddresses } from './file-addresses.ts';

const FILE: SentFile = {
  id: '1',
  name: 'a.png',
  type: 'image/png',
  size: 3,
  url: 'https://node/1',
};

function world(url: string | null) {
  let now = 0;
  const asked: object[] = [];
  const frame: Frame = {
    kind: 'other',
    name: 'PresignedUrlResponse',
    body: url === null ? {} : { url },
    tracingId: '',
  };
  const line = {
    async ask(request: object) {
      asked.push(request);
      return frame;
    },
  };
  const renewed = Promise.withResolvers<void>();
  const addresses = new FileAddresses(line, () => now, renewed.resolve);
  return { addresses, asked, renewed: renewed.promise, pass: (ms: number) => (now += ms) };
}

test('an address is good for a while, then a fresh one takes its place', async () => {
  const { addresses, pass } = world('https://node/fresh');
  assert.equal(addresses.of({ ...FILE, url: null }), null, 'under way');
  assert.equal(addresses.of(FILE), 'https://node/1');
  assert.equal(addresses.isStale('1'), false);
  pass(600_000);
  assert.equal(addresses.isStale('1'), true);
  assert.equal(await addresses.renew('1'), 'https://node/fresh');
  assert.deepEqual([addresses.of(FILE), addresses.isStale('1')], ['https://node/fresh', false]);
});

test('a picture that does not come is asked for anew, once', async () => {
  const { addresses, asked, renewed } = world('https://node/fresh');
  addresses.of(FILE);
  addresses.failed('1');
  await renewed;
  addresses.failed('1');
  assert.equal(asked.length, 1);
});

test('a node that gives no fresh address: the old one stays', async () => {
  const { addresses } = world(null);
  addresses.of(FILE);
  assert.equal(await addresses.renew('1'), null);
  assert.equal(addresses.of(FILE), 'https://node/1');
});

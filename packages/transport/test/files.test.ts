// Files against a real node: announced, uploaded, told of, named in a message, read again.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { deployments, startWorld, type World } from '../../server/test/guest-api/world.ts';
import {
  announceFile,
  type ChatMessage,
  fileContent,
  filesOf,
  forgetFile,
  type Inspected,
  inspected,
  memoryStore,
  renewAddress,
  type TokenStore,
  Transport,
} from '../src/index.ts';
import { cuttable } from './cuttable-socket.ts';

const NOTE = 'The receipt of order 4711';

let world: World;
const opened: Transport[] = [];

before(async () => {
  world = await startWorld({ COUNTERSIGN_RATE_LIMITS: 'off' });
});
after(async () => {
  for (const transport of opened) transport.disconnect();
  await world.close();
});

async function customer(store: TokenStore = memoryStore()): Promise<Transport> {
  const transport = new Transport({
    url: world.url,
    deploymentId: deployments.shop,
    store,
    environment: cuttable('https://shop.example').environment,
  });
  opened.push(transport);
  const isOpen = until(transport, () => transport.state.kind === 'open');
  transport.connect();
  await isOpen;
  return transport;
}

function until(transport: Transport, holds: () => boolean): Promise<void> {
  return new Promise((resolve) => {
    const end = transport.on('change', () => {
      if (!holds()) return;
      end();
      resolve();
    });
  });
}

const inspection = (transport: Transport): Promise<Inspected> =>
  new Promise((resolve) => {
    const end = transport.on('other', (frame) => {
      const found = inspected(frame);
      if (!found) return;
      end();
      resolve(found);
    });
  });

/** Announced and uploaded; answers what the node says of it. */
async function upload(transport: Transport, content = NOTE) {
  const file = { name: 'receipt.txt', type: 'text/plain', size: content.length };
  const announced = await announceFile(transport, file);
  assert.ok(announced.kind === 'address', JSON.stringify(announced));
  const told = inspection(transport);
  const headers = { ...announced.headers, 'content-type': file.type };
  const answer = await fetch(announced.url, { method: 'PUT', headers, body: content });
  assert.equal(answer.status, 200);
  return { file: { ...file, id: announced.id }, told: await told };
}

const lastMessage = (transport: Transport): ChatMessage => {
  const last = transport.entries.at(-1);
  assert.ok(last?.kind === 'message');
  return last;
};

const sent = (transport: Transport) =>
  until(transport, () => lastMessage(transport).delivery.kind === 'sent');

test('[GA88] a file without a text is sent, read with its address, and there again after a page load', async () => {
  const store = memoryStore();
  const transport = await customer(store);
  const { file, told } = await upload(transport);
  assert.deepEqual(told, { id: file.id, code: null });
  const acknowledged = sent(transport);
  transport.send('', undefined, [fileContent(file)]);
  assert.deepEqual(filesOf(lastMessage(transport)), [{ ...file, url: null }], 'local echo');
  await acknowledged;
  const [shown] = filesOf(lastMessage(transport));
  assert.deepEqual({ ...shown, url: null }, { ...file, url: null });
  assert.equal(await (await fetch(shown?.url ?? '')).text(), NOTE);
  const later = await customer(store);
  if (later.entries.length === 0) await until(later, () => later.entries.length > 0);
  assert.equal(filesOf(lastMessage(later))[0]?.id, file.id);
});

test('[GA89] a file of one’s own gets a fresh address; one that was taken back does not', async () => {
  const transport = await customer();
  const { file } = await upload(transport);
  const address = await renewAddress(transport, file.id);
  assert.equal(await (await fetch(address ?? '')).text(), NOTE);
  await forgetFile(transport, file.id);
  assert.equal(await renewAddress(transport, file.id), null);
});

test('F01 what the node refuses is told with its code: when it is announced, and once it was looked into', async () => {
  const transport = await customer();
  const refused = async (name: string, type: string, size: number) => {
    const announced = await announceFile(transport, { name, type, size });
    return announced.kind === 'refused' ? announced.code : announced.kind;
  };
  assert.equal(await refused('a.zip', 'application/zip', 10), 4001);
  assert.equal(await refused('a.png', 'image/png', 65_537), 4002);
  assert.equal(await refused('folder/a.png', 'image/png', 10), 4004);
  assert.equal(await refused('a.png', 'image/png', 0), 4102);
  assert.equal((await upload(transport, '<script>alert(1)</script>')).told.code, 4003);
});

test('a file waits in the outbox with its message', async () => {
  const store = memoryStore();
  const transport = await customer(store);
  const { file } = await upload(transport);
  transport.disconnect();
  transport.send('see the receipt', undefined, [fileContent(file)]);
  const later = new Transport({
    url: world.url,
    deploymentId: deployments.shop,
    store,
    environment: cuttable('https://shop.example').environment,
  });
  opened.push(later);
  assert.equal(filesOf(lastMessage(later))[0]?.name, 'receipt.txt');
  const acknowledged = sent(later);
  later.connect();
  await acknowledged;
  assert.match(filesOf(lastMessage(later))[0]?.url ?? '', /downloads/);
});

import assert from 'node:assert/strict';
import { randomBytes, randomUUID } from 'node:crypto';
import { after, before, beforeEach, suite, test } from 'node:test';
import type { AppleGateway, Device } from '../src/index.ts';
import {
  BUSINESS_ID,
  call,
  envelope,
  interactive,
  send,
  startWorld,
  upload,
} from './apple-messaging-provider.ts';

const newKey = () => `00${randomBytes(32).toString('hex')}`;
const quickReply = {
  'quick-reply': {
    summaryText: 'Delivery',
    items: [
      { identifier: '1', title: 'Home' },
      { identifier: '2', title: 'Pick-up point' },
    ],
  },
};

suite('what the gateway accepts and delivers', () => {
  let world: Awaited<ReturnType<typeof startWorld>>;
  let gateway: AppleGateway;
  let device: Device;
  before(async () => {
    world = await startWorld();
    gateway = world.gateway;
  });
  beforeEach(() => {
    device = gateway.device();
  });
  after(() => world.close());

  test('[17.1.5] the device decrypts the files of an accepted message', async () => {
    const clear = [Buffer.from('an invoice'), randomBytes(100_000)];
    const attachments = await Promise.all(clear.map((bytes) => upload(gateway, bytes, newKey())));
    const body = envelope(device, { body: 'Here: \uFFFC and \uFFFC', attachments });
    assert.equal((await send(gateway, body)).status, 200);
    const { files, text } = await device.next('text');
    assert.equal(text, 'Here:  and');
    assert.deepEqual(
      files.map(({ bytes }) => Buffer.from(bytes)),
      clear,
    );
  });

  test('[17.1.8] whatever is sent after close, and before the customer writes again', async () => {
    await device.say('Hello');
    await device.close();
    const late = envelope(device);
    assert.equal((await send(gateway, late)).status, 200);
    assert.deepEqual(device.received(), []);
    const violation = gateway.violations.at(-1);
    assert.deepEqual(
      [violation?.row, violation?.code, violation?.id],
      ['17.1.8', 'sent_after_close', late.id],
    );
    assert.throws(() => gateway.assertClean(), /sent_after_close/);
    await device.startTyping();
    await send(gateway, envelope(device, { type: 'typing_start', body: undefined }));
    assert.equal(gateway.violations.length, 2, 'typing does not open it again');
    await device.say('Hello again');
    await send(gateway, envelope(device));
    await device.next('text');
    assert.equal(gateway.violations.length, 2);
  });

  test('[17.1.9] a bubble that the device did not list', async () => {
    const watch = gateway.device({ profile: 'watch' });
    const picker = { listPicker: { sections: [{ items: [{ identifier: 'a', title: 'A' }] }] } };
    assert.equal((await send(gateway, interactive(watch, picker))).status, 200);
    await watch.next('list-picker');
    const { row, code, detail } = gateway.violations.at(-1) ?? {};
    assert.deepEqual([row, code], ['17.1.9', 'capability_missing']);
    assert.match(detail ?? '', /LIST/);
  });

  test('[17.1.9] what the customer wrote from last counts', async () => {
    const mac = gateway.device({ profile: 'mac', opaqueId: device.opaqueId });
    const bare = gateway.device({ profile: 'bare', opaqueId: device.opaqueId });
    const before = gateway.violations.length;
    await bare.say('from an old device');
    await send(gateway, interactive(device, quickReply));
    assert.equal(gateway.violations.length, before + 1);
    await mac.say('from the Mac');
    await send(gateway, interactive(device, quickReply));
    assert.equal(gateway.violations.length, before + 1);
    await Promise.all([device, mac, bare].map((it) => it.next('quick-reply')));
  });

  test('[17.2] the same id twice is delivered once, other content under it is a violation', async () => {
    const body = envelope(device);
    assert.equal((await send(gateway, body)).status, 200);
    assert.equal((await send(gateway, body)).status, 200);
    assert.deepEqual(gateway.duplicates.at(-1), body.id);
    assert.equal(device.received().length, 1);
    const before = gateway.violations.length;
    await send(gateway, { ...body, body: 'Something else' });
    assert.equal(device.received().length, 1);
    assert.equal(gateway.violations.length, before + 1);
    assert.equal(gateway.violations.at(-1)?.code, 'id_reused_with_other_content');
  });

  test('[17.2] statuses come in the order of the script, then all is well', async () => {
    const statuses = [400, 401, 403, 404, 500, 503];
    gateway.script('message', ...statuses.map((status) => ({ kind: 'status' as const, status })));
    const body = envelope(device);
    for (const expected of [...statuses, 200])
      assert.equal((await send(gateway, body)).status, expected);
    assert.equal(device.received().length, 1);
    const tail = (await gateway.called('message', 7)).slice(-7);
    assert.deepEqual(
      tail.map(({ status }) => status),
      [...statuses, 200],
    );
  });

  test('[17.2] an answer that is lost after the message was accepted', async () => {
    const body = envelope(device);
    gateway.script(
      'message',
      { kind: 'status', status: 500, afterAccepting: true },
      { kind: 'reset', afterAccepting: true },
    );
    assert.equal((await send(gateway, body)).status, 500);
    await assert.rejects(send(gateway, body));
    assert.equal((await send(gateway, body)).status, 200);
    assert.equal(device.received().length, 1);
  });

  test('[17.2] a reset, a hang, a held and a late answer', async () => {
    const url = `${gateway.baseUrl}/message`;
    gateway.script('message', { kind: 'reset' }, { kind: 'hang' });
    await assert.rejects(fetch(url, { method: 'POST' }));
    const abort = new AbortController();
    const before = gateway.calls.filter(({ path }) => path === 'message').length;
    const hanging = fetch(url, { method: 'POST', signal: abort.signal });
    await gateway.called('message', before + 1);
    abort.abort();
    await assert.rejects(hanging);
    const { promise, resolve } = Promise.withResolvers<void>();
    gateway.script('message', { kind: 'hold', until: promise }, { kind: 'delay', ms: 1 });
    const held = send(gateway, envelope(device));
    resolve();
    assert.equal((await held).status, 200);
    assert.equal((await send(gateway, envelope(device))).status, 200);
    assert.equal(device.received().length, 2);
  });

  test('[17.2] dataRef for a large dictionary, and the same dictionary by reference', async () => {
    const images = [{ identifier: 'i', data: randomBytes(12_000).toString('base64') }];
    const first = interactive(device, { ...quickReply, images });
    const headers = { 'include-data-ref': 'true' };
    const { json } = await send(gateway, first, { headers });
    assert.ok(json.dataRef.dataRefSig);
    const { interactiveData: _left, ...rest } = first;
    const again = { ...rest, id: randomUUID(), interactiveDataRef: json.dataRef };
    assert.equal((await send(gateway, again)).status, 200);
    const [one, two] = [await device.next('quick-reply'), await device.next('quick-reply')];
    assert.deepEqual(two.interactiveData, one.interactiveData);
    const small = await send(gateway, interactive(device, quickReply), { headers });
    assert.equal(small.text, '', 'a small one gets none');
  });

  test('[2.1] the blob host wants no Authorization', async () => {
    const slot = await call(gateway, { path: '/preUpload', method: 'GET', headers: { size: '3' } });
    const before = gateway.violations.length;
    await call(gateway, { path: slot.json['upload-url'], body: Buffer.from('abc') });
    assert.equal(gateway.violations.length, before + 1);
    assert.equal(gateway.violations.at(-1)?.code, 'authorization_sent_to_blob_host');
  });

  test('what a device shows: link, bubble, typing, and whether a program wrote it', async () => {
    const link = envelope(device, {
      type: 'richLink',
      richLinkData: {
        url: 'https://shop.example/p/42',
        title: 'Trail shoes',
        assets: { image: { data: 'AAAA', mimeType: 'image/jpeg' } },
      },
    });
    await send(gateway, link, { headers: { 'auto-reply': 'true' } });
    const { url, title, image, isAutomatic } = await device.next('rich-link');
    assert.deepEqual(
      { url, title, image, isAutomatic },
      {
        url: 'https://shop.example/p/42',
        title: 'Trail shoes',
        image: 'data:image/jpeg;base64,AAAA',
        isAutomatic: true,
      },
    );
    await send(gateway, envelope(device, { type: 'typing_start', body: undefined }));
    await device.next('typing-start');
    assert.equal(device.isAgentTyping, true);
    await send(gateway, envelope(device, { type: 'typing_end', body: undefined }));
    await device.next('typing-end');
    assert.equal(device.isAgentTyping, false);
    assert.equal(device.lines.length, 1);
    assert.equal(BUSINESS_ID, device.businessId);
  });

  test('a device that waits in vain says what it got instead', async () => {
    await send(gateway, envelope(device));
    await assert.rejects(device.next('sign-in', 1), /no sign-in came\. Received: text\./);
  });
});

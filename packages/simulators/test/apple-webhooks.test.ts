import assert from 'node:assert/strict';
import { createHmac, randomBytes, randomUUID } from 'node:crypto';
import { after, before, beforeEach, suite, test } from 'node:test';
import { gunzipSync } from 'node:zlib';
import { type AppleGateway, type Device, type WebhookFault, webhookFaults } from '../src/index.ts';
import {
  BUSINESS_ID,
  call,
  decrypt,
  interactive,
  MSP_ID,
  MSP_SECRET,
  OTHER_BUSINESS_ID,
  type Provider,
  send,
  startWorld,
} from './apple-messaging-provider.ts';

const read = (part: string | undefined) =>
  JSON.parse(Buffer.from(part ?? '', 'base64url').toString('utf8'));

function readToken(authorization: unknown) {
  const [header, claims, signature] = String(authorization).replace('Bearer ', '').split('.');
  const key = Buffer.from(MSP_SECRET, 'base64');
  const right = createHmac('sha256', key).update(`${header}.${claims}`).digest('base64url');
  return { header: read(header), claims: read(claims), isGenuine: signature === right };
}

suite('webhooks', () => {
  let world: Awaited<ReturnType<typeof startWorld>>;
  let gateway: AppleGateway;
  let provider: Provider;
  let device: Device;
  before(async () => {
    world = await startWorld();
    ({ gateway, provider } = world);
  });
  beforeEach(() => {
    device = gateway.device();
    provider.status = 200;
  });
  after(() => world.close());

  test('[17.3] gzip, lower-case headers, a token with aud and without iss', async () => {
    const delivery = await device.say('Hello', { intent: 'order', group: 'shoes' });
    assert.equal(delivery.isDelivered, true);
    const { headers, raw } = provider.webhooks.at(-1) ?? assert.fail();
    assert.deepEqual([raw[0], raw[1]], [0x1f, 0x8b]);
    const body = JSON.parse(gunzipSync(raw).toString('utf8'));
    assert.deepEqual(body, {
      v: 1,
      id: delivery.id,
      type: 'text',
      sourceId: device.opaqueId,
      destinationId: BUSINESS_ID,
      locale: 'en_US',
      intent: 'order',
      group: 'shoes',
      body: 'Hello',
    });
    assert.deepEqual(
      [headers.id, headers['source-id'], headers['destination-id'], headers['device-agent']],
      [delivery.id, device.opaqueId, BUSINESS_ID, 'iPhone OS'],
    );
    const { header, claims, isGenuine } = readToken(headers.authorization);
    assert.equal(isGenuine, true);
    assert.deepEqual(header, { alg: 'HS256' });
    assert.deepEqual(Object.keys(claims).sort(), ['aud', 'iat']);
    assert.equal(claims.aud, MSP_ID);
    assert.ok(Math.abs(claims.iat - Date.now() / 1000) < 60);
  });

  test('[17.3] the capability list is per profile, in random case and with random spaces', async () => {
    const seen = new Set<string>();
    for (let count = 0; count < 8; count += 1) {
      await device.say('Hello');
      const list = String(provider.webhooks.at(-1)?.headers['capability-list']);
      seen.add(list);
      const tokens = list.split(',').map((it) => it.trim().toUpperCase());
      assert.deepEqual(tokens, ['QUICK', 'LIST', 'TIME', 'AUTH', 'AUTH2', 'FORM']);
    }
    assert.ok(seen.size > 1);
    await gateway.device({ profile: 'bare' }).say('Hello');
    assert.equal(provider.webhooks.at(-1)?.headers['capability-list'], undefined);
    await gateway.device({ profile: 'mac' }).say('Hello');
    assert.equal(provider.webhooks.at(-1)?.headers['device-agent'], 'Mac OS X');
  });

  test('[1] an Opaque ID has the characters that have to be escaped', () => {
    assert.match(device.opaqueId, /^urn:mbid:[\w+/]+=*$/);
    for (const character of '/+=') assert.ok(device.opaqueId.includes(character));
  });

  test('a refused webhook is told to the device and to the journal', async () => {
    provider.status = 503;
    const delivery = await device.say('Hello');
    assert.deepEqual([delivery.status, delivery.isDelivered], [503, false]);
    assert.equal(device.lines[0]?.direction === 'out' && device.lines[0].state, 'not-delivered');
    assert.deepEqual(gateway.webhooks.at(-1), delivery);
  });

  /** Sends the fault and gives what the provider got. */
  async function faulty(fault: WebhookFault) {
    const before = provider.webhooks.length;
    await device.sendFaulty(fault);
    assert.equal(provider.webhooks.length, before + 1);
    assert.deepEqual(device.lines, []);
    const webhook = provider.webhooks.at(-1) ?? assert.fail();
    const { authorization } = webhook.headers;
    const parts = String(authorization).split(' ')[1]?.split('.') ?? [];
    const token = parts.length >= 2 ? readToken(authorization) : undefined;
    return { ...webhook, authorization, parts, token, body: webhook.body ?? {} };
  }
  type Faulty = Awaited<ReturnType<typeof faulty>>;

  const nowSeconds = () => Math.floor(Date.now() / 1000);
  const looks: Record<WebhookFault, (call: Faulty) => boolean | undefined> = {
    'no-token': ({ authorization }) => authorization === undefined,
    'token-not-bearer': ({ authorization }) => String(authorization).startsWith('Basic '),
    'token-of-two-parts': ({ parts }) => parts.length === 2,
    'token-alg-none': ({ token, parts }) => token?.header.alg === 'none' && parts[2] === '',
    'token-alg-hs384': ({ token }) => token?.header.alg === 'HS384' && token.isGenuine,
    'secret-of-another-msp': ({ token }) => token?.isGenuine === false,
    'secret-not-decoded': ({ parts }) =>
      createHmac('sha256', MSP_SECRET).update(`${parts[0]}.${parts[1]}`).digest('base64url') ===
      parts[2],
    'audience-of-another-msp': ({ token }) => token?.isGenuine && token.claims.aud !== MSP_ID,
    'issuer-instead-of-audience': ({ token }) =>
      token?.isGenuine && token.claims.iss === MSP_ID && token.claims.aud === undefined,
    'stale-iat': ({ token }) => token?.isGenuine && token.claims.iat < nowSeconds() - 3600,
    'future-iat': ({ token }) => token?.isGenuine && token.claims.iat > nowSeconds() + 3600,
    'no-iat': ({ token }) => token?.isGenuine && token.claims.iat === undefined,
    'destination-of-another-msp': ({ token, headers, body }) =>
      token?.isGenuine &&
      headers['destination-id'] === OTHER_BUSINESS_ID &&
      body.destinationId === OTHER_BUSINESS_ID,
    'unknown-destination': ({ headers, body }) =>
      headers['destination-id'] === body.destinationId &&
      body.destinationId !== BUSINESS_ID &&
      body.destinationId !== OTHER_BUSINESS_ID,
    'id-differs': ({ headers, body }) => headers.id !== body.id,
    'source-differs': ({ headers, body }) => headers['source-id'] !== body.sourceId,
    'destination-differs': ({ headers, body }) => headers['destination-id'] !== body.destinationId,
    'no-id-in-body': ({ body }) => body.id === undefined && body.type === 'text',
    'not-gzip': ({ raw, headers }) => raw[0] !== 0x1f && headers['content-encoding'] === 'gzip',
    'not-json': ({ raw }) => gunzipSync(raw).toString('utf8') === '{"v":1,"id":',
    'gzip-bomb': ({ raw }) => raw.length < 100_000 && gunzipSync(raw).length === 64 * 1024 * 1024,
    'over-limit': ({ raw, body }) => raw.length > 1024 * 1024 && body.type === 'text',
    'unknown-type': ({ body }) => body.type === 'telepathy',
  };
  for (const [fault, look] of Object.entries(looks)) {
    const isFault = (name: string): name is WebhookFault => name in webhookFaults;
    if (!isFault(fault)) assert.fail();
    test(`[17.3] ${fault}, to be answered ${webhookFaults[fault].status}`, async () => {
      assert.equal(look(await faulty(fault)), true);
    });
  }

  test('[17.2] the same webhook id again, and the same reply under two ids', async () => {
    const first = await device.say('Hello');
    assert.equal((await device.repeat()).id, first.id);
    assert.deepEqual(provider.webhooks.at(-1)?.body, provider.webhooks.at(-2)?.body);
    const again = await device.repeat({ isNew: true });
    assert.notEqual(again.id, first.id);
    assert.deepEqual({ ...provider.last(), id: first.id }, provider.webhooks.at(-2)?.body);
  });

  test('[17.2] typing and close, in any order a test likes', async () => {
    await device.stopTyping();
    await device.say('Hello');
    await device.startTyping();
    await device.close();
    const types = provider.webhooks.slice(-4).map(({ body }) => body?.type);
    assert.deepEqual(types, ['typing_end', 'text', 'typing_start', 'close']);
  });

  async function receive(kind: string, data: Record<string, unknown>) {
    const requestIdentifier = randomUUID();
    const body = interactive(device, { requestIdentifier, [kind]: data });
    assert.equal((await send(gateway, body)).status, 200);
    return requestIdentifier;
  }
  /* biome-ignore lint/suspicious/noExplicitAny: what a webhook says, to be looked into */
  const data = (): any => Object(provider.last().interactiveData).data;
  const items = ['red', 'green', 'blue'].map((identifier) => ({ identifier, title: identifier }));

  test('[4.3] quick reply', async () => {
    const requestIdentifier = await receive('quick-reply', { summaryText: 'Colour', items });
    await device.answerQuickReply(await device.next('quick-reply'), 'green');
    assert.deepEqual(data(), {
      version: '1.0',
      requestIdentifier,
      'quick-reply': {
        summaryText: 'Colour',
        items,
        selectedIndex: 1,
        selectedIdentifier: 'green',
      },
      replyMessage: { title: 'Thank you' },
    });
    assert.deepEqual(
      device.lines.map(({ direction }) => direction),
      ['in', 'out'],
    );
  });

  test('[4.3] list picker: only what was chosen, in its sections', async () => {
    const requestIdentifier = await receive('listPicker', {
      sections: [
        { title: 'Warm', items: items.slice(0, 1) },
        { title: 'Cold', multipleSelection: true, items: items.slice(1) },
      ],
    });
    await device.answerListPicker(await device.next('list-picker'), ['blue']);
    assert.equal(data().requestIdentifier, requestIdentifier);
    assert.deepEqual(data().listPicker.sections, [
      { title: 'Cold', order: 1, multipleSelection: true, items: [items[2]] },
    ]);
  });

  test('[4.3] time picker, in the present and in the older shape', async () => {
    const timeslots = ['s1', 's2'].map((identifier) => ({
      identifier,
      startTime: '2026-03-02T17:00+0000',
      duration: 3600,
    }));
    await receive('event', { identifier: 'e', title: 'Fitting', timeslots });
    const picker = await device.next('time-picker');
    await device.answerTimePicker(picker, 's2');
    assert.deepEqual(data().event.timeslots, [timeslots[1]]);
    await device.answerTimePicker(picker, 's1', { isOldShape: true });
    assert.deepEqual(data().timePicker.event.timeslots, [timeslots[0]]);
  });

  async function downloadUrl(ref: Record<string, unknown>): Promise<string> {
    const signature = Buffer.from(String(ref.signature), 'hex').toString('base64');
    const { json } = await call(gateway, {
      path: '/preDownload',
      method: 'GET',
      headers: {
        url: String(ref.url),
        'mmcs-url': String(ref.url),
        owner: String(ref.owner),
        'mmcs-owner': String(ref.owner),
        signature,
        'mmcs-signature': signature,
      },
    });
    return json['download-url'];
  }

  async function download(ref: Record<string, unknown>) {
    const answer = await fetch(await downloadUrl(ref));
    return { status: answer.status, bytes: Buffer.from(await answer.arrayBuffer()) };
  }

  test('[4.2] files of the customer, to be decrypted by the provider', async () => {
    const clear = randomBytes(50_000);
    const file = { name: 'IMG_0001.JPG', mimeType: 'image/jpeg', bytes: Uint8Array.from(clear) };
    await device.attach([file, file], 'Look');
    const { body, attachments } = provider.last();
    assert.equal(body, 'Look\uFFFC\uFFFC');
    assert.ok(Array.isArray(attachments));
    for (const attachment of attachments) {
      const { bytes } = await download(attachment);
      assert.equal(String(bytes.length), String(attachment.size));
      assert.deepEqual(decrypt(bytes, attachment.key), clear);
    }
    assert.notEqual(attachments[0].key, attachments[1].key);
  });

  test('[17.2] a truncated download, an expired download URL, a wrong signature', async () => {
    const file = { name: 'a.txt', mimeType: 'text/plain', bytes: new Uint8Array(100) };
    await device.attach([file]);
    const { attachments } = provider.last();
    assert.ok(Array.isArray(attachments));
    gateway.script('download', { kind: 'truncate', bytes: 40 });
    assert.equal((await download(attachments[0])).bytes.length, 40);
    const late = await downloadUrl(attachments[0]);
    gateway.expireDownloads();
    assert.equal((await fetch(late)).status, 403);
    assert.equal((await download(attachments[0])).status, 200, 'the file itself is still there');
    const wrong = await call(gateway, {
      path: '/preDownload',
      method: 'GET',
      headers: { url: attachments[0].url, owner: attachments[0].owner, signature: 'AAAA' },
    });
    assert.equal(wrong.json.error, 'attachment_checksum_differs');
  });

  async function decode(ref: Record<string, unknown>) {
    const { bytes } = await download(ref);
    return call(gateway, {
      path: '/decodePayload',
      headers: { bid: String(ref.bid), 'content-type': 'application/octet-stream' },
      body: decrypt(bytes, String(ref.key)),
    });
  }

  test('[4.4] a reply over 10 KB comes by reference and is decoded by the gateway', async () => {
    const long = { identifier: 'long', title: 'Long', subtitle: 'x'.repeat(11_000) };
    const requestIdentifier = await receive('listPicker', { sections: [{ items: [long] }] });
    await device.answerListPicker(await device.next('list-picker'), ['long']);
    const { interactiveData, interactiveDataRef } = provider.last();
    assert.equal(interactiveData, undefined);
    const { json } = await decode({ ...Object(interactiveDataRef) });
    assert.equal(json.interactiveData.data.requestIdentifier, requestIdentifier);
    assert.deepEqual(json.interactiveData.data.listPicker.sections[0].items, [long]);
  });

  test('[4.4] a small reply by reference, both ways at once, and one that has expired', async () => {
    await receive('quick-reply', { items });
    const message = await device.next('quick-reply');
    await device.answerQuickReply(message, 'red', { as: 'both' });
    const both = provider.last();
    const { json } = await decode({ ...Object(both.interactiveDataRef) });
    assert.deepEqual(json.interactiveData, both.interactiveData);
    await device.answerQuickReply(message, 'red', { as: 'reference' });
    gateway.expireDownloads();
    const ref = Object(provider.last().interactiveDataRef);
    const gone = await call(gateway, {
      path: '/preDownload',
      method: 'GET',
      headers: { url: ref.url, owner: ref.owner, signature: ref['signature-base64'] },
    });
    assert.equal(gone.status, 404);
    const garbage = await call(gateway, {
      path: '/decodePayload',
      headers: { bid: ref.bid },
      body: Buffer.from('garbage'),
    });
    assert.equal(garbage.json.error, 'payload_not_decodable');
  });
});

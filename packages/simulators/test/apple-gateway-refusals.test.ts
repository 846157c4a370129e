import assert from 'node:assert/strict';
import { createECDH, randomUUID } from 'node:crypto';
import { after, before, beforeEach, suite, test } from 'node:test';
import type { AppleGateway, Device } from '../src/index.ts';
import {
  BUSINESS_ID,
  type Call,
  call,
  envelope,
  interactive,
  MSP_ID,
  MSP_SECRET,
  OTHER_BUSINESS_ID,
  send,
  startWorld,
  token,
  upload,
} from './apple-messaging-provider.ts';

const OAUTH = {
  authorizationUrl: 'http://127.0.0.1:9/authorize',
  accessTokenUrl: 'http://127.0.0.1:9/token',
  clientIdentifier: 'countersign',
};
const bearer = (value: string) => ({ headers: { authorization: `Bearer ${value}` } });
const nowSeconds = () => Math.floor(Date.now() / 1000);
const newKey = () => `00${randomUUID().replaceAll('-', '').repeat(2)}`;
const newEncryptionKey = () => createECDH('secp384r1').generateKeys('base64');

suite('what the gateway refuses', () => {
  let world: Awaited<ReturnType<typeof startWorld>>;
  let gateway: AppleGateway;
  let device: Device;
  before(async () => {
    world = await startWorld(OAUTH);
    gateway = world.gateway;
  });
  beforeEach(() => {
    device = gateway.device();
  });
  after(() => world.close());

  /** Sends it and says how the last rejection reads; nothing may have reached the device. */
  async function refusalOf(body: Record<string, unknown>, options: Call = {}) {
    const before = gateway.rejections.length;
    const answer = await send(gateway, body, options);
    assert.deepEqual(device.received(), []);
    assert.equal(gateway.rejections.length, before + 1);
    const rejection = gateway.rejections.at(-1);
    assert.equal(answer.json.error, rejection?.code);
    return `${answer.status} ${answer.json.row} ${answer.json.error}`;
  }

  test('a right text is accepted with an empty body and reaches the device', async () => {
    const answer = await send(gateway, envelope(device));
    assert.deepEqual([answer.status, answer.text], [200, '']);
    assert.equal((await device.next('text')).text, 'Hello');
  });

  const tokens: Record<string, Call> = {
    '401 17.1.1 authorization_missing': { headers: { authorization: null } },
    '403 17.1.1 authorization_not_bearer': { headers: { authorization: 'Basic YTpi' } },
    '403 17.1.1 token_not_three_parts': bearer(token().split('.').slice(0, 2).join('.')),
    '403 17.1.1 token_wrong_algorithm': bearer(token({}, { header: { alg: 'HS384' } })),
    '403 17.1.1 token_bad_signature': bearer(token({}, { key: Buffer.alloc(32) })),
    '403 17.1.1 token_secret_not_decoded': bearer(token({}, { key: Buffer.from(MSP_SECRET) })),
    '403 17.1.1 token_wrong_issuer': bearer(token({ iss: BUSINESS_ID })),
    '403 17.1.1 token_issuer_missing': bearer(token({ iss: undefined, aud: MSP_ID })),
    '403 17.1.1 token_iat_missing': bearer(token({ iat: undefined })),
    '403 17.1.1 token_iat_in_milliseconds': bearer(token({ iat: Date.now() })),
    '403 17.1.1 token_iat_out_of_window': bearer(token({ iat: nowSeconds() - 3700 })),
  };
  for (const [expected, options] of Object.entries(tokens)) {
    test(`[17.1.1] ${expected.slice(11)}, on /message and /authenticate`, async () => {
      assert.equal(await refusalOf(envelope(device), options), expected);
      const path = '/authenticate';
      assert.equal(await refusalOf(envelope(device), { ...options, path }), expected);
    });
  }

  const malformed: Record<string, [Record<string, unknown>, Call?]> = {
    'no id header: header_missing': [{}, { headers: { id: null } }],
    'no Source-Id: header_missing': [{}, { headers: { 'source-id': null } }],
    'no Destination-Id: header_missing': [{}, { headers: { 'destination-id': null } }],
    'another id: header_differs_from_body': [{}, { headers: { id: randomUUID() } }],
    'another sourceId: header_differs_from_body': [{ sourceId: OTHER_BUSINESS_ID }],
    'another destinationId: header_differs_from_body': [{}, { headers: { 'destination-id': 'x' } }],
    'v as text: wrong_v': [{ v: '1' }],
    'id: id_not_uuid': [{ id: 'message-1' }],
    'type: unknown_type': [{ type: 'sticker' }],
    'close: close_not_allowed': [{ type: 'close' }],
    'broken JSON: body_not_json': [{}, { body: Buffer.from('{"v":1') }],
    'broken UTF-8: body_not_json': [{}, { body: Buffer.from([0x7b, 0xff, 0x7d]) }],
    'gzip: content_encoding_present': [{}, { headers: { 'content-encoding': 'gzip' } }],
  };
  for (const [title, [content, options]] of Object.entries(malformed)) {
    test(`[17.1.2] ${title}`, async () => {
      const expected = `400 17.1.2 ${title.split(': ')[1]}`;
      assert.equal(await refusalOf(envelope(device, content), options), expected);
    });
  }

  test('[17.1.3] unknown and prefixed businesses, unknown and foreign customers', async () => {
    const source = (id: string): [Record<string, unknown>, Call] => [
      envelope(device, { sourceId: id }),
      { headers: { 'source-id': id } },
    ];
    assert.equal(await refusalOf(...source(randomUUID())), '404 17.1.3 unknown_source');
    const prefixed = source(`urn:biz:${BUSINESS_ID}`);
    assert.equal(await refusalOf(...prefixed), '404 17.1.3 source_has_prefix');
    const nobody = envelope(device, { destinationId: 'urn:mbid:nobody' });
    assert.equal(await refusalOf(nobody), '404 17.1.3 unknown_destination');
    const foreign = gateway.device({ businessId: OTHER_BUSINESS_ID });
    const expected = '404 17.1.3 destination_of_another_business';
    assert.equal(await refusalOf(envelope(foreign)), expected);
    assert.deepEqual(foreign.received(), []);
  });

  const item = (identifier: string) => ({ identifier, title: identifier });
  const quickReply = (...ids: string[]) => ({ 'quick-reply': { items: ids.map(item) } });
  const timePicker = (startTime: string) => ({
    event: { identifier: 'e', timeslots: [{ identifier: 's', startTime, duration: 3600 }] },
  });
  const picker = (sections: unknown[], more = {}) => ({ listPicker: { sections }, ...more });
  const withImage = [{ items: [{ ...item('a'), imageIdentifier: 'img' }] }];
  const contents: Record<string, (to: Device) => Record<string, unknown>> = {
    'text without body: body_missing': (to) => envelope(to, { body: undefined }),
    'rich link without URL: rich_link_url_missing': (to) =>
      envelope(to, { type: 'richLink', richLinkData: { title: 'Shoes' } }),
    'interactive with neither: data_and_ref': (to) => envelope(to, { type: 'interactive' }),
    'interactive with both: data_and_ref': (to) => ({
      ...interactive(to, quickReply('a', 'b')),
      interactiveDataRef: {},
    }),
    'a ref nobody gave: unknown_data_ref': (to) =>
      envelope(to, { type: 'interactive', interactiveDataRef: { dataRefSig: 'x' } }),
    'bid: wrong_bid': (to) => interactive(to, quickReply('a', 'b'), { bid: 'com.example' }),
    'no receivedMessage: received_message_missing': (to) =>
      interactive(to, picker([{ items: [item('a')] }]), { receivedMessage: undefined }),
    'no version: version_missing': (to) =>
      interactive(to, { ...quickReply('a', 'b'), version: undefined }),
    'no requestIdentifier: request_identifier_missing': (to) =>
      interactive(to, { ...quickReply('a', 'b'), requestIdentifier: undefined }),
    'one item: quick_reply_items': (to) => interactive(to, quickReply('a')),
    'six items: quick_reply_items': (to) => interactive(to, quickReply(...'abcdef')),
    'no section: picker_without_sections': (to) => interactive(to, picker([])),
    'no item: picker_without_items': (to) => interactive(to, picker([{ items: [] }])),
    'the same item twice: duplicate_item_identifier': (to) =>
      interactive(to, picker([{ items: [item('a')] }, { items: [item('a')] }])),
    'seconds in startTime: wrong_start_time': (to) =>
      interactive(to, timePicker('2026-03-02T17:00:00+0000')),
    'Z in startTime: wrong_start_time': (to) => interactive(to, timePicker('2026-03-02T17:00Z')),
    'no slot: timeslots_missing': (to) => interactive(to, { event: { timeslots: [] } }),
    'image of an item: dangling_image': (to) => interactive(to, picker(withImage)),
    'image of the bubble: dangling_image': (to) =>
      interactive(to, picker([{ items: [item('a')] }]), {
        receivedMessage: { title: 'Choose', imageIdentifier: 'img' },
      }),
  };
  for (const [title, body] of Object.entries(contents)) {
    test(`[17.1.4] ${title}`, async () => {
      assert.equal(await refusalOf(body(device)), `400 17.1.4 ${title.split(': ')[1]}`);
    });
  }

  test('[17.1.4] a quick reply without receivedMessage, and an image that is there, are right', async () => {
    const quick = interactive(device, quickReply('a', 'b'), { receivedMessage: undefined });
    assert.equal((await send(gateway, quick)).status, 200);
    const images = [{ identifier: 'img', data: 'AAAA' }];
    const list = interactive(device, picker(withImage, { images }));
    assert.equal((await send(gateway, list)).status, 200);
    await device.next('list-picker');
  });

  const files: Record<string, (right: Record<string, unknown>) => Record<string, unknown>> = {
    attachment_size_not_text: ({ size }) => ({ size: Number(size) }),
    attachment_size_differs: () => ({ size: '7' }),
    attachment_unknown: () => ({ url: 'https://content.example/x' }),
    attachment_checksum_differs: () => ({ 'signature-base64': 'AAAA' }),
    attachment_wrong_key: ({ key }) => ({ key: String(key).slice(2) }),
  };
  for (const [code, spoil] of Object.entries(files)) {
    test(`[17.1.5] ${code}`, async () => {
      const right = await upload(gateway, Buffer.from('an invoice'), newKey());
      const attachments = [{ ...right, ...spoil(right) }];
      const body = envelope(device, { body: '\uFFFC', attachments });
      assert.equal(await refusalOf(body), `400 17.1.5 ${code}`);
    });
  }

  test('[17.1.5] another owner: attachment_unknown', async () => {
    const right = await upload(gateway, Buffer.from('an invoice'), newKey());
    const attachments = [{ ...right, owner: 'somebody' }];
    const body = envelope(device, { body: '\uFFFC', attachments });
    assert.equal(await refusalOf(body), '400 17.1.5 attachment_unknown');
  });

  test('[17.1.5] attachment_positions: U+FFFC more or less often than files', async () => {
    const expected = '400 17.1.5 attachment_positions';
    for (const text of ['none', '\uFFFC\uFFFC']) {
      const attachments = [await upload(gateway, Buffer.from('one'), newKey())];
      assert.equal(await refusalOf(envelope(device, { body: text, attachments })), expected);
    }
  });

  test('[17.1.5] attachment_key_reused, in one message and in a later one', async () => {
    const key = newKey();
    const expected = '400 17.1.5 attachment_key_reused';
    const both = [await upload(gateway, Buffer.from('1'), key)];
    both.push(await upload(gateway, Buffer.from('2'), key));
    const together = envelope(device, { body: '\uFFFC\uFFFC', attachments: both });
    assert.equal(await refusalOf(together), expected);
    const other = gateway.device();
    const first = envelope(other, { body: '\uFFFC', attachments: both.slice(0, 1) });
    assert.equal((await send(gateway, first)).status, 200);
    const later = envelope(device, { body: '\uFFFC', attachments: both.slice(1) });
    assert.equal(await refusalOf(later), expected);
  });

  test('[17.1.5] slots: no size, too large, the two spellings differ, another length', async () => {
    const slot = (headers: Record<string, string>) =>
      call(gateway, { path: '/preUpload', method: 'GET', headers });
    assert.equal((await slot({})).json.error, 'slot_size_missing');
    assert.equal((await slot({ size: '104857601' })).json.error, 'slot_too_large');
    const differing = await slot({ size: '1', 'mmcs-size': '2' });
    assert.equal(differing.json.error, 'header_differs_from_body');
    const { json } = await slot({ size: '4' });
    const filled = await call(gateway, {
      path: json['upload-url'],
      headers: { authorization: null },
      body: Buffer.from('five5'),
    });
    assert.equal(filled.json.error, 'upload_length_differs');
  });

  const version1 = (more: Record<string, unknown> = {}) => ({
    authenticate: {
      oauth2: {
        responseType: 'code',
        scope: ['openid'],
        state: 's',
        responseEncryptionKey: newEncryptionKey(),
        ...more,
      },
    },
  });
  const version2 = (more: Record<string, unknown> = {}) => ({
    version: '2.0',
    authenticate: {
      oauth2: {
        responseType: 'code',
        scope: ['openid'],
        state: 's',
        redirectURI: 'https://chat.example.org/callback',
        ...more,
      },
    },
  });
  const authenticate = { path: '/authenticate' };

  test('[17.1.6] each kind belongs on its own path', async () => {
    const signIn = interactive(device, version2());
    assert.equal(await refusalOf(signIn), '400 17.1.6 authentication_on_message');
    const expected = '400 17.1.6 not_an_authentication';
    assert.equal(await refusalOf(envelope(device), authenticate), expected);
    const quick = interactive(device, quickReply('a', 'b'));
    assert.equal(await refusalOf(quick, authenticate), expected);
  });

  const p256 = createECDH('prime256v1').generateKeys('base64');
  const offCurve = Buffer.concat([Buffer.from([4]), Buffer.alloc(96, 1)]).toString('base64');
  const requests: Record<string, () => Record<string, unknown>> = {
    'v1, on P-256: response_encryption_key': () => version1({ responseEncryptionKey: p256 }),
    'v1, off the curve: response_encryption_key': () =>
      version1({ responseEncryptionKey: offCurve }),
    'v1, none: response_encryption_key': () => version1({ responseEncryptionKey: undefined }),
    'v1: scope_empty': () => version1({ scope: [''] }),
    'v1: response_type': () => version1({ responseType: 'id_token' }),
    'v2: scope_empty': () => version2({ scope: [] }),
    'v2, none: redirect_uri': () => version2({ redirectURI: undefined }),
    'v2, http elsewhere: redirect_uri': () => version2({ redirectURI: 'http://example.org/' }),
    'v2: state_missing': () => version2({ state: undefined }),
    'v2: client_secret_sent': () => version2({ clientSecret: 'secret' }),
  };
  for (const [title, data] of Object.entries(requests)) {
    test(`[17.1.7] ${title}`, async () => {
      const expected = `400 17.1.7 ${title.split(': ')[1]}`;
      assert.equal(await refusalOf(interactive(device, data()), authenticate), expected);
    });
  }

  test('[17.1.7] a response encryption key of an earlier request', async () => {
    const data = version1();
    const first = await send(gateway, interactive(gateway.device(), data), authenticate);
    assert.equal(first.status, 200);
    const expected = '400 17.1.7 response_encryption_key_reused';
    assert.equal(await refusalOf(interactive(device, data), authenticate), expected);
  });

  test('[17.1.7] a client secret in version 2 is a violation, too', () => {
    assert.ok(gateway.violations.some(({ code }) => code === 'client_secret_sent'));
    assert.throws(() => gateway.assertClean(), /client_secret_sent/);
  });

  for (const name of ['authorizationUrl', 'accessTokenUrl', 'clientIdentifier']) {
    test(`[17.4] the provider must not send ${name}`, async () => {
      const body = interactive(device, version2({ [name]: 'x' }));
      assert.equal(await refusalOf(body, authenticate), '400 17.4 registered_field_sent');
    });
  }

  test('[17.4] what the Register knows reaches the device', async () => {
    const body = interactive(device, version2({ redirectURI: 'http://127.0.0.1:4000/callback' }));
    assert.equal((await send(gateway, body, authenticate)).status, 200);
    const { oauth2, version } = await device.next('sign-in');
    assert.equal(version, 2);
    const { authorizationUrl, accessTokenUrl, clientIdentifier } = oauth2;
    assert.deepEqual({ authorizationUrl, accessTokenUrl, clientIdentifier }, OAUTH);
  });

  test('[2.1] other paths and methods', async () => {
    const unknown = await call(gateway, { path: '/messages', body: {} });
    assert.deepEqual([unknown.status, unknown.json.error], [404, 'unknown_path']);
    const wrong = await call(gateway, { method: 'GET' });
    assert.deepEqual([wrong.status, wrong.json.error], [405, 'wrong_method']);
  });
});

// What Apple is answered (§3.3): each step in its order, and nothing stored by what is refused.
import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { after, before, test } from 'node:test';
import { gzipSync } from 'node:zlib';
import {
  type AppleWorld,
  BUSINESS_ID,
  OLDER_SECRET,
  OTHER_BUSINESS_ID,
  openAppleWorld,
  type Request,
} from './apple-world.ts';

let world: AppleWorld;
before(async () => {
  world = await openAppleWorld();
});
after(() => world.close());

const OPAQUE_ID = 'urn:mbid:AQAAY/refused+customer=';
const TEXT = { type: 'text', body: 'Hello' };
const BOMB = gzipSync(Buffer.alloc(9 * 1024 * 1024, ' '));
const json = (value: unknown) => Buffer.from(JSON.stringify(value));

/** In the order of §3.3; what comes later may be wrong as well, and is not what is answered. */
const refused: [title: string, status: number, request: () => Request][] = [
  ['1: another method', 405, () => ({ method: 'PUT' })],
  [
    '2: no token',
    401,
    () => ({ headers: { authorization: null, 'destination-id': randomUUID() } }),
  ],
  ['2: another scheme', 401, () => ({ headers: { authorization: 'Basic YTpi' } })],
  [
    '3: an unknown account, whatever the token',
    404,
    () => ({ headers: { authorization: 'Bearer x', 'destination-id': randomUUID() } }),
  ],
  ['3: no account', 404, () => ({ headers: { 'destination-id': null } })],
  [
    '4: a token that is none',
    403,
    () => ({ headers: { authorization: 'Bearer a.b' }, bytes: BOMB }),
  ],
  [
    '4: alg none',
    403,
    () => ({ headers: { authorization: `Bearer ${world.token({}, { alg: 'none' })}` } }),
  ],
  [
    '4: signed by another provider',
    403,
    () => ({
      headers: {
        authorization: `Bearer ${world.token({}, { secret: Buffer.alloc(32).toString('base64') })}`,
      },
    }),
  ],
  [
    '4: the second secret of another account',
    403,
    () => ({
      headers: {
        authorization: `Bearer ${world.token({}, { secret: OLDER_SECRET })}`,
        'destination-id': OTHER_BUSINESS_ID,
      },
    }),
  ],
  [
    '4: for another provider',
    403,
    () => ({ headers: { authorization: `Bearer ${world.token({ aud: randomUUID() })}` } }),
  ],
  [
    '4: a stale token',
    403,
    () => ({
      headers: {
        authorization: `Bearer ${world.token({ iat: Math.floor(world.clock.now() / 1000) - 3700 })}`,
      },
    }),
  ],
  ['5: too many bytes', 413, () => ({ bytes: Buffer.alloc(1024 * 1024 + 1) })],
  ['5: too many bytes once unpacked', 413, () => ({ bytes: BOMB })],
  [
    '5: too many bytes once unpacked, by its first bytes alone',
    413,
    () => ({ bytes: BOMB, headers: { 'content-encoding': null } }),
  ],
  ['5: damaged gzip', 400, () => ({ bytes: gzipSync('{}').subarray(0, 12) })],
  ['5: what is said to be gzip and is not', 400, () => ({ bytes: json(TEXT) })],
  ['5: not JSON', 400, () => ({ bytes: gzipSync('hello') })],
  ['5: not UTF-8', 400, () => ({ bytes: gzipSync(Buffer.from([0x22, 0xff, 0x22])) })],
  ['5: JSON that is no object', 400, () => ({ bytes: gzipSync('[1]') })],
  ['5: nothing', 400, () => ({ bytes: Buffer.alloc(0) })],
  ['6: no id', 400, () => ({ body: { ...TEXT, id: undefined }, headers: { id: null } })],
  [
    '6: no customer',
    400,
    () => ({ body: { ...TEXT, sourceId: '' }, headers: { 'source-id': null } }),
  ],
  ['6: no account in the body', 400, () => ({ body: { ...TEXT, destinationId: undefined } })],
  ['6: another id in the header', 400, () => ({ body: TEXT, headers: { id: randomUUID() } })],
  [
    '6: another customer in the header',
    400,
    () => ({ body: TEXT, headers: { 'source-id': 'urn:mbid:other' } }),
  ],
  [
    '6: another account in the header',
    400,
    () => ({ body: TEXT, headers: { 'destination-id': OTHER_BUSINESS_ID } }),
  ],
  [
    '6: a NUL in an id',
    400,
    () => ({ body: { ...TEXT, sourceId: 'a\0b' }, headers: { 'source-id': null } }),
  ],
  [
    '7: an unknown type is no fault, and is left alone',
    200,
    () => ({ body: { type: 'hologram', body: 'x' } }),
  ],
];
for (const [title, status, request] of refused)
  test(`§3.3 step ${title}: ${status}, and nothing is stored`, async () => {
    const before = await world.stored();
    const { body = TEXT, ...rest } = request();
    const answer = await world.post(OPAQUE_ID, { body, ...rest });
    assert.equal(answer.status, status);
    assert.equal(await answer.text(), '');
    const { apple_received: _, ...now } = await world.stored();
    const { apple_received: __, ...then } = before;
    assert.deepEqual(now, then);
  });

const taken: [title: string, headers: Record<string, string | null>][] = [
  ['with a token of the older secret', {}],
  [
    'with the account in capitals, without hyphens and with its prefix',
    { 'destination-id': `urn:biz:${BUSINESS_ID.replaceAll('-', '').toUpperCase()}` },
  ],
  ['without the headers that repeat the body', { id: null, 'source-id': null }],
];
for (const [title, headers] of taken)
  test(`§3.3 a message is taken ${title}`, async () => {
    const device = world.device();
    const authorization = `Bearer ${world.token({}, { secret: OLDER_SECRET })}`;
    await device.says(TEXT, { authorization, ...headers });
    assert.ok(await device.conversation());
  });

test('§3.3 step 5: plain JSON is taken', async () => {
  const device = world.device();
  const id = randomUUID();
  const bytes = json({ ...TEXT, v: 1, id, sourceId: device.opaqueId, destinationId: BUSINESS_ID });
  const headers = { 'content-encoding': null, id };
  const answer = await world.post(device.opaqueId, { bytes, headers });
  assert.equal(answer.status, 200);
  assert.ok(await device.conversation());
});

test('§3.3 the check vector is a customer who begins to type, which begins no conversation', async () => {
  const bytes = Buffer.from(
    'H4sIAAAAAAAAAx2NsQ7CIBQA/+XNkDyglJbNoYOTGutsHsIzDFLTUhNj/HdTp1sudx/IETzYoGIXMEnHSLIhq2UfdZAY26iDYUcKQcALvBJQ388EfkMu9+tSaa4gYJnW+Zb2W22di3+EHP04nMfDcXe6DIioQEBMS82Fap7K31SMN7MtbUeNbMj0smOdpOGWNFvug3Pw/QEgS57cpQAAAA==',
    'base64',
  );
  const before = await world.stored();
  const headers = { id: null, 'source-id': null };
  const answer = await world.post('urn:mbid:TESTOPAQUE0001', { bytes, headers });
  assert.equal(answer.status, 200);
  const after = await world.stored();
  assert.deepEqual([after.conversations, after.entries], [before.conversations, before.entries]);
});

test('§3.3 step 8: the same id counts once, even with other words and at once', async () => {
  const device = world.device();
  const id = await device.says(TEXT);
  await Promise.all([device.says({ ...TEXT, id }), device.says({ ...TEXT, id })]);
  await device.says({ type: 'text', body: 'Other words', id });
  const twice = randomUUID();
  await Promise.all([1, 2, 3].map(() => device.says({ type: 'text', body: 'Again', id: twice })));
  const conversation = await device.conversation();
  const said = (await world.entries(conversation?.id ?? '')).filter(
    ({ kind }) => kind === 'message',
  );
  assert.deepEqual(
    said.map(({ text }) => text),
    ['Hello', 'Again'],
  );
});

test('what cannot be stored is not acknowledged, and is taken once it can', async () => {
  const device = world.device();
  const { pool } = world.node.database;
  const id = randomUUID();
  await pool.query('alter table apple_threads rename to apple_threads_away');
  const answer = await world.post(device.opaqueId, { body: { ...TEXT, id } });
  await pool.query('alter table apple_threads_away rename to apple_threads');
  assert.equal(answer.status, 503);
  assert.equal(await device.conversation(), undefined);
  await device.says({ ...TEXT, id });
  assert.ok(await device.conversation());
});

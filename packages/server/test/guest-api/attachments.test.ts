// Files that customers send: announced, uploaded, looked into, named in a message, fetched by agents (§8).
import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { after, before, test } from 'node:test';
import { deflateSync } from 'node:zlib';
import { take } from './agent.ts';
import type { Frame, GuestClient } from './guest-client.ts';
import { API_KEY, deployments, startWorld, type World } from './world.ts';

let world: World;
before(async () => {
  world = await startWorld();
});
after(() => world.close());

const SHOP = { deploymentId: deployments.shop, origin: 'https://shop.example' };
const customer = () => world.guest(SHOP);

/** A picture of one colour. */
function png(width = 4, height = 4): Buffer {
  const chunk = (type: string, data: Buffer) => {
    const body = Buffer.concat([Buffer.from(type), data]);
    const length = Buffer.alloc(4);
    length.writeUInt32BE(data.length);
    const crc = Buffer.alloc(4);
    crc.writeUInt32BE(crc32(body));
    return Buffer.concat([length, body, crc]);
  };
  const header = Buffer.alloc(13);
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(height, 4);
  header.set([8, 2, 0, 0, 0], 8);
  const signature = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
  const pixels = deflateSync(Buffer.alloc(4 * 13));
  return Buffer.concat([
    signature,
    chunk('IHDR', header),
    chunk('IDAT', pixels),
    chunk('IEND', Buffer.alloc(0)),
  ]);
}

function crc32(bytes: Buffer): number {
  let crc = ~0;
  for (const byte of bytes) {
    crc ^= byte;
    for (let bit = 0; bit < 8; bit += 1) crc = (crc >>> 1) ^ (crc & 1 ? 0xedb88320 : 0);
  }
  return ~crc >>> 0;
}

const announce = (client: GuestClient, more: object = {}) =>
  client.ask({ action: 'onAttachment', fileName: 'photo.png', fileType: 'image/png', ...more });

const put = (url: string, bytes: Buffer, headers: Record<string, string> = {}) =>
  fetch(url, { method: 'PUT', body: new Uint8Array(bytes), headers });

/** Announced and uploaded; answers the id and what the session was told. */
async function uploaded(client: GuestClient, bytes: Buffer, more: object = {}) {
  const { body } = await announce(client, more);
  assert.ok(body.attachmentId && body.url, JSON.stringify(body));
  const answer = await put(body.url, bytes, { ...body.headers, 'content-type': 'image/png' });
  assert.equal(answer.status, 200);
  const told = await client.next(({ class: name }) => name.startsWith('Upload'));
  return { id: body.attachmentId, url: body.url, told };
}

const fileOf = ({ body }: Frame) =>
  body.content?.flatMap((item) => ('attachment' in item ? [item.attachment] : []))[0];

const naming = (id: string) => ({ content: [{ contentType: 'Attachment', attachment: { id } }] });

test('[GA88] a photo is uploaded, sent, echoed with its address, in history, and fetched by the agent', async () => {
  const client = await customer();
  const bytes = png();
  const { id, told } = await uploaded(client, bytes);
  assert.equal(told.class, 'UploadSuccessEvent');
  const echo = await client.say('see photo', naming(id));
  const file = fileOf(echo);
  assert.ok(file);
  assert.deepEqual(
    [file.filename, file.mediaType, file.mime, file.fileSize],
    ['photo.png', 'Image', 'image/png', bytes.length],
  );
  const download = await fetch(file.url);
  assert.equal(
    download.headers.get('content-disposition'),
    "attachment; filename*=UTF-8''photo.png",
  );
  assert.match(download.headers.get('content-security-policy') ?? '', /sandbox/);
  assert.deepEqual(Buffer.from(await download.arrayBuffer()), bytes);
  const { id: conversation } = await take(world, 'see photo');
  const path = `/api/conversations/${conversation}/attachments/${id}`;
  const log = await world.agent('GET', `/api/conversations/${conversation}/entries`);
  assert.ok(log.text.includes(path), 'the agent reads where the file is');
  const fetched = await fetch(world.url + path, {
    headers: { authorization: `Bearer ${API_KEY}` },
  });
  assert.deepEqual(Buffer.from(await fetched.arrayBuffer()), bytes);
  assert.match((await world.history(client)).text, new RegExp(`downloads/${id}`));
});

test('[GA88] a file without text is a message; older clients name it beside the content', async () => {
  const client = await customer();
  const { id } = await uploaded(client, png());
  const echo = await client.ask({ action: 'onMessage', message: { attachmentIds: [id] } });
  assert.equal(echo.body.type, 'Text');
  assert.equal(echo.body.text, undefined);
  assert.equal(fileOf(echo)?.id, id);
});

const refusedBefore: [what: string, request: object, code: number][] = [
  ['a script', { fileName: 'run.exe', fileType: 'application/x-msdownload' }, 4001],
  ['SVG', { fileName: 'logo.svg', fileType: 'image/svg+xml' }, 4001],
  ['a type that is not accepted', { fileName: 'a.zip', fileType: 'application/zip' }, 4001],
  ['too many bytes', { fileSize: 65_537 }, 4002],
  ['no bytes', { fileSize: 0 }, 4102],
  ['a folder in the name', { fileName: '../../etc/passwd.png' }, 4004],
  ['no extension', { fileName: 'photo' }, 4004],
  ['a name that reads backwards', { fileName: 'gpj.\u202eexe.png' }, 4004],
  ['a long name', { fileName: `${'a'.repeat(1024)}.png` }, 4005],
];
for (const [what, request, code] of refusedBefore) {
  test(`F01 announcing ${what} is refused with ${code}`, async () => {
    const client = await customer();
    const asJson = await announce(client, { ...request, errorsAsJson: true });
    assert.equal(asJson.class, 'GenerateUrlError');
    assert.equal(asJson.body.errorCode, code);
    assert.equal((await announce(client, request)).code, code);
  });
}

const EICAR = Buffer.from(
  ['X5O!P%@AP[4\\PZX54(P^)7CC)7}$', 'EICAR-STANDARD-ANTIVIRUS-TEST-FILE!$H+H*'].join(''),
);
const refusedInside: [what: string, bytes: () => Buffer, code: number, request?: object][] = [
  ['a web page called .png', () => Buffer.from('<!doctype html><script>alert(1)</script>'), 4003],
  ['SVG called .png', () => Buffer.from('<svg onload="alert(1)"/>'), 4003],
  ['a PDF called .png', () => Buffer.from('%PDF-1.7\n1 0 obj\n'), 4003],
  ['a program called .png', () => Buffer.concat([Buffer.from('MZ'), randomBytes(500)]), 4003],
  ['the EICAR test file', () => EICAR, 4003, { fileName: 'a.txt', fileType: 'text/plain' }],
  ['a picture with EICAR behind it', () => Buffer.concat([png(), EICAR]), 4003],
  ['a picture of 30,000 by 30,000', () => png(30_000, 30_000), 4003],
  ['nothing', () => Buffer.alloc(0), 4102],
  ['more than was said', () => Buffer.concat([png(), randomBytes(65_536)]), 4002, { fileSize: 10 }],
];
for (const [what, bytes, code, request = {}] of refusedInside) {
  test(`F01 uploading ${what} is refused with ${code}; the bytes are not kept`, async () => {
    const client = await customer();
    const { id, told } = await uploaded(client, bytes(), request);
    assert.equal(told.class, 'UploadFailureEvent');
    assert.equal(told.body.errorCode, code);
    const { rows } = await world.node.database.pool.query(
      'select state, content from attachments where id = $1',
      [id],
    );
    assert.deepEqual(rows, [{ state: 'refused', content: null }]);
    assert.equal((await client.say('look', naming(id))).code, 4010);
    assert.equal((await world.history(client)).body.total, 0);
  });
}

test('[GA89] F02 an address is for one file, one purpose, ten minutes and one upload', async () => {
  const client = await customer();
  const first = (await announce(client)).body.url ?? '';
  const second = (await announce(client)).body.url ?? '';
  const ticket = new URL(first).search;
  const edited = new URL(second);
  assert.equal((await put(edited.origin + edited.pathname + ticket, png())).status, 403);
  assert.equal((await put(first.replace('ticket=', 'ticket=9'), png())).status, 403);
  assert.equal((await fetch(first.replace('/uploads/', '/downloads/'))).status, 403);
  assert.equal((await put(first, png())).status, 200);
  assert.equal((await put(first, png())).status, 403, 'a second upload');
  world.clock.advance(600_000);
  assert.equal((await put(second, png())).status, 403, 'after ten minutes');
});

test('[GA88] A02 unknown and foreign files answer alike; a sent file cannot be removed', async () => {
  const client = await customer();
  const { id } = await uploaded(client, png());
  const other = await customer();
  for (const action of ['getAttachment', 'deleteAttachment']) {
    const foreign = await other.ask({ action, attachmentId: id });
    const unknown = await other.ask({ action, attachmentId: 'unknown' });
    assert.deepEqual([foreign.code, foreign.error], [4009, unknown.error]);
  }
  assert.equal((await other.say('mine', naming(id))).code, 4009);
  const again = await client.ask({ action: 'getAttachment', attachmentId: id });
  assert.deepEqual([again.body.headers, again.body.fileType], [{}, 'image/png']);
  assert.equal((await fetch(again.body.url ?? '')).status, 200);
  await client.say('now it is sent', naming(id));
  assert.equal((await client.ask({ action: 'deleteAttachment', attachmentId: id })).code, 4009);
  const unsent = await uploaded(client, png());
  const removed = await client.ask({ action: 'deleteAttachment', attachmentId: unsent.id });
  assert.equal(removed.class, 'AttachmentDeletedResponse');
  assert.equal((await client.say('gone', naming(unsent.id))).code, 4009);
});

test('[GA88] a page of an allowed site may upload, another may not ask', async () => {
  const client = await customer();
  const url = (await announce(client)).body.url ?? '';
  const ask = (origin: string) =>
    fetch(url, { method: 'OPTIONS', headers: { origin, 'access-control-request-method': 'PUT' } });
  const allowed = await ask('https://shop.example');
  assert.equal(allowed.headers.get('access-control-allow-origin'), 'https://shop.example');
  assert.match(allowed.headers.get('access-control-allow-headers') ?? '', /x-amz-tagging/);
});

// What agents say, as Apple gets it (§2, §5): in order, under one id, visible when it fails.
import assert from 'node:assert/strict';
import { createHmac } from 'node:crypto';
import { after, afterEach, before, test } from 'node:test';
import {
  type AppleWorld,
  BUSINESS_ID,
  type Device,
  MSP_ID,
  openAppleWorld,
  SECRET,
} from './apple-world.ts';
import type { Answer } from './playing-gateway.ts';

let world: AppleWorld;
before(async () => {
  world = await openAppleWorld();
});
after(() => world.close());
afterEach(() => {
  world.gateway.answers.length = 0;
  world.gateway.uploads.length = 0;
});

/** A conversation that an agent has taken, and what has been sent in it. */
async function begin(headers: Record<string, string> = {}) {
  const device = world.device();
  await device.says({ type: 'text', body: 'Hello' }, headers);
  const id = await world.take(device);
  await untilSent(device, 1);
  return { device, id };
}

const sentTo = ({ opaqueId }: Device) =>
  world.gateway.messages().filter(({ body }) => body.destinationId === opaqueId);

async function untilSent(device: Device, count: number) {
  while (sentTo(device).length < count)
    await world.gateway.until(world.gateway.messages().length + 1);
  return sentTo(device);
}

const next = (...statuses: (number | Answer)[]) => {
  for (const status of statuses)
    world.gateway.answers.push(() => (typeof status === 'number' ? { status } : status));
};

/** Lets time pass until it is tried again. */
async function untilTried(id: string, tries: number) {
  for (;;) {
    const { rows } = await world.node.database.pool.query(
      'select tries, next_try_at, lease_until from apple_threads where conversation_id = $1',
      [id],
    );
    if (rows[0].tries === tries && rows[0].lease_until === 0) return rows[0].next_try_at;
  }
}

test('§2.2 §2.3 a message of an agent, with the headers and the token that Apple wants', async () => {
  const { device, id } = await begin();
  const entry = await world.say(id, { text: 'How can I help?' });
  const [automated, sent] = await untilSent(device, 2);
  assert.equal(automated?.headers['auto-reply'], 'true');
  assert.equal(automated?.body.body, 'Ada is here');
  assert.deepEqual(sent?.body, {
    v: 1,
    id: entry.id,
    type: 'text',
    body: 'How can I help?',
    sourceId: BUSINESS_ID,
    destinationId: device.opaqueId,
  });
  const { headers } = sent ?? { headers: {} };
  assert.deepEqual(
    [headers.id, headers['source-id'], headers['destination-id'], headers['auto-reply']],
    [entry.id, BUSINESS_ID, device.opaqueId, undefined],
  );
  assert.equal(headers['content-encoding'], undefined);
  const [scheme, token = ''] = (headers.authorization ?? '').split(' ');
  const [header = '', claims = '', signature] = token.split('.');
  const key = Buffer.from(SECRET, 'base64');
  const mac = createHmac('sha256', key).update(`${header}.${claims}`).digest('base64url');
  assert.deepEqual([scheme, signature], ['Bearer', mac]);
  const { iss, iat } = JSON.parse(Buffer.from(claims, 'base64url').toString());
  assert.equal(iss, MSP_ID);
  assert.ok(Number.isInteger(iat) && Math.abs(iat - world.clock.now() / 1000) < 60);
});

test('private notes and what customers say are sent to nobody', async () => {
  const { device, id } = await begin();
  const note = { text: 'Between us', kind: 'note', clientId: 'n' };
  await world.agent('POST', `/api/conversations/${id}/messages`, note);
  await device.says({ type: 'text', body: 'Anybody?' });
  await world.say(id, { text: 'Yes' });
  const sent = await untilSent(device, 2);
  assert.deepEqual(
    sent.map(({ body }) => body.body),
    ['Ada is here', 'Yes'],
  );
});

test('§2.5 a fault of the server is tried again under the same id, and nothing overtakes it', async () => {
  const { device, id } = await begin();
  next(500, 503);
  const first = await world.say(id, { text: 'one' });
  const due = await untilTried(id, 1);
  assert.ok(due > world.clock.now() - 60_000);
  const second = await world.say(id, { text: 'two' });
  assert.equal(sentTo(device).length, 2);
  world.clock.move(1500);
  await untilTried(id, 2);
  world.clock.move(3000);
  const sent = await untilSent(device, 5);
  assert.deepEqual(
    sent.slice(1).map(({ body }) => body.id),
    [first.id, first.id, first.id, second.id],
  );
  const notes = (await world.entries(id)).filter(({ kind }) => kind === 'note');
  assert.deepEqual(notes, []);
});

test('§2.5 a connection that breaks is tried again, and 429 as late as it asks', async () => {
  const { device, id } = await begin();
  world.gateway.answers.push((_sent, response) => {
    response.destroy();
    return null;
  });
  next({ status: 429, headers: { 'retry-after': '40' } });
  await world.say(id, { text: 'one' });
  await untilTried(id, 1);
  world.clock.move(1500);
  const due = await untilTried(id, 2);
  assert.ok(due - world.clock.now() > 30_000);
  world.clock.move(40_000);
  assert.equal((await untilSent(device, 4)).length, 4);
});

const final: [status: number, code: string][] = [
  [400, 'rejected'],
  [401, 'account_refused'],
  [413, 'too_large'],
];
for (const [status, code] of final)
  test(`§2.5 after ${status} the agent reads that it was not delivered, and the next goes on`, async () => {
    const { device, id } = await begin();
    next(status);
    const entry = await world.say(id, { text: 'one' });
    const note = await world.entry(id, ({ kind }) => kind === 'note');
    assert.deepEqual(note.data?.undelivered, { entry: entry.id, seq: entry.seq, code });
    assert.match(note.text ?? '', /^Not delivered\. /);
    await world.say(id, { text: 'two' });
    const sent = await untilSent(device, 3);
    assert.equal(sent.at(-1)?.body.body, 'two');
  });

test('§2.5 403 is tried once more with another token', async () => {
  const { device, id } = await begin();
  next(403, 200);
  await world.say(id, { text: 'one' });
  assert.equal((await untilSent(device, 3)).length, 3);
  next(403, 403);
  await world.say(id, { text: 'two' });
  const note = await world.entry(id, ({ kind }) => kind === 'note');
  assert.match(note.text ?? '', /MSP ID and secret/);
  const metrics = await fetch(`${world.node.url}/metrics`).then((answer) => answer.text());
  assert.match(metrics, /countersign_apple_account_healthy\{account="[^"]+"\} 0/);
});

test('§2.5 after 404 nothing is sent until they write again', async () => {
  const { device, id } = await begin();
  next(404);
  await world.say(id, { text: 'one' });
  await world.entry(id, ({ kind }) => kind === 'note');
  const refused = await world.agent<{ code: string }>('POST', `/api/conversations/${id}/messages`, {
    ...{ text: 'two', clientId: 'two' },
  });
  assert.deepEqual([refused.status, refused.body.code], [409, 'customer_closed']);
  assert.equal(sentTo(device).length, 2);
  await device.says({ type: 'text', body: 'I am back' });
  await world.say(id, { text: 'three' });
  assert.equal((await untilSent(device, 3)).at(-1)?.body.body, 'three');
});

test('§2.5 ten tries, then the agent reads so', async () => {
  const { device, id } = await begin();
  next(...Array.from({ length: 10 }, () => 500));
  await world.say(id, { text: 'one' });
  for (let tries = 1; tries < 10; tries += 1) {
    const due = await untilTried(id, tries);
    world.clock.move(Math.max(0, due - world.clock.now()));
  }
  const note = await world.entry(id, ({ kind }) => kind === 'note');
  assert.match(note.text ?? '', /did not answer/);
  assert.equal(sentTo(device).length, 11);
});

test('§4.6 nothing is sent after a close, not even what was being tried', async () => {
  const { device, id } = await begin();
  next(500);
  await world.say(id, { text: 'one' });
  await untilTried(id, 1);
  await device.says({ type: 'close' });
  world.clock.move(2000);
  for (;;) {
    const { rows } = await world.node.database.pool.query(
      'select is_open from apple_threads where conversation_id = $1',
      [id],
    );
    if (!rows[0].is_open) break;
  }
  assert.equal(sentTo(device).length, 2);
});

test('§5.1 a long text comes in pieces with ids of their own, the same in every try', async () => {
  const { device, id } = await begin();
  const sentence = 'This sentence has exactly fifty characters in all. ';
  next(200, 500);
  const text = sentence.repeat(75).slice(0, 3800);
  const entry = await world.say(id, { text });
  await untilTried(id, 1);
  world.clock.move(1500);
  const [, first, failed, second] = await untilSent(device, 4);
  assert.equal(first?.body.id, entry.id);
  assert.equal(failed?.body.id, second?.body.id);
  assert.match(
    String(second?.body.id),
    /^[0-9a-f]{8}-[0-9a-f]{4}-8[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/,
  );
  assert.ok(String(first?.body.body).length <= 3000);
  assert.equal(`${first?.body.body} ${second?.body.body}`.trim(), text.trim());
});

test('§5.3 §5.5 bubbles as devices take them', async () => {
  const { device, id } = await begin();
  for (const name of ['Shoes', 'Delivery', 'Colour', 'Fitting'])
    await world.say(id, { content: [{ type: 'rich-message', name }] });
  const [, link, quick, list, time] = await untilSent(device, 5);
  const url = 'https://shop.example/p/42';
  const image = { data: 'aGVsbG8=', mimeType: 'image/png' };
  assert.deepEqual(
    [link?.body.type, link?.body.body, link?.body.richLinkData],
    ['richLink', url, { url, title: 'Trail shoes', assets: { image } }],
  );
  type Bubble = {
    bid: string;
    data: Record<string, unknown>;
    receivedMessage?: unknown;
    replyMessage?: unknown;
  };
  const bubble = (sent: typeof link) => sent?.body.interactiveData as Bubble;
  assert.match(
    bubble(quick).bid,
    /^com\.apple\.messages\.MSMessageExtensionBalloonPlugin:0000000000:/,
  );
  assert.deepEqual(bubble(quick).data, {
    version: '1.0',
    requestIdentifier: quick?.body.id,
    'quick-reply': {
      summaryText: 'Delivery question',
      items: [
        { identifier: 'home', title: 'Home' },
        { identifier: 'point', title: 'Pick-up point' },
      ],
    },
  });
  assert.equal(bubble(quick).receivedMessage, undefined);
  assert.deepEqual(bubble(list).receivedMessage, { title: 'Choose a colour' });
  assert.deepEqual(bubble(list).data.listPicker, {
    sections: [
      {
        ...{ title: 'Colours', order: 0, multipleSelection: true },
        items: [
          { identifier: 'red', title: 'Red', subtitle: 'In stock', order: 0, style: 'default' },
          { identifier: 'blue', title: 'Blue', order: 1, style: 'default' },
        ],
      },
    ],
  });
  assert.deepEqual(bubble(time).data.event, {
    ...{ identifier: '1', title: 'Fitting', timezoneOffset: -420 },
    timeslots: [{ identifier: 's1', startTime: '2027-03-02T17:00+0000', duration: 3600 }],
  });
});

const refusals: [title: string, content: unknown, status: number, code: string][] = [
  [
    'what the device cannot show',
    { type: 'rich-message', name: 'Fitting' },
    409,
    'capability_missing',
  ],
  [
    'a rich message that is not there',
    { type: 'rich-message', name: 'None' },
    400,
    'unknown_rich_message',
  ],
  ['a request to sign in', { type: 'rich-message', name: 'Sign in' }, 400, 'unknown_rich_message'],
  [
    'a file of nobody',
    { contentType: 'Attachment', attachment: { id: 'x' } },
    400,
    'unknown_attachment',
  ],
];
for (const [title, content, status, code] of refusals)
  test(`§3.4 ${title} is refused before it is written`, async () => {
    const { device, id } = await begin({ 'capability-list': 'QUICK' });
    const before = await world.entries(id);
    const message = { content: [content], clientId: 'refused' };
    const answer = await world.agent<{ code: string }>(
      'POST',
      `/api/conversations/${id}/messages`,
      message,
    );
    assert.deepEqual([answer.status, answer.body.code], [status, code]);
    assert.deepEqual(await world.entries(id), before);
    assert.equal(sentTo(device).length, 1);
  });

test('§5.2 a file is uploaded under a key of its own; a slot that has gone is replaced', async () => {
  const { device, id } = await begin();
  const attachments = [world.attachment(Buffer.from('To and fro.'))];
  await device.says({ type: 'text', body: 'See', attachments });
  const entry = await world.entry(id, ({ content }) => content.length > 0);
  world.gateway.uploads.push(403);
  await world.say(id, { content: entry.content });
  const sent = (await untilSent(device, 2)).at(-1);
  assert.ok(sent);
  assert.deepEqual([sent.body.type, sent.body.body], ['text', '\ufffc']);
  const [attachment] = sent.body.attachments as Record<string, string>[];
  assert.ok(attachment);
  assert.deepEqual(
    [attachment.name, attachment.mimeType, attachment.size],
    ['note.txt', 'text/plain', '11'],
  );
  assert.match(attachment.key ?? '', /^00[0-9a-f]{64}$/);
  assert.equal(world.gateway.clear(attachment), 'To and fro.');
  const upload = world.gateway.requests.findLast(({ path }) => path.startsWith('/up/'));
  assert.equal(upload?.headers.authorization, undefined);
});

test("invariant 8: an agent cannot send a file of another customer's conversation", async () => {
  const other = await begin();
  const attachments = [world.attachment(Buffer.from('Mine.'))];
  await other.device.says({ type: 'text', body: 'See', attachments });
  const entry = await world.entry(other.id, ({ content }) => content.length > 0);
  const { id } = await begin();
  const message = { content: entry.content, clientId: 'foreign' };
  const answer = await world.agent('POST', `/api/conversations/${id}/messages`, message);
  assert.equal(answer.status, 400);
});

/** Uploads as an agent, with the key that the world's agent has. */
async function upload(id: string, name: string, bytes: string) {
  const answer = await world.upload(id, name, Buffer.from(bytes));
  const body: { code?: string; attachment?: { id: string; mime: string } } = await answer.json();
  return { status: answer.status, ...body };
}

test('§5.2 F01 an agent’s file: looked into as customers’ are, kept once, and at the device as it was', async () => {
  const { device, id } = await begin();
  const stored = async () => (await world.stored()).attachments;
  const before = await stored();
  for (const [name, bytes, status, code] of [
    ['page.html', '<html>', 415, 'type_not_allowed'],
    ['page.txt', '<!doctype html><script>', 422, 'file_refused'],
    ['../up.txt', 'x', 400, 'file_name_refused'],
    ['empty.txt', '', 400, 'file_empty'],
  ] as const) {
    const refused = await upload(id, name, bytes);
    assert.deepEqual([refused.status, refused.code], [status, code], name);
  }
  assert.equal(await stored(), before, 'nothing is left of what was refused');

  const { status, attachment } = await upload(id, 'care.txt', 'Wash at 30 degrees.');
  assert.deepEqual([status, attachment?.mime], [201, 'text/plain']);
  // What an agent says of a file counts for nothing: what was found in it does
  const claimed = { id: attachment?.id, filename: 'evil.exe', mime: 'text/html' };
  const content = [{ contentType: 'Attachment', attachment: claimed }];
  const entry = await world.say(id, { text: 'Here you are', content });
  assert.match(JSON.stringify(entry.content), /"filename":"care.txt".*"mime":"text\/plain"/);
  const sent = await untilSent(device, 3);
  const [file] = Object(sent[2]?.body).attachments;
  assert.equal(world.gateway.clear(file), 'Wash at 30 degrees.');

  // Nor does another customer's conversation have it
  const other = await begin();
  const answer = await world.agent<{ code: string }>(
    'POST',
    `/api/conversations/${other.id}/messages`,
    { content, clientId: 'foreign' },
  );
  assert.deepEqual([answer.status, answer.body.code], [400, 'unknown_attachment']);
  const removed = await world.agent<{ code: string }>(
    'DELETE',
    `/api/conversations/${other.id}/attachments/${attachment?.id}`,
  );
  assert.deepEqual([removed.status, removed.body.code], [404, 'unknown_attachment']);
  assert.equal(sentTo(other.device).length, 1);
});

test('§5.7 a customer sees that an agent writes, and a failure of that is nothing', async () => {
  const { device, id } = await begin();
  await world.agent('POST', `/api/conversations/${id}/typing`);
  await world.agent('POST', `/api/conversations/${id}/typing`);
  await world.say(id, { text: 'done' });
  await untilSent(device, 2);
  const typing = () =>
    world.gateway.sent.filter(
      ({ body }) => body.type === 'typing_start' && body.destinationId === device.opaqueId,
    );
  while (typing().length === 0) await world.gateway.until(0);
  assert.equal(typing().length, 1);
  assert.equal(typing()[0]?.body.body, undefined);
});

test('§5.7 an agent who stops writing without a message is seen to stop, once', async () => {
  const { device, id } = await begin();
  const typing = () =>
    world.gateway.sent
      .filter(({ body }) => body.destinationId === device.opaqueId)
      .flatMap(({ body }) => (/^typing_/.test(String(body.type)) ? [body.type] : []));
  const untilTyping = async (count: number) => {
    while (typing().length < count) await new Promise(setImmediate);
  };
  await world.agent('POST', `/api/conversations/${id}/typing`);
  await untilTyping(1);
  world.clock.move(7000);
  await world.agent('POST', `/api/conversations/${id}/typing`);
  world.clock.move(9000);
  await untilTyping(2);
  await world.say(id, { text: 'done' });
  await untilSent(device, 2);
  assert.deepEqual(typing(), ['typing_start', 'typing_end']);
});

// What customers send from their devices (§4), and what agents then see.
import assert from 'node:assert/strict';
import { randomBytes, randomUUID } from 'node:crypto';
import { after, before, test } from 'node:test';
import type { Entry } from '@countersign/protocol';
import { type AppleWorld, openAppleWorld } from './apple-world.ts';
import type { Sent } from './playing-gateway.ts';

let world: AppleWorld;
before(async () => {
  world = await openAppleWorld();
});
after(() => world.close());

const isMessage = ({ kind, from }: Entry) => kind === 'message' && from.role === 'customer';
/** What was attached to a message, or why it was not. */
const fileOf = ({ content }: Entry) => {
  const [item] = content as { attachment?: Record<string, unknown> }[];
  return item?.attachment;
};

test('§3.5 §4.1 the first message begins a conversation, routed by where it came from', async () => {
  const device = world.device();
  const facts = { intent: 'returns', group: 'shoes', locale: 'de_DE' };
  const headers = { 'device-agent': 'iPhone OS' };
  await device.says({ type: 'text', body: 'Hello \ufffc there', ...facts }, headers);
  const conversation = await device.conversation();
  assert.equal(conversation?.channel, 'apple');
  assert.equal(conversation?.queue, 'Returns');
  assert.equal(conversation?.identity.state, 'anonymous');
  assert.equal(conversation?.locale, 'de-DE');
  assert.deepEqual(conversation?.context, [
    { name: 'intent', value: 'returns', origin: 'customer' },
    { name: 'group', value: 'shoes', origin: 'customer' },
    { name: 'locale', value: 'de-DE', origin: 'customer' },
    { name: 'device-agent', value: 'iPhone OS', origin: 'customer' },
  ]);
  await device.says({ type: 'text', body: 'Still me', intent: 'sales' }, headers);
  const [first, second] = (await world.entries(conversation?.id ?? '')).filter(isMessage);
  assert.equal(first?.text, 'Hello  there');
  assert.equal(second?.text, 'Still me');
  const [intent] = (await device.conversation())?.context ?? [];
  assert.equal(intent?.value, 'sales');
});

test('§1 the same opaque id at another business is another customer', async () => {
  const device = world.device();
  await device.says({ type: 'text', body: 'Here' });
  const other = '2f0c3f0a-58a4-4a39-8f2e-3f6a2f5f9b78';
  await device.says(
    { type: 'text', body: 'There', destinationId: other },
    { 'destination-id': other },
  );
  const { rows } = await world.node.database.pool.query(
    'select count(*)::int as n from apple_threads where opaque_id = $1',
    [device.opaqueId],
  );
  assert.equal(rows[0].n, 2);
});

test('§4.2 a file is fetched, opened, looked into and shown; the text is there before', async () => {
  const device = world.device();
  const attachments = [world.attachment(Buffer.from('A clear note.'))];
  await device.says({ type: 'text', body: 'See \ufffc', attachments });
  const id = (await device.conversation())?.id ?? '';
  const [text] = (await world.entries(id)).filter(isMessage);
  assert.equal(text?.text, 'See');
  const entry = await world.entry(id, (candidate) => isMessage(candidate) && !!fileOf(candidate));
  const file = fileOf(entry);
  assert.deepEqual([file?.filename, file?.mime, file?.fileSize], ['note.txt', 'text/plain', 13]);
  const { rows } = await world.node.database.pool.query(
    'select content from attachments where id = $1',
    [file?.id],
  );
  assert.equal(rows[0].content.toString(), 'A clear note.');
  const other = await world.agent(
    'GET',
    `/api/conversations/${randomUUID()}/attachments/${file?.id}`,
  );
  assert.equal(other.status, 404);
  const asked = world.gateway.requests.find(({ path }) => path === '/v1/preDownload');
  assert.equal(asked?.headers['mmcs-signature'], Buffer.from('ab01cd', 'hex').toString('base64'));
  assert.equal(asked?.headers.signature, asked?.headers['mmcs-signature']);
  const fetched = world.gateway.requests.find(({ path }) => path.startsWith('/down/'));
  assert.equal(fetched?.headers.authorization, undefined);
});

test('§4.2 a file alone begins a conversation, in the older spelling too', async () => {
  const device = world.device();
  const { name, mimeType, size, url, owner, signature, key } = world.attachment(Buffer.from('hi'));
  const older = {
    ...{ name, 'mime-type': mimeType, 'file-size': String(size), 'decryption-key': key },
    ...{ 'mmcs-url': url, 'mmcs-owner': owner, 'mmcs-signature-hex': signature },
  };
  await device.says({ type: 'text', body: '\ufffc', attachments: [older] });
  let conversation = await device.conversation();
  while (!conversation) conversation = await device.conversation();
  const entry = await world.entry(conversation.id, isMessage);
  assert.equal(fileOf(entry)?.filename, 'note.txt');
});

const failing: [title: string, changes: () => Record<string, unknown>, says: RegExp][] = [
  ['a key that is none', () => ({ key: 'abc' }), /key is damaged/],
  ['a size above the limit', () => ({ size: 100 * 1024 * 1024 + 1 }), /larger than 100 MB/],
  ['no address', () => ({ url: undefined }), /not described/],
  ['a type that is never taken', () => ({ name: 'run.exe' }), /\.exe cannot be sent/],
];
for (const [title, changes, says] of failing)
  test(`§4.2 a file with ${title} is told of, and the text is there`, async () => {
    const device = world.device();
    const attachments = [world.attachment(Buffer.from('A clear note.'), changes())];
    await device.says({ type: 'text', body: 'See \ufffc', attachments });
    const id = (await device.conversation())?.id ?? '';
    const entry = await world.entry(id, (candidate) => isMessage(candidate) && !!fileOf(candidate));
    assert.match(String(fileOf(entry)?.error), says);
    assert.equal(fileOf(entry)?.id, undefined);
    const [text] = (await world.entries(id)).filter(isMessage);
    assert.equal(text?.text, 'See');
  });

test('§4.2 what came incomplete is fetched again, what was decrypted with another key is refused', async () => {
  const device = world.device();
  const cut = (bytes: Buffer) => ({ status: 200, bytes: bytes.subarray(1) });
  world.gateway.downloads.push(cut);
  const wrongKey = { key: `00${randomBytes(32).toString('hex')}` };
  await device.says({
    ...{ type: 'text', body: 'one' },
    attachments: [world.attachment(Buffer.from('Complete.'))],
  });
  const id = (await device.conversation())?.id ?? '';
  const { pool } = world.node.database;
  for (;;) {
    const { rows } = await pool.query('select tries, next_try_at from apple_downloads');
    if (rows[0]?.tries === 1 && rows[0].next_try_at < world.clock.now() + 60_000) break;
  }
  world.clock.move(2000);
  const entry = await world.entry(id, (candidate) => isMessage(candidate) && !!fileOf(candidate));
  assert.equal(fileOf(entry)?.fileSize, 9);
  const bytes = Buffer.from('A note of some length, that another key makes noise of.');
  await device.says({
    type: 'text',
    body: 'two',
    attachments: [world.attachment(bytes, wrongKey)],
  });
  await world.entry(id, (candidate) =>
    /not known|Attachment/.test(String(fileOf(candidate)?.error)),
  );
});

test('no key of a file is stored in clear', async () => {
  const attachment = world.attachment(Buffer.from('x'));
  world.gateway.downloads.push(() => ({ status: 503, bytes: Buffer.alloc(0) }));
  await world.device().says({ type: 'text', body: 'See', attachments: [attachment] });
  const { rows } = await world.node.database.pool.query('select * from apple_downloads');
  assert.ok(!JSON.stringify(rows).includes(String(attachment.key)));
});

/** What the customer got as a bubble, and how an answer names it. */
async function ask(name: string) {
  const device = world.device();
  await device.says({ type: 'text', body: 'Hello' });
  const id = await world.take(device);
  const { id: entryId } = await world.say(id, { content: [{ type: 'rich-message', name }] });
  const isBubble = ({ body }: Sent) => body.id === entryId;
  while (!world.gateway.messages().some(isBubble))
    await world.gateway.until(world.gateway.messages().length + 1);
  const sent = world.gateway.messages().find(isBubble);
  assert.ok(sent);
  const { data: asked } = sent.body.interactiveData as { data: Record<string, unknown> };
  const requestIdentifier = String(asked.requestIdentifier);
  const answer = (data: Record<string, unknown>) => ({
    type: 'interactive',
    interactiveData: { bid: 'b', data: { version: '1.0', requestIdentifier, ...data } },
  });
  return { device, id, answer };
}

const answers: [title: string, message: string, data: Record<string, unknown>, text: string][] = [
  [
    'a quick reply by its place',
    'Delivery',
    {
      'quick-reply': { selectedIndex: 1, items: [{ identifier: 'home' }, { identifier: 'point' }] },
    },
    'Pick-up point',
  ],
  [
    'a quick reply by its identifier',
    'Delivery',
    { 'quick-reply': { selectedIdentifier: 'home' } },
    'Home',
  ],
  [
    'choices of a list',
    'Colour',
    {
      listPicker: {
        sections: [
          { items: [{ identifier: 'blue', title: 'Forged' }, { identifier: 'gone' }] },
          { items: [{ identifier: 'red' }] },
        ],
      },
    },
    'Red, Blue',
  ],
  ['a time', 'Fitting', { event: { timeslots: [{ identifier: 's1' }] } }, '2027-03-02T17:00Z'],
  [
    'a time in the older shape',
    'Fitting',
    { timePicker: { event: { timeslots: [{ identifier: 's1' }] } } },
    '2027-03-02T17:00Z',
  ],
];
for (const [title, message, data, text] of answers)
  test(`§4.3 ${title} is a message of the customer, once under two ids`, async () => {
    const { device, id, answer } = await ask(message);
    await device.says(answer(data));
    await device.says(answer(data));
    const [, ...replies] = (await world.entries(id)).filter(isMessage);
    assert.deepEqual(
      replies.map((entry) => entry.text),
      [text],
    );
  });

const unmatched: [title: string, change: (answer: Record<string, unknown>) => unknown][] = [
  ['to nothing', (data) => ({ ...data, requestIdentifier: randomUUID() })],
  [
    'with choices that were not offered',
    (data) => ({ ...data, 'quick-reply': { selectedIdentifier: 'x' } }),
  ],
  [
    'of another kind',
    ({ requestIdentifier }) => ({
      requestIdentifier,
      event: { timeslots: [{ identifier: 'home' }] },
    }),
  ],
];
for (const [title, change] of unmatched)
  test(`§4.3 an answer ${title} is set aside`, async () => {
    const { device, id, answer } = await ask('Delivery');
    const made = answer({ 'quick-reply': { selectedIdentifier: 'home' } });
    const data = change(made.interactiveData.data);
    await device.says({ type: 'interactive', interactiveData: { bid: 'b', data } });
    assert.equal((await world.entries(id)).filter(isMessage).length, 1);
    const note = (await world.entries(id)).find(({ kind }) => kind === 'note');
    assert.ok(note?.data?.unmatchedReply);
  });

test("§4.3 another customer's answer to a request does nothing", async () => {
  const { answer } = await ask('Delivery');
  const other = world.device();
  await other.says(answer({ 'quick-reply': { selectedIdentifier: 'home' } }));
  assert.equal(await other.conversation(), undefined);
});

test('§4.4 a long answer is fetched and decoded at once', async () => {
  const { device, id, answer } = await ask('Delivery');
  const { interactiveData } = answer({ 'quick-reply': { selectedIdentifier: 'home' } });
  const reference = world.attachment(Buffer.from(JSON.stringify({ interactiveData })), {
    bid: 'b',
  });
  await device.says({ type: 'interactive', interactiveDataRef: reference });
  await device.says({ type: 'interactive', interactiveDataRef: reference });
  const reply = await world.entry(id, ({ text }) => text === 'Home');
  assert.ok(isMessage(reply));
  await device.says({ type: 'text', body: 'done' });
  assert.equal((await world.entries(id)).filter(({ text }) => text === 'Home').length, 1);
});

test('§4.6 a close ends the conversation; the next message begins another, and opens them again', async () => {
  const device = world.device();
  await device.says({ type: 'text', body: 'Hello' });
  const first = await world.take(device);
  const id = randomUUID();
  await device.says({ type: 'close', id });
  const ended = await world.entry(first, ({ kind }) => kind === 'ended');
  assert.deepEqual(ended.data, { by: 'customer', reason: 'closed' });
  await device.says({ type: 'text', body: 'Back again' });
  const second = await device.conversation();
  assert.notEqual(second?.id, first);
  await device.says({ type: 'close', id });
  assert.notEqual((await device.conversation())?.state, 'closed');
});

test('§4.5 typing and a close of somebody unknown begin nothing', async () => {
  const before = await world.stored();
  const device = world.device();
  for (const type of ['typing_start', 'typing_end', 'close']) await device.says({ type });
  const after = await world.stored();
  assert.deepEqual([after.conversations, after.entries], [before.conversations, before.entries]);
});

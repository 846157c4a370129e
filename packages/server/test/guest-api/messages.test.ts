import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { after, before, test } from 'node:test';
import { WebSocket } from 'ws';
import { conversationWith, end, entries, readConversation, reply, take, type } from './agent.ts';
import { type GuestClient, presenceOf } from './guest-client.ts';
import { API_KEY, deployments, startWorld, type World } from './world.ts';

let world: World;
before(async () => {
  world = await startWorld();
});
after(() => world.close());

const shopGuest = (token?: string) =>
  world.guest({ deploymentId: deployments.shop, ...(token && { token }) });

test('[GA70] the echo goes to every connection of the session, once, with the tracing id', async () => {
  const client = await world.guest();
  const other = await world.guest({ token: client.token });
  const echo = await client.say('Two tabs');
  assert.deepEqual([echo.type, echo.body.direction], ['message', 'Inbound']);
  assert.deepEqual(await other.nextText('Two tabs'), echo);
  await client.settled();
  await other.settled();
  for (const { frames } of [client, other]) {
    assert.equal(frames.filter(({ body }) => body.text === 'Two tabs').length, 1);
  }
});

test('[GA70] [GA82] with an id of its own a message keeps both ids apart, and claims are not kept', async () => {
  const client = await world.guest();
  const other = await world.guest({ token: client.token });
  const id = randomUUID();
  const metadata = { id, authenticated: 'true', readOnly: 'true' };
  const echo = await client.say('Own id', { metadata });
  assert.deepEqual(echo.body.metadata, { id });
  assert.deepEqual(await other.nextText('Own id'), echo);
});

test('[GA70] [GA82] one id for both is echoed as both', async () => {
  const client = await world.guest();
  const id = randomUUID();
  for (const value of ['Same id', 'Same id, later']) {
    const message = { ...text(value), metadata: { id: `${id}-${value}` } };
    const echo = await client.ask({
      action: 'onMessage',
      tracingId: `${id}-${value}`,
      message,
    });
    assert.deepEqual(echo.body.metadata, message.metadata);
  }
});

test('[GA70] [GA36] first messages of two tabs at once begin one conversation, echoed once each', async () => {
  const client = await world.guest();
  const other = await world.guest({ token: client.token });
  const echoes = await Promise.all([client.say('Tab one'), other.say('Tab two')]);
  assert.equal(new Set(echoes.map(({ body }) => body.id)).size, 2);
  await client.settled();
  await other.settled();
  for (const { frames } of [client, other]) {
    const texts = frames.flatMap(({ body }) => body.text ?? []);
    assert.deepEqual(texts.toSorted(), ['Tab one', 'Tab two']);
  }
  assert.equal((await world.history(client)).body.total, 2);
});

test('[GA71] a resend is stored once and answered with the first echo', async () => {
  const client = await world.guest();
  const metadata = { id: randomUUID() };
  const first = await client.say('Once', { metadata });
  const again = await client.say('Once', { metadata });
  assert.deepEqual(again.body, first.body);
  assert.notEqual(again.tracingId, first.tracingId);
  await client.close();
  const back = await world.guest({ token: client.token });
  const third = await back.say('Once', { metadata });
  assert.deepEqual(third.body, first.body);
  const tracingId = 'never-changes';
  const one = await back.ask({ action: 'onMessage', tracingId, message: text('One') });
  const two = await back.ask({ action: 'onMessage', tracingId, message: text('Two') });
  const oneAgain = await back.ask({ action: 'onMessage', tracingId, message: text('One') });
  assert.notEqual(one.body.id, two.body.id);
  assert.deepEqual(oneAgain, one);
  const log = await entries(world, (await conversationWith(world, 'Two')).id);
  const texts = log.filter(({ kind }) => kind === 'message').map((entry) => entry.text);
  assert.deepEqual(texts, ['Once', 'One', 'Two']);
});

test('[GA71] a resend after the end is answered with the first echo and begins nothing', async () => {
  const client = await world.guest();
  const metadata = { id: randomUUID() };
  const first = await client.say('Ended meanwhile', { metadata });
  const conversation = await take(world, 'Ended meanwhile');
  await end(world, conversation);
  await client.nextPresence('Disconnect');
  assert.deepEqual((await client.say('Ended meanwhile', { metadata })).body, first.body);
  assert.equal((await readConversation(world, conversation.id)).state, 'closed');
  await assert.rejects(conversationWith(world, 'Ended meanwhile'));
});

test('[GA72] 4,096 bytes are taken, one more is not', async () => {
  const client = await world.guest();
  assert.equal((await client.say('é'.repeat(2048))).code, 200);
  assert.equal((await client.say(`${'é'.repeat(2048)}x`)).code, 4011);
  assert.equal((await world.history(client)).body.total, 1);
});

test('[GA73] custom attributes are read in both places; the newest value counts', async () => {
  const client = await world.guest();
  const inMessage = { metadata: { customAttributes: { orderId: 'A-1', page: '/cart' } } };
  const onTop = { metadata: { customAttributes: { orderId: 'B-2' } } };
  const first = { ...text('Both places'), channel: inMessage };
  await client.ask({ action: 'onMessage', message: first, channel: onTop });
  const later = { metadata: { customAttributes: { page: '/help', msdyn_cartvalue: '42' } } };
  await client.ask({ action: 'onMessage', message: text('Later'), channel: later });
  const { context } = await conversationWith(world, 'Later');
  assert.deepEqual(context, [
    { name: 'orderId', value: 'A-1', origin: 'customer' },
    { name: 'page', value: '/help', origin: 'customer' },
    { name: 'msdyn_cartvalue', value: 42, origin: 'customer' },
  ]);
});

test('[GA74] 2,048 bytes of attributes are taken, one more is not, and nothing is stored', async () => {
  const client = await world.guest();
  const attributes = (bytes: number) => ({
    channel: { metadata: { customAttributes: { note: 'x'.repeat(bytes - 4) } } },
  });
  assert.equal((await client.say('Too much', attributes(2049))).code, 4013);
  assert.equal((await world.history(client)).body.total, 0);
  assert.equal((await client.say('Enough', attributes(2048))).code, 200);
});

test('[GA74] R01 R02 unusable attributes are refused, harmless ones stored as they are', async () => {
  const client = await world.guest();
  const withAttributes = (json: string) =>
    `{"action":"onMessage","token":"${client.token}","message":{"type":"Text","text":"odd",` +
    `"channel":{"metadata":{"customAttributes":${json}}}}}`;
  const refused = ['{"a":{}}', '{"a":"\\u0000"}', '{"a":"\\ud800"}', '{"":"x"}', '[1]', '5'];
  for (const json of [...refused, `{"${'n'.repeat(101)}":"x"}`]) {
    client.socket.send(withAttributes(json));
    assert.equal((await client.nextOf('string')).code, 400, json);
  }
  client.socket.send(withAttributes('{"__proto__":"x","constructor":"y"}'));
  await client.nextText('odd');
  const { context } = await conversationWith(world, 'odd');
  assert.deepEqual(
    context.map(({ name }) => name),
    ['__proto__', 'constructor'],
  );
});

test('[GA75] a button’s answer comes back as Structured with its content', async () => {
  const client = await world.guest();
  const item = {
    contentType: 'ButtonResponse',
    buttonResponse: { text: 'Yes', payload: 'yes', type: 'QuickReply' },
  };
  const echo = await client.say('', { content: [item] });
  assert.deepEqual([echo.body.type, echo.body.text], ['Structured', 'Yes']);
  assert.deepEqual(echo.body.content, [item]);
});

test('[GA76] typing reaches the agents’ side and is kept nowhere', async () => {
  const client = await shopGuest();
  await client.say('Typing soon');
  const conversation = await take(world, 'Typing soon');
  const feed = new WebSocket(`${world.url.replace('http', 'ws')}/api/live`, {
    headers: { authorization: `Bearer ${API_KEY}` },
  });
  await once(feed, 'open');
  let sent = false;
  const typed = new Promise<void>((resolve) => {
    feed.on('message', (data) => {
      const frame: { type: string; from?: { role: string } } = JSON.parse(data.toString());
      if (frame.type === 'ready') {
        feed.send(JSON.stringify({ type: 'follow', conversation: conversation.id, after: 0 }));
      }
      // The first entry says that the feed follows
      if (frame.type === 'entry' && !sent) sendTyping(client);
      sent ||= frame.type === 'entry';
      if (frame.type !== 'typing') return;
      assert.deepEqual(frame.from, { role: 'customer' });
      resolve();
    });
  });
  feed.send(JSON.stringify({ type: 'start' }));
  await typed;
  feed.close();
  assert.equal((await world.history(client)).body.total, 1);
});

test('[GA76] where typing is off it is answered with 403', async () => {
  const client = await world.guest();
  const refused = await client.event({ eventType: 'Typing', typing: { type: 'On' } });
  assert.equal(refused.code, 403);
  assert.equal(refused.error, 'Turn on the Feature Toggle or fix the configuration.');
});

test('[GA77] Join comes back, and begins the conversation with its attributes', async () => {
  const client = await world.guest();
  const message = {
    type: 'Event',
    events: [{ eventType: 'Presence', presence: { type: 'Join' } }],
    channel: { metadata: { customAttributes: { orderId: 'J-1' } } },
  };
  const echo = await client.ask({ action: 'onMessage', message });
  assert.equal(presenceOf(echo.body), 'Join');
  assert.deepEqual([echo.body.type, echo.body.direction], ['Event', 'Inbound']);
  await client.say('After joining');
  const { id, context } = await conversationWith(world, 'After joining');
  assert.equal(context[0]?.value, 'J-1');
  const [first] = await entries(world, id);
  assert.deepEqual([first?.kind, first?.from.role], ['joined', 'customer']);
});

test('[GA78] agents’ messages arrive with their name; notes and routing never do', async () => {
  const client = await world.guest();
  await client.say('Who is there?');
  const conversation = await take(world, 'Who is there?');
  await reply(world, conversation, 'A note for colleagues', 'note');
  await reply(world, conversation, 'Hello, I am here');
  const frame = await client.nextText('Hello, I am here');
  assert.deepEqual([frame.body.direction, frame.body.originatingEntity], ['Outbound', 'Human']);
  assert.ok(frame.body.channel?.from?.nickname);
  assert.equal(frame.tracingId, undefined);
  assert.equal(client.frames.length, 3, 'session, echo, reply');
  const { total, entities } = (await world.history(client)).body;
  assert.equal(total, 2);
  assert.ok(!JSON.stringify(entities).includes('note for colleagues'));
});

test('[GA79] an agent’s typing is shown, at most 12 times a minute, and not where it is off', async () => {
  for (const [client, shown] of [
    [await shopGuest(), 12],
    [await world.guest(), 0],
  ] as const) {
    await client.say(`Typing ${shown}`);
    const conversation = await take(world, `Typing ${shown}`);
    for (let count = 0; count < 14; count += 1) await type(world, conversation);
    await reply(world, conversation, 'Done typing');
    await client.nextText('Done typing');
    const events = client.frames.flatMap(({ body }) => body.events ?? []);
    assert.equal(events.length, shown);
    for (const event of events) {
      assert.equal(event.eventType === 'Typing' && event.typing.type, 'On');
    }
  }
});

test('[GA80] [GA81] Send: told, and the next message begins a new conversation', async () => {
  const client = await world.guest();
  await client.say('Send ends');
  const conversation = await take(world, 'Send ends');
  await end(world, conversation);
  const { body } = await client.nextPresence('Disconnect');
  assert.deepEqual([body.direction, body.metadata], ['Outbound', undefined]);
  assert.equal((await client.say('And another thing')).code, 200);
  const next = await conversationWith(world, 'And another thing');
  assert.notEqual(next.id, conversation.id);
  assert.equal((await world.history(client)).body.total, 3);
});

test('[GA80] ReadOnly: told, and then 409 to messages; history and token stay', async () => {
  const client = await shopGuest();
  await client.say('ReadOnly ends');
  await end(world, await take(world, 'ReadOnly ends'));
  const { body } = await client.nextPresence('Disconnect');
  assert.equal(body.metadata?.readOnly, 'true');
  const refused = await client.say('One more thing');
  assert.equal(refused.code, 409);
  assert.equal(refused.error, 'Session is read-only, no new messages allowed');
  const again = await world.connect({ deploymentId: deployments.shop, token: client.token });
  const { body: session } = await again.configure();
  assert.deepEqual([session.connected, session.readOnly], [true, true]);
  assert.equal((await world.history(again)).body.total, 2);
});

test('[GA80] ReadOnly: who was away finds the session read-only', async () => {
  const client = await shopGuest();
  await client.say('Away');
  const conversation = await take(world, 'Away');
  await client.close();
  await end(world, conversation);
  const again = await world.connect({ deploymentId: deployments.shop, token: client.token });
  const { body } = await again.configure();
  assert.deepEqual([body.newSession, body.readOnly], [false, true]);
  assert.equal((await again.say('x')).code, 409);
});

test('[GA80] Off: nothing is said, and the next message begins a new conversation', async () => {
  const { jwt } = await world.signInAtPortal({ sub: 'off' });
  const client = await world.connect({ deploymentId: deployments.portal });
  await client.signIn(jwt);
  await client.say('Off ends');
  const conversation = await take(world, 'Off ends');
  await end(world, conversation);
  await client.say('Next please');
  assert.ok(!client.frames.some(({ body }) => presenceOf(body) === 'Disconnect'));
  const next = await conversationWith(world, 'Next please');
  assert.notEqual(next.id, conversation.id);
  assert.equal((await entries(world, next.id))[0]?.kind, 'signed-in');
});

test('[GA83] a health check is answered to its sender alone and kept nowhere', async () => {
  const client = await world.guest();
  const other = await world.guest({ token: client.token });
  const tracingId = 'SGVhbHRoQ2hlY2tNZXNzYWdlSWQ=';
  const message = { type: 'Text', text: 'ping' };
  const answer = await client.ask({ action: 'echo', tracingId, message });
  assert.deepEqual([answer.type, answer.body.text], ['response', 'ping']);
  assert.equal(answer.body.metadata?.durationSeconds, '3600');
  assert.match(answer.body.metadata?.expirationDate ?? '', /^\d{10}$/);
  assert.equal((await world.history(client)).body.total, 0);
  await other.settled();
  assert.ok(!other.frames.some(({ class: name }) => name === 'StructuredMessage'));
  const nobody = await world.connect();
  nobody.send({ action: 'echo', message });
  assert.equal((await nobody.nextOf('StructuredMessage')).body.metadata, undefined);
});

test('[GA85] [GA86] what may be sent: text, and no attachments', async () => {
  const client = await world.connect();
  const { body } = await client.ask({ action: 'getConfiguration' });
  assert.deepEqual(body.allowedMedia?.inbound, { fileTypes: [], maxFileSizeKB: 0 });
  assert.deepEqual([body.maxCustomDataBytes, body.sessionDurationSeconds], [2048, 3600]);
  await client.configure();
  const request = { action: 'onAttachment', fileName: 'a.png', fileType: 'image/png' };
  assert.equal((await client.ask(request)).code, 4000);
  const asJson = await client.ask({ ...request, attachmentId: 'a-1', errorsAsJson: true });
  assert.equal(asJson.class, 'GenerateUrlError');
  assert.deepEqual([asJson.body.attachmentId, asJson.body.errorCode], ['a-1', 4000]);
});

test('[GA87] empty messages, unknown attachments, and what is no text', async () => {
  const client = await world.guest();
  const attachment = { contentType: 'Attachment', attachment: { id: 'unknown' } };
  assert.equal((await client.say('')).code, 400);
  assert.equal((await client.say('see photo', { content: [attachment] })).code, 4009);
  assert.equal((await client.say('nul \0')).code, 400);
  assert.equal((await client.event({ eventType: 'Video' })).code, 400);
  assert.equal((await world.history(client)).body.total, 0);
});

test('[GA120] I3 no frame of a conversation reaches another socket', async () => {
  const guests = await Promise.all([1, 2, 3].map(() => world.guest()));
  const people = await Promise.all([1, 2, 3].map((n) => person(`isolated-${n}`)));
  const clients = [...guests, ...people];
  await Promise.all(clients.map((client, n) => client.say(`canary-${n}-in`)));
  for (const [n] of clients.entries()) {
    await reply(world, await take(world, `canary-${n}-in`), `canary-${n}-out`);
  }
  await Promise.all(clients.map((client, n) => client.nextText(`canary-${n}-out`)));
  for (const [n, client] of clients.entries()) {
    await client.settled();
    const history = await world.history(client);
    const seen = JSON.stringify(client.frames) + history.text;
    const canaries = new Set(seen.match(/canary-\d-(in|out)/g));
    assert.deepEqual([...canaries].sort(), [`canary-${n}-in`, `canary-${n}-out`]);
  }
});

async function person(sub: string): Promise<GuestClient> {
  const { jwt } = await world.signInAtPortal({ sub });
  const client = await world.connect({ deploymentId: deployments.portal });
  await client.signIn(jwt);
  return client;
}

const text = (value: string) => ({ type: 'Text', text: value });

function sendTyping(client: GuestClient): void {
  const events = [{ eventType: 'Typing', typing: { type: 'On' } }];
  client.send({ action: 'onMessage', token: client.token, message: { type: 'Event', events } });
}

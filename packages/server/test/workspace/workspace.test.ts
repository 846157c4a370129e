import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import type { Conversation, Entry, Problem } from '@countersign/protocol';
import { WebSocket } from 'ws';
import { conversationOf, type Office, openOffice, PICK, type Staff } from './office.ts';

let office: Office;
let maria: Staff;
let tom: Staff;
let ines: Staff;

before(async () => {
  office = await openOffice();
  ({ maria, tom, ines } = await office.staff());
});
after(() => office.close());

interface OpenApi {
  openapi: string;
  paths: Record<string, { put: { requestBody: { content: Record<string, Media> } } }>;
}
interface Media {
  schema: { properties: Record<string, { enum: string[] }> };
}

test('whoever is not signed in, or has no role for it, is told so', async () => {
  const response = await fetch(`${office.node.url}/api/conversations`);
  assert.equal(response.status, 401);
  assert.match(response.headers.get('content-type') ?? '', /application\/problem\+json/);
  const problem = (await response.json()) as Problem;
  assert.equal(problem.code, 'unauthenticated');
  const dev = await office.signIn('dev');
  const refused = await dev.call('GET', '/api/conversations');
  assert.deepEqual([refused.status, refused.body.code], [403, 'forbidden']);
});

test('a guest is offered to a free agent, accepted, answered and ended', async () => {
  const live = await maria.live();
  await maria.available();
  const guest = await office.guest('Do you ship to Iceland?');
  const { offer } = await live.offer();
  const { id } = offer.conversation;
  assert.equal(offer.conversation.authenticated, false);
  assert.equal(offer.conversation.identity.state, 'anonymous');
  assert.equal(offer.conversation.queue, 'Guests');
  assert.equal(offer.seconds, 60);

  const accepted = await maria.call('POST', `/api/conversations/${id}/accept`);
  assert.equal(accepted.status, 200);
  assert.equal(accepted.body.state, 'active');
  assert.deepEqual(accepted.body.assignee, { id: maria.id, name: 'Maria Santos' });

  const message = { text: 'We do, from 49 kr.', clientId: 'm-1' };
  const first = await maria.call<Entry>('POST', `/api/conversations/${id}/messages`, message);
  const again = await maria.call<Entry>('POST', `/api/conversations/${id}/messages`, message);
  assert.equal(first.status, 200);
  assert.deepEqual(again.body, first.body, 'the same clientId twice gives the same entry');
  const frame = await guest.nextText('We do, from 49 kr.');
  assert.equal(frame.body.direction, 'Outbound');
  assert.equal(frame.body.channel?.from?.nickname, 'Maria');
  await guest.say('Thank you');
  await live.until((f) => f.type === 'entry' && f.entry.text === 'Thank you');

  const { body } = await maria.call<Entry>('GET', `/api/conversations/${id}/entries`);
  assert.deepEqual(
    body.items.map(({ seq, kind }) => `${seq} ${kind}`),
    [
      ...['1 message', '2 queued', '3 offered', '4 assigned', '5 joined'],
      ...['6 message', '7 message'],
    ],
  );
  const held = live.entries(id).map(({ seq }) => seq);
  assert.deepEqual(
    held,
    [...held].sort((a, b) => a - b),
    'live entries come in order',
  );

  assert.equal((await maria.call('POST', `/api/conversations/${id}/end`)).body.state, 'closed');
  const closed = await maria.call('POST', `/api/conversations/${id}/messages`, {
    text: 'One more',
    clientId: 'm-2',
  });
  assert.equal(closed.status, 409);
  await guest.nextPresence('Disconnect');
  await maria.call('PUT', '/api/me/presence', { presence: 'offline' });
});

test('a declined offer goes to the next agent, and to nobody twice', async () => {
  const [liveMaria, liveTom] = [await maria.live(), await tom.live()];
  await maria.available();
  await office.guest('Which boots for Kebnekaise?');
  const { offer } = await liveMaria.offer();
  const { id } = offer.conversation;
  await tom.available();
  assert.equal((await maria.call('POST', `/api/conversations/${id}/decline`)).status, 200);
  await liveMaria.until((f) => f.type === 'offer-gone' && f.conversation === id);
  await liveTom.until((f) => f.type === 'offer' && f.offer.conversation.id === id);

  const late = await maria.call('POST', `/api/conversations/${id}/accept`);
  assert.deepEqual([late.status, late.body.code], [409, 'offer.gone']);
  await tom.call('POST', `/api/conversations/${id}/decline`);
  const waiting = await ines.call('GET', `/api/conversations/${id}`);
  assert.equal(waiting.body.state, 'waiting', 'nobody is left to ask; it can still be picked');
  const picked = await maria.call('POST', `/api/conversations/${id}/pick`);
  assert.equal(picked.body.state, 'active');
  const second = await tom.call('POST', `/api/conversations/${id}/pick`);
  assert.deepEqual([second.status, second.body.code], [409, 'offer.gone']);
  await maria.call('POST', `/api/conversations/${id}/end`);
  for (const agent of [maria, tom]) {
    await agent.call('PUT', '/api/me/presence', { presence: 'offline' });
  }
});

test('an offer that runs out passes on, and the agent is told', async () => {
  const live = await maria.live();
  await maria.available();
  await office.guest('Is the tent back in stock?');
  const { offer } = await live.offer();
  const { id } = offer.conversation;
  office.clock.advance(61_000);
  const gone = await live.until((f) => f.type === 'offer-gone' && f.conversation === id);
  assert.deepEqual(gone, { type: 'offer-gone', conversation: id, reason: 'timeout' });
  const { body } = await ines.call('GET', `/api/conversations/${id}`);
  assert.equal(body.state, 'waiting');
  await ines.call('POST', `/api/conversations/${id}/pick`);
  await ines.call('POST', `/api/conversations/${id}/end`);
  await maria.call('PUT', '/api/me/presence', { presence: 'offline' });
});

test('an agent is never offered more than their capacity', async () => {
  const live = await maria.live();
  await maria.available();
  const texts = ['one of three', 'two of three', 'three of three'];
  for (const text of texts) await office.guest(text);
  let conversations: Conversation[];
  let states: string[];
  do {
    conversations = await Promise.all(texts.map((text) => conversationOf(ines, text)));
    states = conversations.map(({ state }) => state);
  } while (states.filter((state) => state === 'offered').length < 2);
  assert.deepEqual(states, ['offered', 'offered', 'waiting'], 'capacity 20, ten units each');
  const [first, , third] = conversations;
  await maria.call('POST', `/api/conversations/${first?.id}/accept`);
  await maria.call('POST', `/api/conversations/${first?.id}/end`);
  await live.until((f) => f.type === 'offer' && f.offer.conversation.id === third?.id);
  await maria.call('PUT', '/api/me/presence', { presence: 'offline' });
  for (const { id } of conversations) {
    await maria.call('POST', `/api/conversations/${id}/accept`);
    await maria.call('POST', `/api/conversations/${id}/end`);
  }
});

test('Invariant 8: an agent of another queue sees, hears and gets nothing; foreign and unknown answer alike', async () => {
  const live = await maria.live();
  const canary = `canary ${Math.random()}`;
  const guest = await office.guest(canary, PICK);
  const { id } = await conversationOf(ines, canary);
  const unknown = '01980000-0000-7000-8000-000000000000';
  for (const [method, path, body] of [
    ['GET', ''],
    ['GET', '/entries'],
    ['POST', '/pick'],
    ['POST', '/accept'],
    ['POST', '/end'],
    ['POST', '/messages', { text: 'x', clientId: 'x' }],
    ['POST', '/transfer', { queue: 'Guests' }],
  ] as const) {
    const foreign = await maria.call(method, `/api/conversations/${id}${path}`, body);
    const none = await maria.call(method, `/api/conversations/${unknown}${path}`, body);
    assert.deepEqual(foreign, none, `${method} ${path}`);
    assert.equal(foreign.status, 404);
  }
  const { body } = await maria.call('GET', '/api/conversations?limit=200');
  assert.ok(!body.items.some((conversation) => conversation.id === id));
  live.send({ type: 'follow', conversation: id });
  await guest.say(`${canary} again`);
  await tom.call('POST', `/api/conversations/${id}/pick`);
  const mine = await office.guest('something Maria may see');
  await live.until((f) => f.type === 'conversation' && f.conversation.queue === 'Guests');
  assert.doesNotMatch(JSON.stringify(live.frames), new RegExp(canary));
  assert.doesNotMatch(JSON.stringify(live.frames), new RegExp(id));
  await mine.close();
});

test('transferred to another queue, it is gone for the agent, and its history is kept', async () => {
  const live = await maria.live();
  await office.guest('Can Tom help me?');
  const { id } = await conversationOf(ines, 'Can Tom help me?');
  await maria.call('POST', `/api/conversations/${id}/pick`);
  await live.until((f) => f.type === 'conversation' && f.conversation.id === id);
  const moved = await maria.call('POST', `/api/conversations/${id}/transfer`, {
    queue: 'Only Tom',
    note: 'Asks for Tom',
  });
  assert.equal(moved.body.queue, 'Only Tom');
  assert.equal(moved.body.assignee, null);
  await live.until((f) => f.type === 'conversation-gone' && f.conversation === id);
  assert.equal((await maria.call('GET', `/api/conversations/${id}`)).status, 404);
  const { body } = await tom.call<Entry>('GET', `/api/conversations/${id}/entries`);
  assert.ok(body.items.some(({ kind, text }) => kind === 'note' && text === 'Asks for Tom'));
  assert.ok(body.items.some(({ kind }) => kind === 'transferred'));
});

test('any queue can be transferred to; how many wait is told to those who see them', async () => {
  await office.guest('Waits for Tom alone', PICK);
  await conversationOf(ines, 'Waits for Tom alone');
  interface Target {
    name: string;
    open: boolean;
    waiting?: number;
  }
  const targets = async (staff: Staff) => {
    const { status, body } = await staff.call<Target>('GET', '/api/transfer-queues');
    assert.equal(status, 200);
    return new Map(body.items.map((item) => [item.name, item]));
  };
  const [ofMaria, ofTom] = [await targets(maria), await targets(tom)];
  assert.deepEqual([...ofMaria.keys()], ['Guests', 'Only Tom']);
  assert.deepEqual(ofMaria.get('Only Tom'), { name: 'Only Tom', open: true });
  assert.equal(typeof ofMaria.get('Guests')?.waiting, 'number');
  assert.ok((ofTom.get('Only Tom')?.waiting ?? 0) > 0);
});

test('Invariant 4: after resume nothing is missed', async () => {
  const live = await maria.live();
  const guest = await office.guest('Hello, first');
  const { id } = await conversationOf(ines, 'Hello, first');
  await maria.call('POST', `/api/conversations/${id}/pick`);
  await guest.say('second');
  await live.until((f) => f.type === 'entry' && f.entry.text === 'second');
  const ready = await live.until<{ type: 'ready'; cursor: string; resumed: boolean }>(
    (f) => f.type === 'ready',
  );
  await live.close();
  for (const text of ['third', 'fourth', 'fifth']) await guest.say(text);
  const back = await maria.live({ type: 'resume', since: ready.cursor });
  await back.until((f) => f.type === 'entry' && f.entry.text === 'fifth');
  await guest.say('sixth');
  await back.until((f) => f.type === 'entry' && f.entry.text === 'sixth');
  const seqs = back.entries(id).map(({ seq }) => seq);
  const first = seqs[0] ?? 0;
  assert.deepEqual(
    seqs,
    seqs.map((_, index) => first + index),
    'without gaps, each once',
  );
  const texts = back.entries(id).flatMap(({ text }) => text ?? []);
  assert.deepEqual(texts.slice(-4), ['third', 'fourth', 'fifth', 'sixth']);
  await maria.call('POST', `/api/conversations/${id}/end`);
});

test('a private note never reaches the customer', async () => {
  const guest = await office.guest('Any discount?');
  const { id } = await conversationOf(ines, 'Any discount?');
  await maria.call('POST', `/api/conversations/${id}/pick`);
  const path = `/api/conversations/${id}/messages`;
  await maria.call('POST', path, { kind: 'note', text: 'secret note', clientId: 'n' });
  await maria.call('POST', path, { text: 'Ten percent', clientId: 'm' });
  await guest.nextText('Ten percent');
  assert.doesNotMatch(JSON.stringify(guest.frames), /secret note/);
  await maria.call('POST', `/api/conversations/${id}/end`);
});

test('[A03] members that only the server gives are refused, not stored', async () => {
  await office.guest('Mass assignment?');
  const { id } = await conversationOf(ines, 'Mass assignment?');
  await maria.call('POST', `/api/conversations/${id}/pick`);
  const path = `/api/conversations/${id}/messages`;
  const forged = {
    text: 'x',
    clientId: 'f',
    seq: 1,
    authenticated: true,
    from: { role: 'customer' },
  };
  const before = (await maria.call('GET', `/api/conversations/${id}`)).body.lastSeq;
  const refused = await maria.call('POST', path, forged);
  assert.deepEqual([refused.status, refused.body.code], [400, 'invalid_request']);
  assert.equal((await maria.call('GET', `/api/conversations/${id}`)).body.lastSeq, before);
  await maria.call('POST', `/api/conversations/${id}/end`);
});

test('[S02] a page of another site gets no frame with the agent’s cookie', async () => {
  const socket = new WebSocket(`${office.node.url.replace(/^http/, 'ws')}/api/live`, {
    origin: 'https://evil.example',
  });
  const status = await new Promise<number>((resolve) => {
    socket.on('unexpected-response', (_request, response) => resolve(response.statusCode ?? 0));
    socket.on('error', () => undefined);
  });
  assert.equal(status, 403);
});

test('the readable page of the API and what it loads are served', async () => {
  const page = await fetch(`${office.node.url}/api/docs`);
  assert.equal(page.status, 200);
  assert.match(page.headers.get('content-type') ?? '', /^text\/html/);
  assert.match(page.headers.get('content-security-policy') ?? '', /frame-ancestors 'none'/);
  const html = await page.text();
  const parts = [...html.matchAll(/(?:src|href)="([^"]+)"/g)].map(([, path = '']) => path);
  assert.ok(parts.length > 0);
  for (const part of parts) {
    const answer = await fetch(new URL(part, page.url));
    assert.equal(answer.status, 200, part);
    await answer.arrayBuffer();
  }
  const document = await fetch(`${office.node.url}/api/docs/json`);
  assert.equal(((await document.json()) as OpenApi).openapi, '3.1.0');
  const missing = await fetch(`${office.node.url}/api/docs/static/nothing-here.js`);
  assert.equal(missing.status, 404);
});

test('the OpenAPI document describes what the routes validate', async () => {
  const response = await fetch(`${office.node.url}/api/openapi.json`);
  const document = (await response.json()) as OpenApi;
  assert.equal(document.openapi, '3.1.0');
  for (const path of [
    '/api/conversations',
    '/api/conversations/{id}/messages',
    '/api/me/presence',
  ]) {
    assert.ok(document.paths[path], path);
  }
  const body = document.paths['/api/me/presence']?.put.requestBody.content['application/json'];
  assert.deepEqual(body?.schema.properties.presence?.enum, [
    'available',
    'busy',
    'dnd',
    'away',
    'offline',
  ]);
});

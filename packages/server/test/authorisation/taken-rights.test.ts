// Rights that are taken away while somebody is at work (A04).
import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { after, before, test } from 'node:test';
import type { Entry } from '@countersign/protocol';
import { type ActorName, type Chat, type Company, type Live, openCompany } from './company.ts';

const WITHIN_MS = 1000;

let company: Company;
before(async () => {
  company = await openCompany();
});
after(() => company.close());

/** As an administrator's file; answers when it is in force. */
async function apply(yaml: string): Promise<void> {
  const { status, text } = await company.call('administrator', 'POST', '/api/configuration', yaml);
  assert.equal(status, 200, text);
}

const queueOf = (members: string) =>
  `queues:\n  - { name: Ours, priority: 10, assignment: round-robin, members: [${members}] }\n`;
const mariaAs = (roles: string) =>
  `users:\n  - { email: maria@shop.example, name: Maria Santos, nickname: Maria, roles: [${roles}], capacity: 1000 }\n`;

const send = (actor: ActorName, { conversation }: Chat, kind: 'message' | 'note') =>
  company.call(actor, 'POST', `/api/conversations/${conversation.id}/messages`, {
    text: 'sent after the right was taken',
    kind,
    clientId: randomUUID(),
  });

async function textsOf({ conversation }: Chat): Promise<(string | undefined)[]> {
  const path = `/api/conversations/${conversation.id}/entries`;
  const { items } = await company.supervise<{ items: Entry[] }>('GET', path);
  return items.map(({ text }) => text);
}

/** Follows the chat and has heard of it. */
async function follow(actor: ActorName, chat: Chat, text: string): Promise<Live> {
  const live = await company.live(actor);
  live.send({ type: 'follow', conversation: chat.conversation.id, after: 0 });
  await live.until((frame) => frame.type === 'entry' && frame.entry.text === text);
  return live;
}

test('A04 an agent who leaves a queue hears no more of it, within a second, and cannot write', async () => {
  const chat = await company.guest('ours', 'before the change');
  const live = await follow('agent of Ours', chat, 'before the change');
  await apply(queueOf('tom@shop.example'));
  const from = performance.now();
  await live.until(
    (frame) => frame.type === 'conversation-gone' && frame.conversation === chat.conversation.id,
  );
  assert.ok(performance.now() - from <= WITHIN_MS);
  const heard = live.frames.length;
  assert.equal((await send('agent of Ours', chat, 'note')).status, 404);
  await chat.client.say('after the change');
  const pick = `/api/conversations/${chat.conversation.id}/pick`;
  assert.equal((await company.call('agent of Ours', 'POST', pick)).status, 404);
  // Something that this socket does hear comes after all that it must not
  await company.call('supervisor', 'PUT', '/api/me/presence', { presence: 'busy' });
  await live.until((frame) => frame.type === 'presence' && frame.presence === 'busy');
  const later = live.frames.slice(heard).map(({ type }) => type);
  assert.ok(!later.includes('entry') && !later.includes('conversation'), later.join());
  assert.deepEqual(live.mentions('after the change'), []);
  assert.ok(!(await textsOf(chat)).includes('sent after the right was taken'));
  await apply(queueOf('maria@shop.example'));
});

test('A04 an agent without the role loses the feed and even their own conversation', async () => {
  const chat = await company.guest('ours', 'mine for now');
  const path = `/api/conversations/${chat.conversation.id}`;
  assert.equal((await company.call('agent of Ours', 'POST', `${path}/pick`)).status, 200);
  const live = await follow('agent of Ours', chat, 'mine for now');
  await apply(mariaAs('developer'));
  const from = performance.now();
  assert.equal(await live.closed(), 4401);
  assert.ok(performance.now() - from <= WITHIN_MS);
  assert.equal((await send('agent of Ours', chat, 'message')).status, 403);
  assert.equal((await company.call('agent of Ours', 'GET', path)).status, 403);
  await chat.client.say('nobody hears this');
  assert.deepEqual(live.mentions('nobody hears this'), []);
  assert.ok(!(await textsOf(chat)).includes('sent after the right was taken'));
  await apply(mariaAs('agent'));
});

test('A04 an API key without the role loses the feed and what it could do', async () => {
  const chat = await company.guest('theirs', 'for programs');
  const live = await follow('supervisor key', chat, 'for programs');
  const key = company.headersOf['supervisor key'].authorization?.split(' ')[1];
  const inline = `apiKeys:\n  - { name: Supervisor bot, token: ${key}, roles: [developer] }\n`;
  await apply(inline);
  assert.equal(await live.closed(), 4401);
  assert.equal((await send('supervisor key', chat, 'note')).status, 403);
  await chat.client.say('no program hears this');
  assert.deepEqual(live.mentions('no program hears this'), []);
});

// The agents' side as a program sees it, for tests of what reaches a customer and what does not.

import type { ContactSession, Conversation, Entry } from '@countersign/protocol';
import type { Attempt } from '../../src/identity/index.ts';
import type { World } from './world.ts';

/** The conversation whose last message is this one. */
export async function conversationWith(world: World, text: string): Promise<Conversation> {
  const found = (await conversations(world)).find(({ preview }) => preview?.text === text);
  if (!found) throw new Error(`no conversation ends with ${JSON.stringify(text)}`);
  return found;
}

export async function conversations(world: World, state?: string): Promise<Conversation[]> {
  const query = state ? `?state=${state}&limit=200` : '?limit=200';
  const { text } = await world.agent('GET', `/api/conversations${query}`);
  const page: { items: Conversation[] } = JSON.parse(text);
  return page.items;
}

export async function readConversation(world: World, id: string): Promise<Conversation> {
  const { text } = await world.agent('GET', `/api/conversations/${id}`);
  const conversation: Conversation = JSON.parse(text);
  return conversation;
}

export async function entries(world: World, id: string): Promise<Entry[]> {
  const { text } = await world.agent('GET', `/api/conversations/${id}/entries`);
  const page: { items: Entry[] } = JSON.parse(text);
  return page.items;
}

export async function attempts(world: World, reference: string): Promise<Attempt[]> {
  const { text } = await world.agent('GET', `/api/attempts?reference=${reference}`);
  const page: { items: Attempt[] } = JSON.parse(text);
  return page.items;
}

let messages = 0;

/** The agent takes the conversation that ends with this text. */
export async function take(world: World, text: string): Promise<Conversation> {
  const conversation = await conversationWith(world, text);
  await mustSucceed(world, `/api/conversations/${conversation.id}/pick`);
  return conversation;
}

export async function reply(
  world: World,
  { id }: Conversation,
  text: string,
  kind: 'message' | 'note' = 'message',
): Promise<void> {
  messages += 1;
  await mustSucceed(world, `/api/conversations/${id}/messages`, {
    text,
    kind,
    clientId: `agent-${messages}`,
  });
}

export const end = (world: World, { id }: Conversation): Promise<void> =>
  mustSucceed(world, `/api/conversations/${id}/end`);

export const type = (world: World, { id }: Conversation): Promise<void> =>
  mustSucceed(world, `/api/conversations/${id}/typing`);

async function mustSucceed(world: World, path: string, body?: object): Promise<void> {
  const { status, text } = await world.agent('POST', path, body);
  if (status >= 300) throw new Error(`${path}: ${status} ${text}`);
}

/** Waits for the sweep, which nobody announces: until the log says that the proof has run out. */
export async function untilLapsed(world: World, id: string): Promise<Conversation> {
  while ((await signInEntries(world, id)).at(-1)?.kind !== 'lapsed');
  return readConversation(world, id);
}

/** How the customer of a conversation came to be who they are, in order. */
export async function signInEntries(world: World, id: string): Promise<Entry[]> {
  const kinds = ['authentication-requested', 'signed-in', 'lapsed', 'signed-out'];
  return (await entries(world, id)).filter(({ kind }) => kinds.includes(kind));
}

export async function devices(world: World, contactId: string): Promise<ContactSession[]> {
  const { text } = await world.agent('GET', `/api/contacts/${contactId}/sessions`);
  const page: { items: ContactSession[] } = JSON.parse(text);
  return page.items;
}

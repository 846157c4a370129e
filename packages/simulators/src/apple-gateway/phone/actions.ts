import type { Device } from '../device/device.ts';
import type { MessageKind, MessageOf, SignInBubble } from '../device/received-message.ts';
import type { WebhookDelivery } from '../journal.ts';
import { isObject, type Json, textAt } from '../json.ts';
import type { Outcomes } from './phone-view.ts';

/** What the page posts: JSON, or a file's bytes with its name in the query. */
export interface ActionInput {
  device: Device;
  outcomes: Outcomes;
  query: URLSearchParams;
  bytes: Uint8Array<ArrayBuffer>;
}

type Action = (input: ActionInput) => Promise<object>;

/** What a person can do on the phone, by the last part of the path. */
export const actions: Readonly<Record<string, Action>> = {
  say: async (input) => told(await input.device.say(textAt(read(input), 'text') ?? '')),
  typing: async (input) => {
    const { device } = input;
    const isTyping = read(input).isTyping === true;
    return told(await (isTyping ? device.startTyping() : device.stopTyping()));
  },
  attach: async ({ device, query, bytes }) => {
    const name = query.get('name') ?? 'file';
    const mimeType = query.get('type') || 'application/octet-stream';
    return told(await device.attach([{ name, mimeType, bytes }]));
  },
  close: async ({ device, outcomes }) => {
    const delivery = await device.close();
    outcomes.close(device);
    return told(delivery);
  },
  'quick-reply': async (input) => {
    const message = messageIn(input, 'quick-reply');
    const [identifier = ''] = choicesIn(input);
    return answered(input, message, await input.device.answerQuickReply(message, identifier));
  },
  'list-picker': async (input) => {
    const message = messageIn(input, 'list-picker');
    return answered(input, message, await input.device.answerListPicker(message, choicesIn(input)));
  },
  'time-picker': async (input) => {
    const message = messageIn(input, 'time-picker');
    const [identifier = ''] = choicesIn(input);
    return answered(input, message, await input.device.answerTimePicker(message, identifier));
  },
  'sign-in': signIn,
};

/** The simulator goes through the provider's pages as the person chose to (§17.4). */
async function signIn(input: ActionInput): Promise<object> {
  const { device, outcomes } = input;
  const message = messageIn(input, 'sign-in');
  const { person, isCancelled } = read(input);
  const outcome = await device.signIn(message, {
    ...(typeof person === 'string' ? { person } : {}),
    choice: isCancelled === true ? 'cancel' : 'agree',
  });
  const { status, page } = outcome;
  outcomes.set(message.id, textAfter(message, status));
  return { status, page: page && { status: page.status, url: new URL(page.url).origin } };
}

function textAfter({ replyMessage }: SignInBubble, status: string): string | undefined {
  if (status === 'authenticated' || status === 'success')
    return textAt(replyMessage, 'title') ?? 'Signed in';
  return status === 'silent' || status === 'cancel' ? undefined : 'Sign-in failed';
}

function answered(
  { outcomes }: ActionInput,
  { id, replyMessage }: { id: string; replyMessage: Json | undefined },
  delivery: WebhookDelivery,
): object {
  outcomes.set(id, textAt(replyMessage, 'title') ?? 'Answered');
  return told(delivery);
}

const told = ({ isDelivered, status }: WebhookDelivery): object => ({ isDelivered, status });

function read({ bytes }: ActionInput): Json {
  const value: unknown = JSON.parse(new TextDecoder().decode(bytes));
  return isObject(value) ? value : {};
}

function choicesIn(input: ActionInput): string[] {
  const { choices } = read(input);
  return Array.isArray(choices) ? choices.map(String) : [];
}

function messageIn<Kind extends MessageKind>(input: ActionInput, kind: Kind): MessageOf<Kind> {
  const { message: id } = read(input);
  const isAsked = (it: { id: string; kind: MessageKind }): it is MessageOf<Kind> =>
    it.id === id && it.kind === kind;
  const message = input.device.received().find(isAsked);
  if (!message) throw new Error(`this device has no such ${kind}`);
  return message;
}

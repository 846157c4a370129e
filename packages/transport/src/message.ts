import { type Json, listAt, recordAt, textAt } from './read.ts';

export interface QuickReply {
  readonly text: string;
  readonly payload: string;
}

export interface Attachment {
  readonly url: string;
  readonly filename: string;
  readonly mediaType: string;
}

export interface CardAction {
  readonly text: string;
  /** Present: a link. Absent: a postback that sends `payload`. */
  readonly url?: string;
  readonly payload: string;
}

export interface Card {
  readonly title: string;
  readonly description: string;
  readonly actions: readonly CardAction[];
}

export interface Failure {
  /** Code of the Guest API, section 10. */
  readonly code: number;
  readonly text: string;
}

export type Delivery =
  | { readonly kind: 'sending' }
  | { readonly kind: 'sent' }
  | { readonly kind: 'failed'; readonly failure: Failure };

export type Presence = 'Join' | 'Disconnect' | 'SignIn' | 'Clear';

interface Common {
  readonly id: string;
  /** Stable while a message goes from sending to sent: the client id of own messages, else `id`. */
  readonly key: string;
  /** `channel.time`: ISO 8601, milliseconds. For a message under way the local time. */
  readonly at: string;
  readonly direction: 'inbound' | 'outbound';
  readonly from?: string;
}

export interface ChatMessage extends Common {
  readonly kind: 'message';
  readonly text: string;
  readonly bot: boolean;
  readonly authenticated: boolean;
  readonly delivery: Delivery;
  readonly quickReplies: readonly QuickReply[];
  readonly attachments: readonly Attachment[];
  readonly cards: readonly Card[];
}

/** Something that happened in the conversation and is kept in its history. */
export interface ChatNotice extends Common {
  readonly kind: 'notice';
  readonly presence: Presence;
  readonly readOnly: boolean;
}

export type Entry = ChatMessage | ChatNotice;

/** What a StructuredMessage body says: an entry, agent typing, or nothing this client knows. */
export function readBody(body: Json): Entry | 'typing' | null {
  const id = textAt(body, 'id');
  const channel = recordAt(body, 'channel');
  const at = textAt(channel, 'time');
  const direction = textAt(body, 'direction');
  if (id === undefined || at === undefined || Number.isNaN(Date.parse(at))) return null;
  if (direction !== 'Inbound' && direction !== 'Outbound') return null;
  const common: Common = {
    id,
    key: id,
    at,
    direction: direction === 'Inbound' ? 'inbound' : 'outbound',
    ...nameOf(recordAt(channel, 'from')),
  };
  if (textAt(body, 'type') === 'Event') return readEvent(body, common);
  return readMessage(body, common);
}

function nameOf(from: Json): { from?: string } {
  const full = [textAt(from, 'firstName'), textAt(from, 'lastName')].filter(Boolean).join(' ');
  const name = textAt(from, 'nickname') ?? full;
  return name === '' ? {} : { from: name };
}

function readEvent(body: Json, common: Common): ChatNotice | 'typing' | null {
  for (const event of listAt(body, 'events')) {
    const kind = textAt(event, 'eventType');
    if (kind === 'Typing' && common.direction === 'outbound') return 'typing';
    const presence = textAt(recordAt(event, 'presence'), 'type');
    if (kind === 'Presence' && isPresence(presence)) {
      const readOnly = textAt(recordAt(body, 'metadata'), 'readOnly') === 'true';
      return { ...common, kind: 'notice', presence, readOnly };
    }
  }
  return null;
}

function isPresence(value: string | undefined): value is Presence {
  return value === 'Join' || value === 'Disconnect' || value === 'SignIn' || value === 'Clear';
}

function readMessage(body: Json, common: Common): ChatMessage | null {
  const type = textAt(body, 'type');
  if (type !== 'Text' && type !== 'Structured') return null;
  const content = listAt(body, 'content');
  const message: ChatMessage = {
    ...common,
    kind: 'message',
    text: textAt(body, 'text') || pressedButton(content),
    bot: textAt(body, 'originatingEntity') === 'Bot',
    authenticated: textAt(recordAt(body, 'metadata'), 'authenticated') === 'true',
    delivery: { kind: 'sent' },
    quickReplies: content.flatMap(readQuickReply),
    attachments: content.flatMap(readAttachment),
    cards: content.flatMap(readCards),
  };
  const known = message.quickReplies.length + message.attachments.length + message.cards.length;
  return message.text === '' && known === 0 ? null : message;
}

function pressedButton(content: readonly Json[]): string {
  const answer = content.find((item) => item.contentType === 'ButtonResponse');
  return answer === undefined ? '' : (textAt(recordAt(answer, 'buttonResponse'), 'text') ?? '');
}

function readQuickReply(item: Json): QuickReply[] {
  const reply = recordAt(item, 'quickReply');
  const text = textAt(reply, 'text');
  return text === undefined ? [] : [{ text, payload: textAt(reply, 'payload') ?? text }];
}

function readAttachment(item: Json): Attachment[] {
  const attachment = recordAt(item, 'attachment');
  const url = textAt(attachment, 'url');
  const filename = textAt(attachment, 'filename');
  if (url === undefined || filename === undefined) return [];
  return [{ url, filename, mediaType: textAt(attachment, 'mediaType') ?? 'File' }];
}

function readCards(item: Json): Card[] {
  const cards = [recordAt(item, 'card'), ...listAt(recordAt(item, 'carousel'), 'cards')];
  return cards.flatMap((card) => {
    const title = textAt(card, 'title');
    if (title === undefined) return [];
    const actions = listAt(card, 'actions').flatMap(readAction);
    return [{ title, description: textAt(card, 'description') ?? '', actions }];
  });
}

function readAction(action: Json): CardAction[] {
  const text = textAt(action, 'text');
  if (text === undefined) return [];
  const url = textAt(action, 'type') === 'Link' ? textAt(action, 'url') : undefined;
  return [{ text, payload: textAt(action, 'payload') ?? text, ...(url && { url }) }];
}

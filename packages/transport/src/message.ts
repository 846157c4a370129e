import { type Json, listAt, recordAt, textAt } from './read.ts';

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
  /** `''` where there are only files. */
  readonly text: string;
  /** Files beside the text, as they came (Guest API, section 6): `filesOf` reads them. */
  readonly content: readonly Json[];
  readonly bot: boolean;
  readonly authenticated: boolean;
  readonly delivery: Delivery;
}

/** Something that happened in the conversation and is kept in its history. */
export interface ChatNotice extends Common {
  readonly kind: 'notice';
  readonly presence: Presence;
  readonly readOnly: boolean;
}

export type Entry = ChatMessage | ChatNotice;

/** Passes, and is never in the history: an agent types, or asks the customer to sign in. */
export type Passing = 'typing' | 'authenticate';

/** What a StructuredMessage body says: an entry, something passing, or nothing this client knows. */
export function readBody(body: Json): Entry | Passing | null {
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

function readEvent(body: Json, common: Common): ChatNotice | Passing | null {
  for (const event of listAt(body, 'events')) {
    const kind = textAt(event, 'eventType');
    if (kind === 'Typing' && common.direction === 'outbound') return 'typing';
    const presence = textAt(recordAt(event, 'presence'), 'type');
    if (presence === 'Authenticate' && common.direction === 'outbound') return 'authenticate';
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

/** Content that this client cannot show is left out; a message with nothing else is none. */
function readMessage(body: Json, common: Common): ChatMessage | null {
  const text = textAt(body, 'text') ?? '';
  const content = listAt(body, 'content').filter((item) => item.contentType === 'Attachment');
  if (!text && content.length === 0) return null;
  return {
    ...common,
    kind: 'message',
    text,
    content,
    bot: textAt(body, 'originatingEntity') === 'Bot',
    authenticated: textAt(recordAt(body, 'metadata'), 'authenticated') === 'true',
    delivery: { kind: 'sent' },
  };
}

import type { ButtonResponse, PresenceType, StructuredMessage } from '@countersign/protocol';
import type { MessengerConfiguration } from '../../configuration/index.ts';
import type { EntryRecord } from '../../conversations/index.ts';
import { type FileLinks, isAttachment, withUrl } from './file-links.ts';
import { isoTime, messageId, presenceEvent } from './frames.ts';

type Disconnect = MessengerConfiguration['conversations']['disconnect'];

/**
 * An entry of the log as a customer sees it, live and in history alike; null: not for customers.
 * Queues, offers, assignments and private notes never reach one.
 */
export function entryBody(
  entry: EntryRecord,
  disconnect: Disconnect,
  links: FileLinks,
): StructuredMessage | null {
  switch (entry.kind) {
    case 'message':
      return messageBody(entry, links);
    case 'joined':
      return entry.role === 'customer' ? eventBody(entry, 'Join') : null;
    case 'signed-in':
      return eventBody(entry, 'SignIn');
    case 'ended':
      return eventBody(
        entry,
        'Disconnect',
        disconnect === 'ReadOnly' && entry.role !== 'customer' ? { readOnly: 'true' } : undefined,
      );
    default:
      return null;
  }
}

function messageBody(entry: EntryRecord, links: FileLinks): StructuredMessage {
  const inbound = entry.role === 'customer';
  const answers = entry.content.filter(isButtonResponse);
  const files = entry.content.filter(isAttachment).map((item) => withUrl(item, links));
  const content = [...answers, ...files];
  const metadata = inbound ? inboundMetadata(entry) : undefined;
  return {
    id: messageId(entry.id),
    type: answers.length > 0 ? 'Structured' : 'Text',
    direction: inbound ? 'Inbound' : 'Outbound',
    ...(entry.text === null ? {} : { text: entry.text }),
    ...(content.length > 0 && { content }),
    channel: {
      time: isoTime(entry.at),
      type: 'Private',
      ...(inbound ? { messageId: entry.id } : participant(entry)),
    },
    originatingEntity: entry.role === 'bot' ? 'Bot' : 'Human',
    ...(metadata && { metadata }),
  };
}

function eventBody(
  entry: EntryRecord,
  type: PresenceType,
  metadata = entry.role === 'customer' ? inboundMetadata(entry) : undefined,
): StructuredMessage {
  const inbound = entry.role === 'customer';
  return {
    id: messageId(entry.id),
    type: 'Event',
    direction: inbound ? 'Inbound' : 'Outbound',
    channel: { time: isoTime(entry.at), type: 'Private', ...participant(entry) },
    events: [presenceEvent(type)],
    originatingEntity: 'Human',
    ...(metadata && { metadata }),
  };
}

function participant(entry: EntryRecord): Pick<StructuredMessage['channel'], 'from'> {
  if (entry.senderName === null) return {};
  if (entry.role !== 'customer') return { from: { nickname: entry.senderName } };
  return { from: personName(entry.senderName) };
}

/** A full name in the two parts that the protocol has; absent parts are left out. */
export function personName(name: string): { firstName?: string; lastName?: string } {
  const [firstName = '', ...rest] = name.trim().split(/\s+/);
  const lastName = rest.join(' ');
  return { ...(firstName && { firstName }), ...(lastName && { lastName }) };
}

/** `authenticated` is ours to say: what a client claims under that name is not stored. */
function inboundMetadata(entry: EntryRecord): Record<string, string> | undefined {
  const own = entry.data?.metadata;
  const metadata: Record<string, string> = {};
  if (typeof own === 'object' && own !== null) {
    for (const [name, value] of Object.entries(own)) {
      if (typeof value === 'string') metadata[name] = value;
    }
  }
  if (entry.identityState === 'verified') metadata.authenticated = 'true';
  return Object.keys(metadata).length > 0 ? metadata : undefined;
}

const isButtonResponse = (item: unknown): item is ButtonResponse =>
  typeof item === 'object' &&
  item !== null &&
  'contentType' in item &&
  item.contentType === 'ButtonResponse';

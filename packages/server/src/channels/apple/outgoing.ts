/** An entry of the log as the messages that Apple gets for it: one, or several in their order. */
import { hash } from 'node:crypto';
import type { RichMessage, Snapshot } from '../../configuration/index.ts';
import type { EntryRecord } from '../../conversations/index.ts';
import { mapOf } from './read-message.ts';
import type { SendableMessage } from './rich-body.ts';
import { splitText } from './split-text.ts';

export type Part =
  | { type: 'text'; text: string }
  | { type: 'file'; attachmentId: string }
  | { type: 'rich'; message: SendableMessage }
  /** By its `requestIdentifier`. */
  | { type: 'sign-in'; request: string }
  /** It names a rich message that is not there any more. */
  | { type: 'gone'; name: string };

/** What agents and programs say to the customer and ask of them; none for everything else. */
export function partsOf(
  entry: Pick<EntryRecord, 'kind' | 'role' | 'text' | 'content' | 'data'>,
  snapshot: Pick<Snapshot, 'richMessages'>,
): Part[] {
  if (entry.kind === 'authentication-requested') return signInPart(entry.data);
  const isOutgoing = entry.kind === 'message' && (entry.role === 'agent' || entry.role === 'bot');
  if (!isOutgoing) return [];
  const texts = splitText(entry.text ?? '').map((text): Part => ({ type: 'text', text }));
  return [...texts, ...entry.content.flatMap((item) => partOf(item, snapshot))];
}

function signInPart(data: EntryRecord['data']): Part[] {
  const request = data?.requestIdentifier;
  return typeof request === 'string' ? [{ type: 'sign-in', request }] : [];
}

function partOf(item: unknown, { richMessages }: Pick<Snapshot, 'richMessages'>): Part[] {
  const attachmentId = attachmentIdOf(item);
  if (attachmentId !== null) return [{ type: 'file', attachmentId }];
  const name = richNameOf(item);
  if (name === null) return [];
  const message = sendable(richMessages, name);
  return [message ? { type: 'rich', message } : { type: 'gone', name }];
}

/** `{ type: 'rich-message', name }`, as an agent sends it. */
export function richNameOf(item: unknown): string | null {
  const { type, name } = mapOf(item) ?? {};
  return type === 'rich-message' && typeof name === 'string' ? name : null;
}

export function attachmentIdOf(item: unknown): string | null {
  const { contentType, attachment } = mapOf(item) ?? {};
  const id = mapOf(attachment)?.id;
  return contentType === 'Attachment' && typeof id === 'string' ? id : null;
}

export function sendable(
  richMessages: ReadonlyMap<string, RichMessage>,
  name: string,
): SendableMessage | null {
  const found = [...richMessages.values()].find((message) => message.name === name);
  return found && found.type !== 'authentication' ? found : null;
}

/**
 * The id of a part at Apple, the same in every try: the entry's own for the first, one made from it for
 * the others (UUID version 8, RFC 9562 §5.8).
 */
export function partId(entryId: string, part: number): string {
  if (part === 0) return entryId;
  const digits = hash('sha256', `${entryId}/${part}`, 'hex');
  const variant = ((Number.parseInt(digits.charAt(16), 16) & 0x3) | 0x8).toString(16);
  return [
    digits.slice(0, 8),
    digits.slice(8, 12),
    `8${digits.slice(13, 16)}`,
    `${variant}${digits.slice(17, 20)}`,
    digits.slice(20, 32),
  ].join('-');
}

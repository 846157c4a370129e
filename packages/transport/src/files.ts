/**
 * Files of a conversation (Guest API, section 8): announced on the socket, uploaded by `PUT` to the address
 * of the answer, looked into by the node, then named in a message. Apart from the transport, so that a client
 * that shows none does not carry it.
 */
import type { Frame } from './frames.ts';
import type { ChatMessage } from './message.ts';
import { isRecord, type Json, numberAt, recordAt, textAt } from './read.ts';

/** What is needed of a transport. */
export interface Line {
  ask(request: object): Promise<Frame>;
}

export type Announced =
  | {
      readonly kind: 'address';
      readonly id: string;
      readonly url: string;
      readonly headers: Readonly<Record<string, string>>;
    }
  /** Too much was asked for at once: again after so many seconds. */
  | { readonly kind: 'later'; readonly seconds: number }
  /** `code`: Guest API, section 10; 0 where there is none. */
  | { readonly kind: 'refused'; readonly code: number };

export async function announceFile(
  line: Line,
  { name, type, size }: { name: string; type: string; size: number },
): Promise<Announced> {
  const frame = await line.ask({
    action: 'onAttachment',
    fileName: name,
    fileSize: size,
    // What the browser does not know the node finds out
    ...(type && { fileType: type }),
    errorsAsJson: true,
  });
  if (frame.kind === 'throttled') return { kind: 'later', seconds: frame.retryAfter };
  if (frame.kind === 'error') return { kind: 'refused', code: frame.code };
  const body = frame.kind === 'other' ? frame.body : {};
  const [id, url] = [textAt(body, 'attachmentId'), textAt(body, 'url')];
  if (id === undefined || url === undefined)
    return { kind: 'refused', code: numberAt(body, 'errorCode') ?? 0 };
  const headers = Object.entries(recordAt(body, 'headers')).map(([key, value]) => [
    key,
    String(value),
  ]);
  return { kind: 'address', id, url, headers: Object.fromEntries(headers) };
}

/** What the node says of an upload once it has looked into it. */
export interface Inspected {
  readonly id: string;
  /** Null: it may be sent. */
  readonly code: number | null;
}

export function inspected(frame: Frame): Inspected | null {
  if (frame.kind !== 'other') return null;
  const id = textAt(frame.body, 'attachmentId');
  if (id === undefined) return null;
  if (frame.name === 'UploadSuccessEvent') return { id, code: null };
  if (frame.name !== 'UploadFailureEvent') return null;
  return { id, code: numberAt(frame.body, 'errorCode') ?? 0 };
}

/** Takes back a file that no message names. */
export async function forgetFile(line: Line, attachmentId: string): Promise<void> {
  await line.ask({ action: 'deleteAttachment', attachmentId });
}

/** A fresh address of one's own file, for ten minutes; null: the node gives none. */
export async function renewAddress(line: Line, attachmentId: string): Promise<string | null> {
  const frame = await line.ask({ action: 'getAttachment', attachmentId });
  return frame.kind === 'other' ? (textAt(frame.body, 'url') ?? null) : null;
}

export interface SentFile {
  readonly id: string;
  readonly name: string;
  /** `''`: not known. */
  readonly type: string;
  /** Bytes; 0: not known. */
  readonly size: number;
  /** For ten minutes; null while the message is under way. */
  readonly url: string | null;
}

/** A file in a message that is to be sent. */
export const fileContent = ({ id, name, type, size }: Omit<SentFile, 'url'>): Json => ({
  contentType: 'Attachment',
  attachment: { id, filename: name, mime: type, fileSize: size },
});

export function filesOf({ content }: Pick<ChatMessage, 'content'>): readonly SentFile[] {
  return content.flatMap(({ attachment }) => {
    const id = isRecord(attachment) && textAt(attachment, 'id');
    if (!isRecord(attachment) || !id) return [];
    const url = textAt(attachment, 'url') ?? '';
    return {
      id,
      name: textAt(attachment, 'filename') ?? '',
      type: textAt(attachment, 'mime') ?? '',
      size: numberAt(attachment, 'fileSize') ?? 0,
      url: /^https?:\/\//.test(url) ? url : null,
    };
  });
}

import {
  type ButtonResponse,
  GuestErrorCode,
  MAX_TEXT_BYTES,
  type OnMessageRequest,
} from '@countersign/protocol';
import { Fault } from '../../platform/index.ts';
import { malformed } from './errors.ts';
import { isStorable } from './read-request.ts';
import type { CustomerDraft } from './say.ts';

const MAX_ID_LENGTH = 256;
/** Of a message's metadata only these are kept; what else a client claims there is not (A03). */
const KEPT_METADATA = ['id', 'parentMessageId'] as const;

/**
 * A message as it goes into the log. Its own id is `metadata.id`, else the tracing id (invariant 2).
 * Faults: `malformed` 400, `message_too_long` 4011.
 */
export function readMessage(
  message: OnMessageRequest['message'],
  tracingId: string | undefined,
): { draft: CustomerDraft; attachmentIds: string[] } {
  const content = buttonResponses(message.content ?? []);
  const text = message.text || content[0]?.buttonResponse.text || undefined;
  const attachmentIds = idsOf(message);
  if (text === undefined && content.length + attachmentIds.length === 0)
    throw malformed('The message is empty');
  if (text !== undefined) mustFit(text);
  const metadata = keptMetadata(message.metadata ?? {});
  const clientId = metadata?.id ?? tracingId;
  return {
    attachmentIds,
    draft: {
      kind: 'message',
      ...(text !== undefined && { text }),
      ...(content.length > 0 && { content }),
      ...(metadata && { data: { metadata } }),
      ...(clientId !== undefined && { clientId }),
    },
  };
}

function mustFit(text: string): void {
  if (!isStorable(text)) throw malformed('message.text is not text');
  // A UTF-16 unit takes at most 3 bytes, so most texts need no counting
  if (text.length * 3 <= MAX_TEXT_BYTES || Buffer.byteLength(text) <= MAX_TEXT_BYTES) return;
  throw new Fault(
    'message_too_long',
    GuestErrorCode.messageTooLong,
    `Message text is longer than ${MAX_TEXT_BYTES} bytes`,
  );
}

type Content = NonNullable<OnMessageRequest['message']['content']>;

/** Files that the message names, in either place; each once. */
function idsOf({ content, attachmentIds }: OnMessageRequest['message']): string[] {
  const named = (content ?? []).flatMap((item) =>
    item.contentType === 'Attachment' ? [item.attachment.id] : [],
  );
  return [...new Set([...named, ...(attachmentIds ?? [])])];
}

function buttonResponses(content: Content): ButtonResponse[] {
  return content.flatMap((item) => {
    if (item.contentType === 'Attachment') return [];
    const { text, payload, type, originatingMessageId } = item.buttonResponse;
    if (![text, payload, type, originatingMessageId ?? ''].every(isStorable)) {
      throw malformed('message.content is not text');
    }
    const kept = { text, payload, type, ...(originatingMessageId && { originatingMessageId }) };
    return [{ contentType: 'ButtonResponse' as const, buttonResponse: kept }];
  });
}

function keptMetadata(metadata: Record<string, unknown>): Record<string, string> | undefined {
  let kept: Record<string, string> | undefined;
  for (const name of KEPT_METADATA) {
    const value = metadata[name];
    if (typeof value !== 'string' || value === '') continue;
    if (value.length > MAX_ID_LENGTH || !isStorable(value)) {
      throw malformed(`message.metadata.${name}`);
    }
    kept ??= {};
    kept[name] = value;
  }
  return kept;
}

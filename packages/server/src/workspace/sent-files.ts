import { attachmentContent } from '../attachments/index.ts';
import type { ConversationRecord } from '../conversations/index.ts';
import { Fault } from '../platform/index.ts';
import type { WorkspaceParts } from './index.ts';

/**
 * The content of an agent's message with the files that it names, as they were found when they were uploaded.
 * Only files of this customer's own conversations (invariant 8): Fault `unknown_attachment` 400.
 */
export async function withSentFiles(
  { attachments }: Pick<WorkspaceParts, 'attachments'>,
  { ownerKey }: Pick<ConversationRecord, 'ownerKey'>,
  content: readonly unknown[],
): Promise<unknown[]> {
  const ids = content.flatMap((item) => attachmentIdOf(item) ?? []);
  if (ids.length === 0) return [...content];
  const records = await attachments.take(ownerKey, ids).catch((cause: unknown) => {
    if (cause instanceof Fault && cause.status >= 1000) throw unknownFile();
    throw cause;
  });
  const found = new Map(records.map((record) => [record.id, attachmentContent(record)]));
  return content.map((item) => found.get(attachmentIdOf(item) ?? '') ?? item);
}

/** Null: it is no file. */
function attachmentIdOf(item: unknown): string | null {
  if (typeof item !== 'object' || item === null || !('contentType' in item)) return null;
  if (item.contentType !== 'Attachment') return null;
  const attachment = 'attachment' in item ? item.attachment : null;
  const isNamed = typeof attachment === 'object' && attachment !== null && 'id' in attachment;
  if (isNamed && typeof attachment.id === 'string') return attachment.id;
  throw unknownFile();
}

const unknownFile = (): Fault =>
  new Fault('unknown_attachment', 400, 'There is no such file in this conversation.');

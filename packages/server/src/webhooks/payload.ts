import type { Configuration } from '../configuration/index.ts';
import type { Conversations, EntryRecord } from '../conversations/index.ts';
import type { Clock } from '../platform/index.ts';
import { presentConversation, presentEntry } from '../workspace/index.ts';
import type { DeliveryRecord } from './store.ts';

interface PayloadParts {
  configuration: Configuration;
  conversations: Pick<Conversations, 'read' | 'entries'>;
  clock: Clock;
}

export const TEST_EVENT = 'webhook.test';

/**
 * The body of a delivery: the conversation as it is now and the entry that tells of the event, without what
 * was written. The same in every try but for the conversation's present state. Null: it was erased.
 */
export async function payloadOf(
  { event, conversationId, seq, createdAt }: DeliveryRecord,
  parts: PayloadParts,
): Promise<string | null> {
  const head = { type: event, timestamp: new Date(createdAt).toISOString() };
  if (conversationId === null) return JSON.stringify({ ...head, data: {} });
  const record = await parts.conversations.read(conversationId);
  if (!record) return null;
  const range = { after: (seq ?? 1) - 1, limit: 1 };
  const [entry] = await parts.conversations.entries(conversationId, range);
  const { preview: _, ...conversation } = presentConversation(record, parts);
  return JSON.stringify({
    ...head,
    data: { conversation, entry: entry ? withoutWords(entry) : {} },
  });
}

/** Neither a message nor what a customer wrote to a rating: who wants it reads it with an API key. */
function withoutWords(entry: EntryRecord): object {
  const { text: _text, content: _content, data, ...bare } = presentEntry(entry, '');
  const { comment: _comment, ...facts } = data ?? {};
  return { ...bare, ...(data && { data: facts }) };
}

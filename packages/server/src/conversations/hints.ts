import type { Bus } from '../platform/index.ts';
import type { ConversationRecord, EntryRecord } from './records.ts';

/** Published on the bus after commit: topic `conversation/<id>`; with `record` also `conversations`. */
export interface ConversationHint {
  conversationId: string;
  /** Committed together, in order; may be empty when only columns changed. */
  entries: EntryRecord[];
  /** Present when columns other than lastSeq and lastAt changed. */
  record?: ConversationRecord;
}

export const conversationTopic = (id: string): string => `conversation/${id}`;
/** Every change of any conversation's columns (state, queue, assignee, identity …). */
export const CONVERSATIONS_TOPIC = 'conversations';

/** One hint a conversation, in the order of the log. */
export function publishEntries(bus: Pick<Bus, 'publish'>, entries: EntryRecord[]): void {
  const byConversation = new Map<string, EntryRecord[]>();
  for (const entry of entries) {
    const list = byConversation.get(entry.conversationId);
    if (list) list.push(entry);
    else byConversation.set(entry.conversationId, [entry]);
  }
  for (const [conversationId, list] of byConversation) {
    const hint: ConversationHint = { conversationId, entries: list };
    bus.publish(conversationTopic(conversationId), hint);
  }
}

export function publishChange(
  bus: Pick<Bus, 'publish'>,
  record: ConversationRecord,
  entries: EntryRecord[],
): void {
  const hint: ConversationHint = { conversationId: record.id, entries, record };
  bus.publish(conversationTopic(record.id), hint);
  bus.publish(CONVERSATIONS_TOPIC, hint);
}

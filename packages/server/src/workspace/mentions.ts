import type { Configuration } from '../configuration/index.ts';
import type { ConversationRecord, EntryRecord } from '../conversations/index.ts';
import { type Bus, Fault } from '../platform/index.ts';

export const MENTIONS_TOPIC = 'mentions';

/** Published when a note that names agents is committed. */
export interface MentionHint {
  entry: EntryRecord;
  agentIds: string[];
  /** What says who may see the conversation. */
  seenBy: Pick<ConversationRecord, 'assigneeId' | 'offeredToId' | 'queueId'>;
}

/**
 * Agents that a note names, each once. Faults 400: `mention_in_message` (customers are told of no agents),
 * `unknown_agent`.
 */
export function checkMentions(
  mentions: string[],
  kind: 'message' | 'note',
  configuration: Configuration,
): string[] {
  if (mentions.length > 0 && kind !== 'note') {
    throw new Fault('mention_in_message', 400, 'Only a note can name colleagues.');
  }
  const { users } = configuration.current();
  for (const id of mentions) {
    if (!users.has(id)) throw new Fault('unknown_agent', 400, 'There is no such agent.');
  }
  return [...new Set(mentions)];
}

/** Who may not see the conversation is not told; the live feed looks at that. */
export function tellMentioned(bus: Bus, record: ConversationRecord, entry: EntryRecord): void {
  const agentIds = mentionedIn(entry);
  if (agentIds.length === 0) return;
  const { assigneeId, offeredToId, queueId } = record;
  const hint: MentionHint = { entry, agentIds, seenBy: { assigneeId, offeredToId, queueId } };
  bus.publish(MENTIONS_TOPIC, hint);
}

function mentionedIn({ data }: EntryRecord): string[] {
  const mentions = data?.mentions;
  return Array.isArray(mentions) ? mentions.filter((id) => typeof id === 'string') : [];
}

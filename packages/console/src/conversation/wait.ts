import type { Conversation, Entry } from '@countersign/protocol';

/**
 * How long the customer waited for an agent, in ms: until the first agent had the conversation, or
 * until now. Null when nothing on screen tells when that was.
 */
export function waitMs(
  conversation: Conversation,
  entries: readonly Entry[],
  now: number,
): number | null {
  const opened = Date.parse(conversation.openedAt);
  if (isWaiting(conversation)) return now - opened;
  if (entries[0]?.seq !== 1) return null;
  const assigned = entries.find((entry) => entry.kind === 'assigned' || entry.kind === 'joined');
  return assigned ? Date.parse(assigned.at) - opened : null;
}

export const isWaiting = (conversation: Conversation): boolean =>
  conversation.state === 'waiting' || conversation.state === 'offered';

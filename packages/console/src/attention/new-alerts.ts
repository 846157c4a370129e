import type { Conversation } from '@countersign/protocol';
import type { WorkspaceState } from '../live/workspace-state.ts';

export interface Alert {
  kind: 'offer' | 'mention' | 'message';
  conversation: Conversation;
}

/** What came between two states that this person should be told of. */
export function newAlerts(before: WorkspaceState, now: WorkspaceState): Alert[] {
  return [...newOffers(before, now), ...newMentions(before, now), ...newMessages(before, now)];
}

function newOffers(before: WorkspaceState, { offers }: WorkspaceState): Alert[] {
  if (offers === before.offers) return [];
  const known = new Set(before.offers.map(({ conversation }) => conversation.id));
  return offers
    .filter(({ conversation }) => !known.has(conversation.id))
    .map(({ conversation }) => ({ kind: 'offer', conversation }));
}

function newMentions(before: WorkspaceState, now: WorkspaceState): Alert[] {
  if (now.mentions === before.mentions) return [];
  const known = new Set(before.mentions.map(({ entry }) => entry.id));
  return now.mentions
    .filter(({ entry }) => !known.has(entry.id))
    .flatMap((mention) => alertOf('mention', mention.conversation, now));
}

/** Unread messages that came live; those of a list that was read are nothing new. */
function newMessages(before: WorkspaceState, now: WorkspaceState): Alert[] {
  if (now.reading === before.reading) return [];
  return [...now.reading].flatMap(([id, { unread }]) => {
    const known = before.reading.get(id);
    return known && unread > known.unread ? alertOf('message', id, now) : [];
  });
}

function alertOf(kind: Alert['kind'], id: string, { conversations }: WorkspaceState): Alert[] {
  const conversation = conversations.get(id);
  return conversation ? [{ kind, conversation }] : [];
}

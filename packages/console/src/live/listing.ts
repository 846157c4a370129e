import type { Conversation, Inbox } from '@countersign/protocol';
import type { WorkspaceState } from './workspace-state.ts';

/** A page of the inbox is being read: from now on frames are newer than what it will say. */
export const beginPage = (state: WorkspaceState): WorkspaceState => ({
  ...state,
  touched: new Map(),
});

/** The page was read: what a frame brought meanwhile wins over what it lists. */
export function endPage(state: WorkspaceState, page: Inbox): WorkspaceState {
  const conversations = new Map(state.conversations);
  const reading = new Map(state.reading);
  for (const item of page.items) {
    const isNewer =
      state.touched.has(item.id) || (conversations.get(item.id)?.lastSeq ?? 0) > item.lastSeq;
    if (!isNewer) conversations.set(item.id, item);
    if (!isNewer || !reading.has(item.id)) reading.set(item.id, readingOf(item, state));
  }
  return { ...state, conversations, reading, counts: page.counts };
}

/** Nothing of what is known may still be true, save what is on screen and what frames brought since. */
export function forgetConversations(state: WorkspaceState): WorkspaceState {
  const { viewing } = state;
  const kept = viewing === null ? undefined : state.conversations.get(viewing);
  return { ...state, conversations: new Map(kept ? [[kept.id, kept]] : []) };
}

/** Only what waits for this person's answer counts as unread. */
function readingOf(item: Conversation, { me, viewing }: WorkspaceState) {
  const waits = item.assignee?.id === me.id && item.id !== viewing;
  return { counted: item.lastSeq, unread: waits ? (item.unread ?? 0) : 0 };
}

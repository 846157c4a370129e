import type { Conversation } from '@countersign/protocol';
import type { WorkspaceState } from './workspace-state.ts';

/** What this person had read before, by conversation: the highest `seq`. */
export type ReadMarks = Readonly<Record<string, number>>;

/** A listing of the open conversations begins: from now on frames are newer than its pages. */
export const beginListing = (state: WorkspaceState): WorkspaceState => ({
  ...state,
  listing: state.listing === 'ready' ? 'ready' : 'loading',
  touched: new Set(),
});

/**
 * The listing was read: conversations that are neither in it nor on screen are gone, and what a
 * frame brought meanwhile wins over what was listed.
 */
export function endListing(
  state: WorkspaceState,
  listed: readonly Conversation[],
  marks: ReadMarks,
): WorkspaceState {
  const conversations = new Map<string, Conversation>();
  for (const [id, known] of state.conversations) {
    if (state.touched.has(id) || id === state.viewing) conversations.set(id, known);
  }
  const reading = new Map(state.reading);
  for (const item of listed) {
    if (!state.touched.has(item.id)) conversations.set(item.id, item);
    if (!reading.has(item.id)) reading.set(item.id, firstReading(item, state.me.id, marks));
  }
  return { ...state, listing: 'ready', conversations, reading, touched: new Set() };
}

/** One unread when the customer of a conversation of mine spoke last and I have not read it. */
function firstReading(item: Conversation, me: string, marks: ReadMarks) {
  const waits = item.assignee?.id === me && item.preview?.from === 'customer';
  const unread = waits && item.lastSeq > (marks[item.id] ?? 0) ? 1 : 0;
  return { counted: item.lastSeq, unread };
}

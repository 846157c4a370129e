import type { Conversation, IdentityState } from '@countersign/protocol';

/** What the list shows. */
export type View =
  | { kind: 'mine' }
  | { kind: 'unassigned' }
  | { kind: 'all' }
  | { kind: 'queue'; name: string }
  | { kind: 'identity'; state: IdentityState };

export const identityStates = ['verified', 'lapsed', 'claimed', 'anonymous'] as const;

export const sorts = ['longest-waiting', 'newest', 'priority'] as const;
export type Sort = (typeof sorts)[number];

export const isSort = (value: unknown): value is Sort => sorts.some((sort) => sort === value);

/** The view of a path segment and its name; anything unknown is `mine`. */
export function parseView(kind: string, name: string | undefined): View {
  if (kind === 'unassigned' || kind === 'all') return { kind };
  if (kind === 'queue' && name) return { kind, name };
  const state = identityStates.find((known) => known === name);
  return kind === 'identity' && state ? { kind, state } : { kind: 'mine' };
}

/** What `parseView` reads: a path segment and the search that goes with it. */
export function viewAddress(view: View): { kind: string; name?: string } {
  if (view.kind === 'queue') return { kind: 'queue', name: view.name };
  if (view.kind === 'identity') return { kind: 'identity', name: view.state };
  return { kind: view.kind };
}

export const isOpen = (conversation: Conversation): boolean => conversation.state !== 'closed';

/** Whether an open conversation belongs to a view of the person `me`. */
export function inView(view: View, conversation: Conversation, me: string): boolean {
  if (!isOpen(conversation)) return false;
  switch (view.kind) {
    case 'mine':
      return conversation.assignee?.id === me;
    case 'unassigned':
      return conversation.assignee === null;
    case 'all':
      return true;
    case 'queue':
      return conversation.queue === view.name;
    case 'identity':
      return conversation.identity.state === view.state;
  }
}

const byAge = (a: Conversation, b: Conversation): number =>
  a.openedAt.localeCompare(b.openedAt) || a.id.localeCompare(b.id);

const orders: Record<Sort, (a: Conversation, b: Conversation) => number> = {
  'longest-waiting': byAge,
  newest: (a, b) => b.lastAt.localeCompare(a.lastAt) || byAge(a, b),
  // Smaller numbers come first; what has no priority comes last.
  priority: (a, b) => (a.priority ?? Infinity) - (b.priority ?? Infinity) || byAge(a, b),
};

export function sorted(conversations: readonly Conversation[], sort: Sort): Conversation[] {
  return [...conversations].sort((a, b) => orders[sort](a, b) || byAge(a, b));
}

export interface ViewCounts {
  mine: number;
  unassigned: number;
  all: number;
  queues: ReadonlyMap<string, number>;
  identity: Readonly<Record<IdentityState, number>>;
}

/** How many open conversations each view holds, in one pass. */
export function countViews(conversations: Iterable<Conversation>, me: string): ViewCounts {
  const queues = new Map<string, number>();
  const identity = { anonymous: 0, claimed: 0, verified: 0, lapsed: 0 };
  const counts = { mine: 0, unassigned: 0, all: 0 };
  for (const conversation of conversations) {
    if (!isOpen(conversation)) continue;
    counts.all += 1;
    if (conversation.assignee?.id === me) counts.mine += 1;
    if (!conversation.assignee) counts.unassigned += 1;
    if (conversation.queue) {
      queues.set(conversation.queue, (queues.get(conversation.queue) ?? 0) + 1);
    }
    identity[conversation.identity.state] += 1;
  }
  return { ...counts, queues, identity };
}

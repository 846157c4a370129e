import type { Conversation, IdentityState, InboxCounts } from '@countersign/protocol';
import type { InboxQuery } from '../api/workspace-api.ts';

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

/** What the node is asked for. */
export const viewQuery = (view: View, sort: Sort): InboxQuery => {
  const { kind: _, ...named } = viewAddress(view);
  return { view: view.kind, ...named, sort };
};

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

const rank = ({ priority }: Conversation): number => priority ?? Number.MAX_SAFE_INTEGER;

/** As the node orders its pages. */
const orders: Record<Sort, (a: Conversation, b: Conversation) => number> = {
  'longest-waiting': byAge,
  newest: (a, b) => byAge(b, a),
  // Smaller numbers come first; what has no priority comes last.
  priority: (a, b) => rank(a) - rank(b) || byAge(a, b),
};

/** Nothing is counted before the node has answered. */
export const NO_COUNTS: InboxCounts = {
  mine: 0,
  unassigned: 0,
  all: 0,
  queues: {},
  identity: { anonymous: 0, claimed: 0, verified: 0, lapsed: 0 },
};

/** Those of a view, in order, as far as its pages were read: what lies behind `end` is not known whole. */
export function listed(
  conversations: Iterable<Conversation>,
  view: View,
  sort: Sort,
  me: string,
  end: Conversation | null,
): Conversation[] {
  const order = orders[sort];
  return [...conversations]
    .filter((item) => inView(view, item, me) && (end === null || order(item, end) <= 0))
    .sort(order);
}

/**
 * Keeps the place of somebody who has scrolled: what was shown stays where it was, and what would push
 * it down waits, counted in `fresh`.
 */
export function holdPlace(
  shown: readonly string[],
  items: Conversation[],
): { held: Conversation[]; fresh: number } {
  const known = new Map(items.map((item) => [item.id, item]));
  const held = shown.flatMap((id) => known.get(id) ?? []);
  const isShown = new Set(shown);
  const lastShown = items.findLastIndex((item) => isShown.has(item.id));
  const below = items.slice(lastShown + 1);
  return { held: [...held, ...below], fresh: items.length - held.length - below.length };
}

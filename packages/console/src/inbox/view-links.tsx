import type { InboxCounts } from '@countersign/protocol';
import type { QueueState } from '../live/workspace-state.ts';
import { words } from '../strings/words.ts';
import { identityStates, type View } from './view.ts';

export interface ViewLink {
  view: View;
  label: string;
  count: number;
}

export const viewLabel = (view: View): string => {
  if (view.kind === 'queue') return view.name;
  if (view.kind === 'identity') return words.identity[view.state];
  return words.view[view.kind];
};

export const sameView = (a: View, b: View): boolean =>
  a.kind === b.kind && viewLabel(a) === viewLabel(b);

/** How many open conversations a view holds. */
export function viewCount(view: View, counts: InboxCounts): number {
  if (view.kind === 'queue') return counts.queues[view.name] ?? 0;
  return view.kind === 'identity' ? counts.identity[view.state] : counts[view.kind];
}

/** The groups of views, with how many open conversations each holds. */
export function viewLinks(
  counts: InboxCounts,
  queues: ReadonlyMap<string, QueueState>,
  own: readonly string[],
): { main: ViewLink[]; queues: ViewLink[]; identity: ViewLink[] } {
  const link = (view: View, count: number): ViewLink => ({ view, label: viewLabel(view), count });
  const names = [...new Set([...own, ...queues.keys(), ...Object.keys(counts.queues)])].sort();
  return {
    main: [
      link({ kind: 'mine' }, counts.mine),
      link({ kind: 'unassigned' }, counts.unassigned),
      link({ kind: 'all' }, counts.all),
    ],
    queues: names.map((name) => link({ kind: 'queue', name }, counts.queues[name] ?? 0)),
    identity: identityStates.map((state) =>
      link({ kind: 'identity', state }, counts.identity[state]),
    ),
  };
}

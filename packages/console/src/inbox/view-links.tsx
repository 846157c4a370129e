import type { QueueState } from '../live/workspace-state.ts';
import { words } from '../strings/words.ts';
import { identityStates, type View, type ViewCounts } from './view.ts';

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

/** The groups of views, with how many open conversations each holds. */
export function viewLinks(
  counts: ViewCounts,
  queues: ReadonlyMap<string, QueueState>,
  own: readonly string[],
): { main: ViewLink[]; queues: ViewLink[]; identity: ViewLink[] } {
  const link = (view: View, count: number): ViewLink => ({ view, label: viewLabel(view), count });
  const names = [...new Set([...own, ...queues.keys(), ...counts.queues.keys()])].sort();
  return {
    main: [
      link({ kind: 'mine' }, counts.mine),
      link({ kind: 'unassigned' }, counts.unassigned),
      link({ kind: 'all' }, counts.all),
    ],
    queues: names.map((name) => link({ kind: 'queue', name }, counts.queues.get(name) ?? 0)),
    identity: identityStates.map((state) =>
      link({ kind: 'identity', state }, counts.identity[state]),
    ),
  };
}

import { IdentityState } from '@countersign/protocol';
import { type Static, Type } from 'typebox';
import { Value } from 'typebox/value';
import type { Configuration } from '../configuration/index.ts';
import type { InboxQuery } from '../conversations/index.ts';
import { Fault } from '../platform/index.ts';
import { visibleQueues } from './authorise.ts';
import type { OpenTotals } from './inbox-counts.ts';
import { type Staff, staffId } from './staff.ts';

const PAGE = 50;

export const InboxRequest = Type.Object({
  view: Type.Enum(['mine', 'unassigned', 'all', 'queue', 'identity'], { default: 'mine' }),
  name: Type.Optional(
    Type.String({ maxLength: 200, description: 'of the queue, or the identity state' }),
  ),
  sort: Type.Enum(['longest-waiting', 'newest', 'priority'], { default: 'longest-waiting' }),
  limit: Type.Integer({ minimum: 1, maximum: 200, default: PAGE }),
  cursor: Type.Optional(Type.String({ maxLength: 200 })),
});

type Place = Pick<InboxQuery, 'queueIds' | 'withoutQueue' | 'orHeld'>;

/**
 * What a view selects, within what the asking person may see (invariant 8). Faults 400: `unknown_queue`,
 * for a foreign queue too, `unknown_identity_state`.
 */
export function inboxView(
  staff: Staff,
  request: Static<typeof InboxRequest>,
  totals: OpenTotals,
  configuration: Configuration,
): InboxQuery {
  const { view, name = '', sort, limit, cursor } = request;
  const page = { agentId: staffId(staff), sort, limit, ...(cursor ? { cursor } : {}) };
  const all = everythingVisible(staff, totals, configuration);
  switch (view) {
    case 'mine':
      return { ...page, ...OWN, which: 'assigned', identity: null };
    case 'unassigned':
      return { ...page, ...all, which: 'unassigned', identity: null };
    case 'all':
      return { ...page, ...all, which: 'all', identity: null };
    case 'queue':
      return { ...page, ...oneQueue(name, all.queueIds, configuration), identity: null };
    case 'identity':
      return { ...page, ...all, which: 'all', identity: identityState(name) };
  }
}

const OWN: Place = { queueIds: [], withoutQueue: false, orHeld: true };

function everythingVisible(staff: Staff, totals: OpenTotals, configuration: Configuration): Place {
  const visible = visibleQueues(staff, configuration);
  if (visible) return { queueIds: visible, withoutQueue: false, orHeld: true };
  // A queue that was deleted may still hold conversations, and somebody has to see them
  const inUse = [...totals.keys()].filter((id) => id !== null);
  const queueIds = [...new Set([...configuration.current().queues.keys(), ...inUse])];
  return { queueIds, withoutQueue: true, orHeld: false };
}

function oneQueue(
  name: string,
  visible: string[],
  configuration: Configuration,
): Place & Pick<InboxQuery, 'which'> {
  const { queues } = configuration.current();
  const id = visible.find((queueId) => queues.get(queueId)?.name === name);
  if (id === undefined) {
    throw new Fault('unknown_queue', 400, 'There is no queue of this name.');
  }
  return { queueIds: [id], withoutQueue: false, orHeld: false, which: 'all' };
}

function identityState(name: string): IdentityState {
  if (Value.Check(IdentityState, name)) return name;
  const message = 'Name anonymous, claimed, verified or lapsed.';
  throw new Fault('unknown_identity_state', 400, message);
}

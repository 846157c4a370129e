/**
 * How many open conversations each view holds, for everybody on this node: one grouped query, at most once
 * a second, and only while something changes and somebody asks.
 */
import type { IdentityState, InboxCounts } from '@countersign/protocol';
import type { Configuration } from '../configuration/index.ts';
import {
  CONVERSATIONS_TOPIC,
  type Conversations,
  type Held,
  type OpenCount,
} from '../conversations/index.ts';
import type { Bus, Clock, Telemetry } from '../platform/index.ts';
import { atMostEvery } from './at-most-every.ts';
import { visibleQueues } from './authorise.ts';
import type { Staff } from './staff.ts';

const REFRESH_MS = 1000;
/** A hint that was lost is made good after this long (invariant 4). */
const REPAIR_MS = 2000;
/** What changes a conversation is committed this long after the time that it writes, at the latest. */
const SETTLED_MS = 2000;
/** Who has asked over HTTP is taken to ask again for so long. */
const ASKED_FOR_MS = 10_000;
const STATES: IdentityState[] = ['anonymous', 'claimed', 'verified', 'lapsed'];

type Totals = Omit<InboxCounts, 'queues' | 'mine'>;
/** By queue; null: what has none. */
export type OpenTotals = ReadonlyMap<string | null, Totals>;

export interface OpenCounts {
  /** At most a second behind the hints. */
  current(): Promise<OpenTotals>;
  /** Somebody listens who has not been told anything yet. */
  soon(): void;
  /** Called after each reading; while there is a listener who `listens`, readings go on. */
  onRead(listens: () => boolean, told: (totals: OpenTotals) => Promise<void>): void;
  close(): void;
}

export function createOpenCounts(parts: {
  bus: Bus;
  clock: Clock;
  conversations: Pick<Conversations, 'openCounts' | 'lastChangedAt'>;
  telemetry: Telemetry;
}): OpenCounts {
  const { bus, clock, conversations, telemetry } = parts;
  let totals: OpenTotals | null = null;
  /** When anything had changed last when it was counted last, and when that was. */
  let counted = { changedAt: 0, at: 0 };
  let askedAt = Number.NEGATIVE_INFINITY;
  let listens = () => false;
  let told = async (_totals: OpenTotals) => {};

  const wasAsked = () => performance.now() - askedAt < ASKED_FOR_MS;
  const reading = atMostEvery(REFRESH_MS, async () => {
    if (!listens() && !wasAsked()) {
      // Nobody looks: whoever does next reads for themselves
      totals = null;
      return;
    }
    try {
      await told(await read());
    } catch (cause) {
      telemetry.log.warn({ err: cause }, 'inbox: counting failed');
    }
  });
  const unsubscribe = bus.subscribe(CONVERSATIONS_TOPIC, reading.soon);
  const repairing = setInterval(() => void repair(), REPAIR_MS).unref();

  let underWay: Promise<OpenTotals> | null = null;
  function read(): Promise<OpenTotals> {
    underWay ??= readNow().finally(() => {
      underWay = null;
    });
    return underWay;
  }
  async function readNow(): Promise<OpenTotals> {
    const at = clock.now();
    counted = { changedAt: await conversations.lastChangedAt(), at };
    totals = sum(await conversations.openCounts());
    return totals;
  }

  /** A hundred thousand are not counted again while none of them changes. */
  async function repair(): Promise<void> {
    if (totals === null) return;
    if (!listens() && !wasAsked()) return reading.soon();
    try {
      const changedAt = await conversations.lastChangedAt();
      const isCounted = changedAt === counted.changedAt;
      const isSettled = changedAt <= counted.at - SETTLED_MS;
      if (!isCounted || !isSettled) reading.soon();
    } catch (cause) {
      telemetry.log.warn({ err: cause }, 'inbox: what changed could not be read');
    }
  }

  return {
    async current() {
      askedAt = performance.now();
      return totals ?? read();
    },
    soon: reading.soon,
    onRead(...listener) {
      [listens, told] = listener;
    },
    close() {
      unsubscribe();
      clearInterval(repairing);
      reading.stop();
    },
  };
}

function sum(counts: OpenCount[]): OpenTotals {
  const totals = new Map<string | null, Totals>();
  for (const { queueId, identity, unassigned, count } of counts) {
    const queue = totals.get(queueId) ?? nothing();
    totals.set(queueId, queue);
    queue.all += count;
    queue.identity[identity] += count;
    if (unassigned) queue.unassigned += count;
  }
  return totals;
}

const nothing = (): Totals => ({
  unassigned: 0,
  all: 0,
  identity: { anonymous: 0, claimed: 0, verified: 0, lapsed: 0 },
});

/** What this person may see (invariant 8): their queues, and what they hold in others. */
export function countsFor(
  staff: Staff,
  held: Held[],
  totals: OpenTotals,
  configuration: Configuration,
): InboxCounts {
  const { queues } = configuration.current();
  const visible = visibleQueues(staff, configuration);
  const counts: InboxCounts = { mine: 0, queues: {}, ...nothing() };
  for (const id of visible ?? [...new Set([...queues.keys(), ...totals.keys()])]) {
    const queue = totals.get(id) ?? nothing();
    addTo(counts, queue);
    const name = id === null ? undefined : queues.get(id)?.name;
    if (name !== undefined) counts.queues[name] = queue.all;
  }
  for (const { queueId, identity, assigned, count } of held) {
    if (assigned) counts.mine += count;
    const isCounted = visible === null || (queueId !== null && visible.includes(queueId));
    if (isCounted) continue;
    addTo(counts, { ...nothing(), all: count, unassigned: assigned ? 0 : count });
    counts.identity[identity] += count;
  }
  return counts;
}

function addTo(counts: InboxCounts, { all, unassigned, identity }: Totals): void {
  counts.all += all;
  counts.unassigned += unassigned;
  for (const state of STATES) counts.identity[state] += identity[state];
}

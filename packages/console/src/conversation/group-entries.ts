import type { Entry } from '@countersign/protocol';
import { daysAgo } from '../time/format-time.ts';

/** Messages of one sender this close together share one line with the time. */
const GROUP_WITHIN_MS = 60_000;

export type TimelineItem =
  | { kind: 'day'; key: string; at: string }
  | { kind: 'messages'; key: string; entries: [Entry, ...Entry[]] }
  | { kind: 'event'; key: string; entry: Entry }
  /** The customer was proven here: `messagesAbove` tells whether there is something unproven above. */
  | { kind: 'boundary'; key: string; entry: Entry; messagesAbove: boolean };

/** A log as the timeline shows it: days, groups of messages, events. */
export function groupEntries(entries: readonly Entry[]): TimelineItem[] {
  const items: TimelineItem[] = [];
  let previous: Entry | undefined;
  let messagesAbove = false;
  for (const [index, entry] of entries.entries()) {
    if (!previous || daysAgo(previous.at, Date.parse(entry.at)) !== 0) {
      items.push({ kind: 'day', key: `day-${entry.seq}`, at: entry.at });
    }
    if (!isSaidTwice(entry, entries[index + 1])) add(items, entry, messagesAbove);
    messagesAbove ||= entry.kind === 'message' && entry.from.role === 'customer';
    previous = entry;
  }
  return items;
}

/** An assignment is shown as the agent's joining when both come together. */
const isSaidTwice = (entry: Entry, next: Entry | undefined): boolean =>
  entry.kind === 'assigned' && next?.kind === 'joined';

function add(items: TimelineItem[], entry: Entry, messagesAbove: boolean): void {
  const key = String(entry.seq);
  const last = items.at(-1);
  if (entry.kind === 'signed-in') items.push({ kind: 'boundary', key, entry, messagesAbove });
  else if (entry.kind !== 'message' && entry.kind !== 'note') {
    items.push({ kind: 'event', key, entry });
  } else if (last?.kind === 'messages' && belongTogether(last.entries.at(-1), entry)) {
    last.entries.push(entry);
  } else items.push({ kind: 'messages', key, entries: [entry] });
}

/** Same sender, same kind, same identity state, close in time. */
function belongTogether(before: Entry | undefined, entry: Entry): boolean {
  return (
    before !== undefined &&
    before.kind === entry.kind &&
    before.from.role === entry.from.role &&
    before.from.id === entry.from.id &&
    before.from.name === entry.from.name &&
    before.identityState === entry.identityState &&
    Date.parse(entry.at) - Date.parse(before.at) < GROUP_WITHIN_MS
  );
}

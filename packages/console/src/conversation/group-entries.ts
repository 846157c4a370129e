import type { Entry } from '@countersign/protocol';
import { daysAgo } from '../time/format-time.ts';
import { factText } from './proof-of-entry.ts';

/** Messages of one sender this close together share one line with the time. */
const GROUP_WITHIN_MS = 60_000;

export type TimelineItem =
  | { kind: 'day'; key: string; at: string }
  | { kind: 'messages'; key: string; entries: [Entry, ...Entry[]] }
  | { kind: 'event'; key: string; entry: Entry }
  | Boundary;

/** The customer was proven here. */
interface Boundary {
  kind: 'boundary';
  key: string;
  entry: Entry;
  /** The same person was proven above already. */
  again: boolean;
  /** Messages of the customer stand above, and this is their first proof. */
  messagesAbove: boolean;
}

/** What the entries before hold. */
interface Above {
  messages: boolean;
  subjects: Set<string>;
}

/** A log as the timeline shows it: days, groups of messages, events. */
export function groupEntries(entries: readonly Entry[]): TimelineItem[] {
  const items: TimelineItem[] = [];
  let previous: Entry | undefined;
  const above: Above = { messages: false, subjects: new Set() };
  for (const [index, entry] of entries.entries()) {
    if (!previous || daysAgo(previous.at, Date.parse(entry.at)) !== 0) {
      items.push({ kind: 'day', key: `day-${entry.seq}`, at: entry.at });
    }
    if (!isSaidTwice(entry, entries[index + 1])) add(items, entry, above);
    if (entry.kind === 'message' && entry.from.role === 'customer') above.messages = true;
    previous = entry;
  }
  return items;
}

/** An assignment is shown as the agent's joining when both come together. */
const isSaidTwice = (entry: Entry, next: Entry | undefined): boolean =>
  entry.kind === 'assigned' && next?.kind === 'joined';

function add(items: TimelineItem[], entry: Entry, above: Above): void {
  const key = String(entry.seq);
  const last = items.at(-1);
  if (entry.kind === 'signed-in') items.push(boundary(key, entry, above));
  else if (entry.kind !== 'message' && entry.kind !== 'note') {
    items.push({ kind: 'event', key, entry });
  } else if (last?.kind === 'messages' && belongTogether(last.entries.at(-1), entry)) {
    last.entries.push(entry);
  } else items.push({ kind: 'messages', key, entries: [entry] });
}

function boundary(key: string, entry: Entry, above: Above): Boundary {
  const subject = factText(entry, 'subject') ?? '';
  const again = above.subjects.has(subject);
  const messagesAbove = above.messages && above.subjects.size === 0;
  above.subjects.add(subject);
  return { kind: 'boundary', key, entry, again, messagesAbove };
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

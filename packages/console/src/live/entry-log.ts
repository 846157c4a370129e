import type { Entry } from '@countersign/protocol';

/** What is known of a conversation's log: entries in order of `seq`, each once. */
export type EntryLog = readonly Entry[];

/** Adds entries, wherever they come from; a `seq` that is there already is kept as it is. */
export function mergeEntries(log: EntryLog, incoming: readonly Entry[]): EntryLog {
  const known = new Set(log.map((entry) => entry.seq));
  const fresh = incoming.filter((entry) => !known.has(entry.seq));
  if (fresh.length === 0) return log;
  return [...log, ...fresh].sort((a, b) => a.seq - b.seq);
}

/** The entries up to the first hole: what may be shown without breaking the order. */
export function withoutHoles(log: EntryLog): EntryLog {
  const hole = log.findIndex((entry, i) => i > 0 && entry.seq !== (log[i - 1]?.seq ?? 0) + 1);
  return hole === -1 ? log : log.slice(0, hole);
}

/** The `seq` after which entries have to be read to reach `lastSeq`, or null when all are there. */
export function missingAfter(log: EntryLog, lastSeq: number): number | null {
  const last = withoutHoles(log).at(-1)?.seq;
  if (last === undefined) return null;
  const highest = Math.max(lastSeq, log.at(-1)?.seq ?? 0);
  return last < highest ? last : null;
}

import type { ReadMarks } from './listing.ts';

const LIMIT = 500;
const storageKey = (me: string): string => `countersign.read.${me}`;

export function loadReadMarks(me: string): ReadMarks {
  try {
    const value: unknown = JSON.parse(localStorage.getItem(storageKey(me)) ?? '{}');
    if (typeof value !== 'object' || value === null) return {};
    return Object.fromEntries(
      Object.entries(value).flatMap(([id, seq]) => (typeof seq === 'number' ? [[id, seq]] : [])),
    );
  } catch {
    return {};
  }
}

/** Keeps the newest marks only. */
export function saveReadMark(me: string, conversation: string, seq: number): void {
  const { [conversation]: _, ...others } = loadReadMarks(me);
  const marks = Object.entries({ ...others, [conversation]: seq }).slice(-LIMIT);
  try {
    localStorage.setItem(storageKey(me), JSON.stringify(Object.fromEntries(marks)));
  } catch {
    // Storage is full or denied: unread counts then start over with the next page load.
  }
}

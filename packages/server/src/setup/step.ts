import type { ObjectReference, SetupState, SetupStep } from '@countersign/protocol';

const MOST_OBJECTS = 20;

export const step = (
  id: SetupStep['id'],
  state: SetupState,
  why: string,
  objects: ObjectReference[] = [],
): SetupStep => ({ id, state, why, objects: objects.slice(0, MOST_OBJECTS) });

export const reference = (
  section: ObjectReference['section'],
  { id, name }: { id: string; name: string },
): ObjectReference => ({ section, id, name });

/** `“A”`, `“A” and “B”`, `“A” and 3 others`. */
export function named(items: readonly { name: string }[]): string {
  const [first, second, ...more] = items;
  if (!first) return '';
  if (!second) return `“${first.name}”`;
  return more.length === 0
    ? `“${first.name}” and “${second.name}”`
    : `“${first.name}” and ${more.length + 1} others`;
}

/** So that one question gets the same answer on every node. */
export const byName = <T extends { name: string }>(items: Iterable<T>): T[] =>
  [...items].toSorted((a, b) => a.name.localeCompare(b.name));

/** As administrators read it, in UTC. `at`: ISO 8601, or ms since the epoch. */
export const whenUtc = (at: string | number): string =>
  `${new Date(at).toISOString().slice(0, 16).replace('T', ' ')} UTC`;

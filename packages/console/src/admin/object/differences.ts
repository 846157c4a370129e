import { isMap, isSame, joined } from './paths.ts';

/** Undefined: it is not there. */
export interface Difference {
  path: string;
  before: unknown;
  after: unknown;
}

/** Where two versions of an object differ, in the words of the configuration file. */
export function differences(before: unknown, after: unknown, path = ''): Difference[] {
  if (isSame(before, after)) return [];
  if (isMap(before) && isMap(after)) {
    const keys = new Set([...Object.keys(before), ...Object.keys(after)]);
    return [...keys].flatMap((key) => differences(before[key], after[key], joined(path, key)));
  }
  if (isListOfMaps(before) && isListOfMaps(after)) {
    const places = Array.from({ length: Math.max(before.length, after.length) }, (_, at) => at);
    return places.flatMap((at) => differences(before[at], after[at], joined(path, at)));
  }
  return [{ path, before, after }];
}

const isListOfMaps = (value: unknown): value is Record<string, unknown>[] =>
  Array.isArray(value) && value.every(isMap);

/** What somebody changed between `base` and `mine`, put on `theirs`. Lists are taken whole. */
export function putOnTop(base: unknown, mine: unknown, theirs: unknown): unknown {
  if (isSame(base, mine)) return theirs;
  if (!isMap(base) || !isMap(mine) || !isMap(theirs)) return mine;
  const keys = new Set([...Object.keys(theirs), ...Object.keys(mine)]);
  const entries = [...keys].map(
    (key) => [key, putOnTop(base[key], mine[key], theirs[key])] as const,
  );
  return Object.fromEntries(entries.filter(([, value]) => value !== undefined));
}

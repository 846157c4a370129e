import type { ObjectFault } from '@countersign/protocol';
import type { StoredObject } from '../../configuration/index.ts';
import { fileObject, openForm } from './file-object.ts';
import type { Names } from './names.ts';

/**
 * Puts the stored secret where `{ sealed: true }` was sent back. `kept` are the fields where that was so.
 * What is sealed and was never stored is a fault.
 */
export function keepSecrets(
  given: object,
  stored: StoredObject | undefined,
  names: Names,
): { object: object; kept: string[]; faults: ObjectFault[] } {
  const known = stored ? fileObject(stored, names, openForm) : {};
  const kept: string[] = [];
  const faults: ObjectFault[] = [];
  const put = (field: string, path: string, value: unknown): [string, unknown][] => {
    if (value === undefined) {
      faults.push({ path, message: 'expected the secret itself: none is stored to be kept' });
      return [];
    }
    kept.push(field);
    return [[field, value]];
  };
  const entries = Object.entries(given).flatMap(([field, value]): [string, unknown][] => {
    const before: unknown = Reflect.get(known, field);
    if (isSealed(value)) {
      const hash: unknown = Reflect.get(known, `${field}Hash`);
      if (before === undefined && hash !== undefined) return put(`${field}Hash`, field, hash);
      return put(field, field, Array.isArray(before) ? before[0] : before);
    }
    if (!Array.isArray(value) || !value.some(isSealed)) return [[field, value]];
    const list = [before].flat();
    // A further secret comes first: what was stored stands behind it
    const further = Math.max(0, value.length - list.length);
    const opened = value.flatMap((item: unknown, place) => {
      if (!isSealed(item)) return [item];
      const secret = list[place] ?? list[place - further];
      return put(field, `${field}[${place}]`, secret).map(([, text]) => text);
    });
    return [[field, opened]];
  });
  return { object: Object.fromEntries(entries), kept, faults };
}

const isSealed = (value: unknown): boolean =>
  typeof value === 'object' &&
  value !== null &&
  Object.keys(value).length === 1 &&
  Reflect.get(value, 'sealed') === true;

/** Where a secret of a setting is sent to. */
const DESTINATIONS: Readonly<Record<string, readonly string[]>> = {
  clientSecret: ['discoveryUri', 'providerHosts', 'accessTokenUrl', 'type'],
};

/**
 * A kept secret must not go elsewhere than it went: otherwise whoever may replace it could have it sent
 * to a server of their own, and so read it.
 */
export function movedSecrets(
  given: object,
  kept: readonly string[],
  stored: StoredObject | undefined,
  names: Names,
): ObjectFault[] {
  if (!stored) return [];
  const before = fileObject(stored, names, openForm);
  return kept.flatMap((field) => {
    const moved = (DESTINATIONS[field] ?? []).filter(
      (key) => textOf(given, key) !== textOf(before, key),
    );
    if (moved.length === 0) return [];
    const message = `enter the secret again, since ${moved.join(' and ')} changed: it would be sent elsewhere`;
    return [{ path: field, message }];
  });
}

const textOf = (object: object, key: string): string => {
  const value: unknown = Reflect.get(object, key) ?? null;
  return Array.isArray(value) && value.length === 0 ? 'null' : JSON.stringify(value);
};

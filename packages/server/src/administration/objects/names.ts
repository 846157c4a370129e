import type { Kind, ObjectKey, StoredObject } from '../../configuration/index.ts';

/** The names that ids stand for. What is not stored keeps its id: what is old may name what is gone. */
export interface Names {
  of(id: string): string;
}

/** `changed`: an object as it is about to be. */
export function namesOf(
  stored: readonly Pick<StoredObject, 'id' | 'name'>[],
  changed?: { id: string; name: string },
): Names {
  const names = new Map(stored.map(({ id, name }) => [id, name]));
  if (changed) names.set(changed.id, changed.name);
  return { of: (id) => names.get(id) ?? id };
}

/** Who refers to whom, by id. */
export interface References {
  /** The objects that name this id. */
  to(id: string): readonly StoredObject[];
}

/** References are ids wherever they stand: a body that gains one needs no word here. */
export function referencesOf(stored: readonly StoredObject[]): References {
  const ids = new Set(stored.map(({ id }) => id));
  const to = new Map<string, StoredObject[]>();
  for (const object of stored) {
    for (const id of namedIn(object)) {
      if (id === object.id || !ids.has(id)) continue;
      const list = to.get(id);
      if (list) list.push(object);
      else to.set(id, [object]);
    }
  }
  return { to: (id) => to.get(id) ?? [] };
}

/** What an object names is asked with every change of any, and an object that is stored stays as it is. */
const named = new WeakMap<StoredObject, ReadonlySet<string>>();

function namedIn(object: StoredObject): ReadonlySet<string> {
  const known = named.get(object);
  if (known) return known;
  const found = new Set([...textsOf(object.body)].filter((text) => UUID.test(text)));
  named.set(object, found);
  return found;
}

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

export function* textsOf(value: unknown): Generator<string> {
  if (typeof value === 'string') yield value;
  else if (typeof value === 'object' && value !== null) {
    for (const inner of Object.values(value)) yield* textsOf(inner);
  }
}

export const isSameObject = (a: ObjectKey, b: ObjectKey): boolean =>
  a.kind === b.kind && a.id === b.id;

export const ofKind = <K extends Kind>(
  objects: readonly StoredObject[],
  kind: K,
): Extract<StoredObject, { kind: K }>[] => {
  const isOf = (object: StoredObject): object is Extract<StoredObject, { kind: K }> =>
    object.kind === kind;
  return objects.filter(isOf);
};

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
  /** The ids that this object names. */
  from(id: string): readonly string[];
  /** The objects that name this id. */
  to(id: string): readonly StoredObject[];
}

/** References are ids wherever they stand: a body that gains one needs no word here. */
export function referencesOf(stored: readonly StoredObject[]): References {
  const ids = new Set(stored.map(({ id }) => id));
  const from = new Map<string, string[]>();
  const to = new Map<string, StoredObject[]>();
  for (const object of stored) {
    const named = [...textsOf(object.body)].filter((text) => ids.has(text) && text !== object.id);
    const distinct = [...new Set(named)];
    from.set(object.id, distinct);
    for (const id of distinct) to.set(id, [...(to.get(id) ?? []), object]);
  }
  return { from: (id) => from.get(id) ?? [], to: (id) => to.get(id) ?? [] };
}

function* textsOf(value: unknown): Generator<string> {
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

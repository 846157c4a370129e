import type { Kysely } from 'kysely';
import type { Seal } from '../platform/index.ts';
import { openBody } from './sealed-body.ts';
import { countObjects, readObjectsSince, readVersion } from './store.ts';
import type { ObjectKey, StoredObject } from './stored-object.ts';

/** All objects at one version, secrets open, in the order they were made. */
export interface Stored {
  version: number;
  objects: readonly StoredObject[];
}

/**
 * What is stored, as this node last read it: with ten thousand objects a change of one must not read and
 * open the others again. An object that did not change is the same object.
 */
export interface StoredObjects {
  /** Reads what has changed since the last time. */
  read(db: Kysely<unknown>): Promise<Stored>;
}

/** Before anything is read: older than every object. */
const NOTHING: Stored = { version: -1, objects: [] };

export function createStoredObjects(seal: Seal): StoredObjects {
  let known = NOTHING;
  return {
    async read(db) {
      // The version first: if more is written meanwhile, the next look sees another version
      const version = await readVersion(db);
      if (version === known.version) return known;
      const before = known;
      const objects = (await merged(db, seal, before)) ?? (await merged(db, seal, NOTHING));
      if (!objects) throw new Error('objects were deleted faster than they could be read');
      const read = { version, objects };
      if (version > known.version) known = read;
      return read;
    },
  };
}

/** Null: something was deleted, so that more is known than is there. */
async function merged(
  db: Kysely<unknown>,
  seal: Seal,
  before: Stored,
): Promise<StoredObject[] | null> {
  const sealed = await readObjectsSince(db, before.version);
  const changed = await Promise.all(sealed.map((object) => openBody(object, seal)));
  const byKey = new Map(before.objects.map((object) => [keyOf(object), object]));
  for (const object of changed) byKey.set(keyOf(object), object);
  if (before !== NOTHING && byKey.size !== (await countObjects(db))) return null;
  return [...byKey.values()];
}

const keyOf = ({ kind, id }: ObjectKey): string => `${kind}/${id}`;

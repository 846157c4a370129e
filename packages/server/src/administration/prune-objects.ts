import type { ConfigurationFault } from '@countersign/protocol';
import type { Transaction } from 'kysely';
import type { Draft, ObjectKey, StaffRole, StoredObject } from '../configuration/index.ts';
import { sectionName } from './configuration-file/known-names.ts';
import { isSameObject, referencesOf } from './objects/names.ts';
import { needsSecretsRole, readsSecrets } from './objects/secrets-role.ts';
import { deleteStaff } from './staff/staff-store.ts';

type Pruned = { put: Draft[]; remove: ObjectKey[] } | { faults: ConfigurationFault[] };

/**
 * What a file once made and this one no longer names goes; what was made in the console stays. A fault for
 * each that something refers to which stays. People leave the queues that stay. Fault `forbidden` 403.
 */
export async function pruneObjects(
  drafts: readonly Draft[],
  stored: readonly StoredObject[],
  roles: readonly StaffRole[],
  transaction: Transaction<unknown>,
): Promise<Pruned> {
  const isNamed = (object: StoredObject) => drafts.some((draft) => isSameObject(draft, object));
  const named = new Set(stored.filter(isNamed));
  const gone = stored.filter((object) => object.createdVia === 'file' && !named.has(object));
  const kept = stored.filter((object) => !named.has(object) && !gone.includes(object));
  const guarded = gone.find(readsSecrets);
  if (guarded && !roles.includes('secrets')) throw needsSecretsRole(guarded.name);

  const goneIds = new Set(gone.map(({ id }) => id));
  const put = kept.flatMap((object) => withoutMembers(object, goneIds));
  const staying = kept.map((object) => put.find((draft) => isSameObject(draft, object)) ?? object);
  const references = referencesOf([
    ...asStored(staying, stored),
    ...asStored(drafts, stored),
    ...gone,
  ]);
  const faults = gone.flatMap((object) => {
    const by = references.to(object.id).filter(({ id }) => !goneIds.has(id));
    return by.length === 0 ? [] : [stillNeeded(object, by)];
  });
  if (faults.length > 0) return { faults };
  for (const { kind, id } of gone) if (kind === 'users') await deleteStaff(transaction, id);
  return { put, remove: gone.map(({ kind, id }) => ({ kind, id })) };
}

const asStored = (drafts: readonly Draft[], stored: readonly StoredObject[]): StoredObject[] => {
  const at = { version: 0, updatedAt: new Date(0), updatedBy: null, createdVia: 'file' } as const;
  return drafts.map((draft) => ({
    ...at,
    ...stored.find((object) => isSameObject(object, draft)),
    ...draft,
  }));
};

function withoutMembers(object: StoredObject, gone: ReadonlySet<string>): Draft[] {
  if (object.kind !== 'queues') return [];
  const members = object.body.members.filter((id) => !gone.has(id));
  if (members.length === object.body.members.length) return [];
  return [{ ...object, body: { ...object.body, members } }];
}

const stillNeeded = (object: StoredObject, by: readonly StoredObject[]): ConfigurationFault => ({
  line: 1,
  column: 1,
  path: '',
  message: `${sectionName(object.kind)} ${object.name} cannot be deleted: ${by
    .map(({ kind, name }) => `${sectionName(kind)} ${name}`)
    .join(', ')} refers to it`,
});

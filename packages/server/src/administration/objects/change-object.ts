import type { ObjectFault, Section } from '@countersign/protocol';
import type { Transaction } from 'kysely';
import type { Draft, StoredObject } from '../../configuration/index.ts';
import { newId, notFound } from '../../platform/index.ts';
import type { Applying, ApplyParts } from '../apply-configuration.ts';
import { withPasswords } from '../passwords.ts';
import { deleteStaff } from '../staff/staff-store.ts';
import { writePeople } from '../write-people.ts';
import { checkObject } from './check-object.ts';
import { keepSecrets, movedSecrets } from './keep-secrets.ts';
import { isSameObject, namesOf, ofKind, referencesOf } from './names.ts';
import { needsSecretsRole, readsSecrets, requireSecretsRole } from './secrets-role.ts';

/** Why an object stays as it is. */
export type Refusal =
  | { because: 'faults'; faults: ObjectFault[] }
  | { because: 'changed-meanwhile' }
  | { because: 'in-use'; by: readonly StoredObject[] };

/** Carries a refusal out of the transaction, which ends it without a change. */
export class RefusedChange extends Error {
  readonly refusal: Refusal;

  constructor(refusal: Refusal) {
    super(refusal.because);
    this.refusal = refusal;
  }
}

export interface ObjectKeyOf {
  section: Section;
  id: string;
}

/** What is written with an object, or not at all. */
export type Alongside = (transaction: Transaction<unknown>) => Promise<void>;

/** Answers the id. Throws `RefusedChange`. */
export async function createObject(
  parts: ApplyParts,
  { section, object }: { section: Section; object: object },
  author: Applying,
  alongside?: Alongside,
): Promise<string> {
  const given: unknown = Reflect.get(object, 'id');
  const id = typeof given === 'string' ? given : newId();
  await putObject(parts, { section, id, object, version: null }, author, alongside);
  return id;
}

/**
 * Puts an object in the place of the one that has `version`. Throws `RefusedChange`, and the fault
 * `not_found` 404.
 */
export const replaceObject = (
  parts: ApplyParts,
  change: ObjectKeyOf & { object: object; version: number },
  author: Applying,
  alongside?: Alongside,
): Promise<void> => putObject(parts, change, author, alongside);

async function putObject(
  { writer, clock }: ApplyParts,
  change: ObjectKeyOf & { object: object; version: number | null },
  author: Applying,
  alongside?: Alongside,
): Promise<void> {
  await writer.write(author.origin, async (stored, transaction) => {
    const before = current(stored, change);
    const draft = checked(change, before, stored, author);
    const password: unknown = Reflect.get(change.object, 'password');
    const passwords = new Map(
      draft.kind === 'users' && typeof password === 'string' ? [[draft.name, password]] : [],
    );
    const put = await withPasswords([draft], passwords, stored);
    requireSecretsRole(put, stored, author.roles);
    requireAdministrator(put, stored);
    await writePeople(transaction, put, stored, new Date(clock.now()));
    await alongside?.(transaction);
    return { put };
  });
}

/** The stored one at the version that was seen; undefined for a new one. */
function current(
  stored: readonly StoredObject[],
  { section, id, version }: ObjectKeyOf & { version: number | null },
): StoredObject | undefined {
  const found = stored.find((object) => isSameObject(object, { kind: section, id }));
  if (version === null) {
    if (found) throw faulty([{ path: 'id', message: 'expected another id: it is taken' }]);
    return undefined;
  }
  if (!found) throw notFound('object');
  if (found.version !== version) throw new RefusedChange({ because: 'changed-meanwhile' });
  return found;
}

function checked(
  { section, id, object }: ObjectKeyOf & { object: object },
  before: StoredObject | undefined,
  stored: readonly StoredObject[],
  { roles }: Applying,
): Draft {
  const names = namesOf(stored);
  const filled = keepSecrets(object, before, names);
  const moved = roles.includes('secrets') ? [] : movedSecrets(object, filled.kept, before, names);
  const result = checkObject({ section, id, object: filled.object }, stored);
  const own = 'faults' in result ? result.faults : [];
  const faults = [...filled.faults, ...moved, ...own];
  if (faults.length > 0 || 'faults' in result) throw faulty(faults);
  return result.draft;
}

const faulty = (faults: ObjectFault[]): RefusedChange =>
  new RefusedChange({ because: 'faults', faults });

/** Somebody has to be able to change things back. */
function requireAdministrator(put: readonly Draft[], stored: readonly StoredObject[]): void {
  const after = new Map(ofKind(stored, 'users').map(({ id, body }) => [id, body.roles]));
  const had = [...after.values()].some((roles) => roles.includes('administrator'));
  for (const draft of put) if (draft.kind === 'users') after.set(draft.id, draft.body.roles);
  if (!had || [...after.values()].some((roles) => roles.includes('administrator'))) return;
  const message = 'expected the role administrator to stay: nobody else has it';
  throw faulty([{ path: 'roles', message }]);
}

/**
 * Deletes an object that nothing refers to; a person leaves the queues they are a member of. Throws
 * `RefusedChange`, and the faults `not_found` 404 and `forbidden` 403.
 */
export async function deleteObject(
  { writer }: ApplyParts,
  { section, id, version }: ObjectKeyOf & { version: number },
  author: Applying,
  alongside?: Alongside,
): Promise<void> {
  await writer.write(author.origin, async (stored, transaction) => {
    const object = current(stored, { section, id, version });
    if (!object) throw notFound('object');
    if (readsSecrets(object) && !author.roles.includes('secrets'))
      throw needsSecretsRole(object.name);
    const by = referencesOf(stored).to(id);
    const put = section === 'users' ? withoutMember(by, id) : [];
    if (by.length > put.length) throw new RefusedChange({ because: 'in-use', by });
    if (section === 'users') {
      requireAdministrator([withoutRoles(object)], stored);
      await deleteStaff(transaction, id);
    }
    await alongside?.(transaction);
    return { put, remove: [{ kind: section, id }] };
  });
}

const withoutMember = (objects: readonly StoredObject[], id: string): Draft[] =>
  objects.flatMap((object) => {
    if (object.kind !== 'queues') return [];
    const members = object.body.members.filter((member) => member !== id);
    return [{ ...object, body: { ...object.body, members } }];
  });

function withoutRoles(object: StoredObject): Draft {
  if (object.kind !== 'users') return object;
  return { ...object, body: { ...object.body, roles: [] } };
}

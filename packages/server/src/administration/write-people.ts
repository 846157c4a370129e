import type { Transaction } from 'kysely';
import type { Draft, StoredObject } from '../configuration/index.ts';
import { endStaffSessions, writeStaff } from './staff/staff-store.ts';

/**
 * Brings the sign-in's tables in line with the users that are written. A password that the person changed since stays until the file's own changes.
 */
export async function writePeople(
  transaction: Transaction<unknown>,
  drafts: readonly Draft[],
  stored: readonly StoredObject[],
  at: Date,
): Promise<void> {
  const hashes = new Map(
    stored.flatMap((object) =>
      object.kind === 'users' ? [[object.id, object.body.passwordHash]] : [],
    ),
  );
  for (const draft of drafts) {
    if (draft.kind !== 'users') continue;
    const hash = draft.body.passwordHash;
    const isNew = hash !== hashes.get(draft.id);
    const { id, name: email } = draft;
    const password = isNew && hash !== undefined ? { passwordHash: hash } : {};
    await writeStaff(transaction, { id, email, name: draft.body.displayName, ...password }, at);
    if (isNew) await endStaffSessions(transaction, id);
  }
}

// What better-auth hashes and verifies with, without the rest of it
import { hashPassword, verifyPassword } from '@better-auth/utils/password';
import type { Draft, StoredObject } from '../configuration/index.ts';

/** The passwords a file sets, by email in lower case. */
export type FilePasswords = ReadonlyMap<string, string>;

/**
 * Completes the drafts of users with the hash of the password the file sets. The hash the file set
 * last is kept while it fits, so that applying twice changes nothing and a password that the person
 * changed afterwards stays.
 */
export function withPasswords(
  drafts: readonly Draft[],
  passwords: FilePasswords,
  stored: readonly StoredObject[],
): Promise<Draft[]> {
  const before = new Map(
    stored.flatMap((object) =>
      object.kind === 'users' && object.body.passwordHash
        ? [[object.id, object.body.passwordHash]]
        : [],
    ),
  );
  return Promise.all(
    drafts.map(async (draft) => {
      if (draft.kind !== 'users') return draft;
      const passwordHash = await hashFor(
        passwords.get(draft.name),
        draft.body.passwordHash ?? before.get(draft.id),
      );
      return passwordHash === undefined
        ? draft
        : { ...draft, body: { ...draft.body, passwordHash } };
    }),
  );
}

async function hashFor(password?: string, hash?: string): Promise<string | undefined> {
  if (password === undefined) return hash;
  if (hash !== undefined && (await verifyPassword(hash, password))) return hash;
  return hashPassword(password);
}

import type { Kysely } from 'kysely';
import { dropFactors } from './account-store.ts';
import { deleteLink, readLink, type StaffLink } from './link-store.ts';
import { endStaffSessions } from './staff-store.ts';

/**
 * Uses a person's link up, and ends what they are signed in with. Null: it was used before, revoked or
 * has expired.
 */
export async function takeLink(
  db: Kysely<unknown>,
  id: string,
  now: Date,
): Promise<StaffLink | null> {
  const link = await readLink(db, id, now);
  if (!link?.userId || !(await deleteLink(db, id))) return null;
  if (link.startOver) await dropFactors(db, link.userId);
  await endStaffSessions(db, link.userId);
  return link;
}

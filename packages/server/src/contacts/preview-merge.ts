import type { Kysely } from 'kysely';
import { Fault } from '../platform/index.ts';
import { read } from './contact-store.ts';
import { mergeBlock } from './merge-block.ts';
import { CONTACT_FIELDS, type Contact, type MergePreview } from './records.ts';

/**
 * What a merge would do, or why it cannot be done. Fault `unknown_contact` 400. A merged contact is shown
 * as what it was merged into.
 */
export async function previewMerge(
  db: Kysely<unknown>,
  id: string,
  intoId: string,
): Promise<MergePreview | null> {
  const [contact, into] = await Promise.all([read(db, id), read(db, intoId)]);
  if (!contact) return null;
  if (!into) throw new Fault('unknown_contact', 400, 'Nobody has this id.');
  const takenOver = CONTACT_FIELDS.filter((field) => bringsMore(field, contact, into));
  const result = { name: into.name, email: into.email, phone: into.phone };
  for (const field of takenOver) result[field] = contact[field];
  const blocked = mergeBlock(sideOf(contact), sideOf(into));
  return { contact, into, result, takenOver, blocked };
}

/** As `combine` decides it. */
function bringsMore(field: (typeof CONTACT_FIELDS)[number], contact: Contact, into: Contact) {
  if (contact[field] === null) return false;
  if (into[field] === null) return true;
  return contact.provenBy[field] !== undefined && into.provenBy[field] === undefined;
}

const sideOf = ({ id, identities, mergedIds }: Contact) => ({
  id,
  isMerged: false,
  isVerified: identities.length > 0,
  hasMerges: mergedIds.length > 0,
});

import type { ContactRow } from './contact-store.ts';
import { CONTACT_FIELDS, type Contact, type ContactValues } from './records.ts';

/**
 * One person of several rows, none of which is changed, so that undoing a merge restores each as it was.
 * What a proof says comes before what an agent wrote, the contact's own before what was merged into it.
 */
export function combine(own: ContactRow, merged: ContactRow[]): Contact {
  const rows = [own, ...merged];
  const values: ContactValues = { name: null, email: null, phone: null };
  const provenBy: Contact['provenBy'] = {};
  for (const field of CONTACT_FIELDS) {
    const proven = rows.find((row) => row[`${field}_setting`] !== null && row[field] !== null);
    const from = proven ?? rows.find((row) => row[field] !== null);
    values[field] = from?.[field] ?? null;
    const setting = proven?.[`${field}_setting`];
    if (setting != null) provenBy[field] = setting;
  }
  return {
    ...values,
    id: own.id,
    provenBy,
    identities: rows.flatMap(({ identities }) => identities),
    mergedIds: merged.map(({ id }) => id),
    createdAt: own.created_at,
    changedAt: own.changed_at,
    createdBy:
      own.created_by === null ? null : { id: own.created_by, name: own.created_by_name ?? '' },
  };
}

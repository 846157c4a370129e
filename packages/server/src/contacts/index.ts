import type { Transaction } from 'kysely';
import type { ProvenIdentity } from '../identity/index.ts';
import type {
  Contact,
  ContactMatch,
  ContactValues,
  LinkRecord,
  MergePreview,
  MergeRecord,
  StaffRef,
} from './records.ts';

export { createContacts } from './create-contacts.ts';
export { contactMigrations } from './migrations.ts';
export {
  CONTACT_FIELDS,
  type Contact,
  type ContactField,
  type ContactIdentity,
  type ContactMatch,
  type ContactValues,
  type LinkRecord,
  type MergeBlock,
  type MergePreview,
  type MergeRecord,
  type StaffRef,
} from './records.ts';

/**
 * People. A proof joins to one by (setting, subject), or by a signed id of a contact at first sight: never
 * by e-mail, phone or name (A05). A merge is a pointer; `read` follows it, what is stored keeps its own id.
 */
export interface Contacts {
  /**
   * The contact that (setting, subject) belongs to, made on first sight; name and email follow the proof.
   * `id` is its own even while it is merged into another, so that an undone merge takes its
   * conversations along.
   */
  ofIdentity(identity: ProvenIdentity): Promise<{ id: string }>;
  /** The contact, or the one it was merged into. */
  read(id: string): Promise<Contact | null>;
  create(values: Partial<ContactValues>, by: StaffRef): Promise<Contact>;
  /** Faults: `not_found` 404, `verified_field` 409, `empty_contact` 400. */
  change(id: string, values: Partial<ContactValues>): Promise<Contact>;
  /** Words that begin like these, digits of a phone number anywhere; newest contact first. */
  search(said: string, page: { limit: number; cursor?: string }): Promise<Found>;
  /** The one contact that all of these name exactly, if nobody has proven to be it (A05). */
  claimed(said: Partial<ContactValues>): Promise<ContactMatch | null>;

  /** Keeps who linked a conversation to which contact, in the transaction that does it. */
  keepLink(
    conversationId: string,
    link: LinkRecord,
    transaction: Transaction<unknown>,
  ): Promise<void>;
  /** The last decision of an agent about this conversation. */
  lastLink(conversationId: string): Promise<LinkRecord | null>;

  /** Null: no such contact. */
  previewMerge(id: string, intoId: string): Promise<MergePreview | null>;
  /**
   * Faults: `not_found` 404, `unknown_contact` 400, `same_contact`, `both_verified`, `already_merged`,
   * `has_merges` 409.
   */
  merge(id: string, intoId: string, reason: string, by: StaffRef): Promise<MergeRecord>;
  /** Newest first, undone ones too. */
  merges(id: string): Promise<MergeRecord[]>;
  /** Faults: `not_found` 404, `already_undone`, `too_late` 409. */
  undoMerge(mergeId: string, by: StaffRef): Promise<MergeRecord>;
}

export interface Found {
  items: ContactMatch[];
  next?: string;
}

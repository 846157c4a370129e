/** What a contact says of a person. Each may be given by a proof, and is then not for agents to change. */
export const CONTACT_FIELDS = ['name', 'email', 'phone'] as const;
export type ContactField = (typeof CONTACT_FIELDS)[number];
export type ContactValues = Record<ContactField, string | null>;

export interface ContactIdentity {
  settingId: string;
  issuer: string;
  subject: string;
  since: number;
}

/** The record of a person, with what was merged into it. Times are ms since the epoch. */
export interface Contact extends ContactValues {
  id: string;
  /** The setting (id) whose proof gave a value. */
  provenBy: Partial<Record<ContactField, string>>;
  /** Of this contact and of those merged into it; none: nobody has proven to be this person. */
  identities: ContactIdentity[];
  /** Contacts merged into this one: what carries their id belongs to this one for as long. */
  mergedIds: string[];
  createdAt: number;
  changedAt: number;
  /** The agent who made it; null: it was made at a proof. */
  createdBy: StaffRef | null;
}

/** A contact as a search finds it. */
export interface ContactMatch extends ContactValues {
  id: string;
  verified: boolean;
}

/** Who did something, as they were called then. */
export interface StaffRef {
  id: string;
  name: string;
}

/** Why two contacts cannot be merged. */
export type MergeBlock = 'same_contact' | 'both_verified' | 'already_merged' | 'has_merges';

export interface MergeRecord {
  id: string;
  /** The contact that was merged, as it is by itself. */
  contact: ContactMatch;
  intoId: string;
  reason: string;
  by: StaffRef;
  at: number;
  /** Until then it can be undone. */
  undoableUntil: number;
  undone: { by: StaffRef; at: number } | null;
}

export interface MergePreview {
  contact: Contact;
  into: Contact;
  /** What the contact would be. */
  result: ContactValues;
  /** Fields that the merged contact would bring. */
  takenOver: ContactField[];
  blocked: MergeBlock | null;
}

/** An agent's decision about which contact a conversation belongs to. */
export interface LinkRecord {
  contactId: string | null;
  by: StaffRef;
  at: number;
}

import type { ProvenIdentity } from '../identity/index.ts';

/** The record of a person. */
export interface Contact {
  id: string;
  name: string | null;
  email: string | null;
  identities: { settingId: string; issuer: string; subject: string; since: number }[];
}

export interface Contacts {
  /** The contact of (setting, subject), made on first sight; name and email follow the proof. */
  ofIdentity(identity: ProvenIdentity): Promise<Contact>;
  read(id: string): Promise<Contact | null>;
}

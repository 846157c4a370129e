import type { ProvenIdentity } from '../identity/index.ts';
import type { Database } from '../platform/index.ts';
import { ofIdentity, read } from './store.ts';

export { contactMigrations } from './migrations.ts';

/** The record of a person. */
export interface Contact {
  id: string;
  name: string | null;
  email: string | null;
  identities: { settingId: string; issuer: string; subject: string; since: number }[];
}

/** People. Joined to (setting, subject) alone: never by e-mail, phone or name (A05). */
export interface Contacts {
  /** The contact of (setting, subject), made on first sight; name and email follow the proof. */
  ofIdentity(identity: ProvenIdentity): Promise<Contact>;
  read(id: string): Promise<Contact | null>;
}

export function createContacts({ database }: { database: Pick<Database, 'kysely'> }): Contacts {
  return {
    ofIdentity: (identity) => ofIdentity(database.kysely, identity),
    read: (id) => read(database.kysely, id),
  };
}

import { sql } from 'kysely';
import type { ModuleMigrations } from '../platform/index.ts';

export const contactMigrations: ModuleMigrations = {
  '2026-11-22-contacts': {
    async up(db) {
      await sql`
        create table contacts (
          id uuid primary key,
          name text,
          email text,
          proven_at bigint not null
        )`.execute(db);
      await sql`
        create table contact_identities (
          setting_id text not null,
          subject text not null,
          issuer text not null,
          contact_id uuid not null references contacts deferrable initially deferred,
          since bigint not null,
          primary key (setting_id, subject)
        )`.execute(db);
      await sql`create index contact_identities_contact on contact_identities (contact_id)`.execute(
        db,
      );
    },
  },
};

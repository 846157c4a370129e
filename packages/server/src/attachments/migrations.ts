import { sql } from 'kysely';
import type { ModuleMigrations } from '../platform/index.ts';

export const attachmentMigrations: ModuleMigrations = {
  '2026-11-24-attachments': {
    async up(db) {
      await sql`
        create table attachments (
          id text primary key,
          owner text not null,
          state text not null,
          file_name text not null,
          media_type text not null,
          size integer,
          sha256 text,
          file_types text[] not null,
          max_bytes integer not null,
          sent boolean not null default false,
          created_at bigint not null,
          content bytea
        )`.execute(db);
      // Photos and PDFs are compressed already
      await sql`alter table attachments alter column content set storage external`.execute(db);
      await sql`create index attachments_unsent on attachments (created_at) where not sent`.execute(
        db,
      );
    },
  },
};

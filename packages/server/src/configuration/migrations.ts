import { type Kysely, sql } from 'kysely';
import type { ModuleMigrations } from '../platform/index.ts';

export const configurationMigrations: ModuleMigrations = {
  '2026-11-22-configuration': {
    async up(db: Kysely<unknown>): Promise<void> {
      // The name is checked at commit: one file may swap the names of two objects.
      await sql`
        create table configuration_objects (
          kind text not null,
          id uuid not null,
          name text not null,
          version bigint not null,
          body jsonb not null,
          created_at timestamptz not null,
          updated_at timestamptz not null,
          primary key (kind, id),
          unique (kind, name) deferrable initially deferred
        )`.execute(db);
      await sql`
        create table configuration_versions (
          configuration_id uuid not null,
          version bigint not null,
          name text not null,
          body jsonb not null,
          published_at timestamptz not null,
          primary key (configuration_id, version)
        )`.execute(db);
      await sql`
        create table configuration_state (
          only_row boolean primary key default true check (only_row),
          version bigint not null
        )`.execute(db);
      await sql`insert into configuration_state (version) values (0)`.execute(db);
    },
  },
  '2026-11-24-drafts': {
    async up(db: Kysely<unknown>): Promise<void> {
      await sql`
        alter table configuration_objects
          add column updated_by jsonb,
          add column changed_in bigint not null default 0,
          add column created_via text not null default 'file'`.execute(db);
      await sql`create index on configuration_objects (changed_in)`.execute(db);
      await sql`alter table configuration_versions add column published_by jsonb`.execute(db);
      await sql`
        create table configuration_drafts (
          configuration_id uuid primary key,
          name text not null,
          body jsonb not null,
          version bigint not null,
          updated_at timestamptz not null,
          updated_by jsonb not null
        )`.execute(db);
    },
  },
};

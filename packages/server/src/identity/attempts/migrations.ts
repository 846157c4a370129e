import { sql } from 'kysely';
import type { ModuleMigrations } from '../../platform/index.ts';

/** Ids are UUIDv7: newest first is by id alone. */
export const identityMigrations: ModuleMigrations = {
  '2026-11-22-identity': {
    async up(database) {
      await sql`
        create table attempts (
          id uuid primary key,
          reference text not null unique check (reference ~ '^[0-9A-Z]{4}-[0-9A-Z]{4}$'),
          at timestamptz not null,
          setting_id text,
          setting text not null,
          deployment text not null,
          channel text not null,
          outcome text not null check (outcome in ('accepted', 'refused')),
          reason text check ((reason is null) = (outcome = 'accepted')),
          hint text,
          issuer text,
          subject text,
          key_id text,
          checks jsonb not null
        )`.execute(database);
      await sql`create index attempts_outcome on attempts (outcome, id)`.execute(database);
      await sql`create index attempts_reason on attempts (reason, id) where reason is not null`.execute(
        database,
      );
    },
  },
  '2026-11-24-attempt-findings': {
    async up(database) {
      await sql`
        alter table attempts
          add column claims jsonb not null default '[]',
          add column key jsonb,
          add column issued_ahead_seconds double precision,
          add column clock_skew_seconds double precision,
          add column duration_ms double precision`.execute(database);
      await sql`create index attempts_setting on attempts (setting_id, id)`.execute(database);
    },
  },
  '2026-11-24-attempts-refused-at': {
    async up(database) {
      await sql`create index attempts_refused_at on attempts (at) where outcome = 'refused'`.execute(
        database,
      );
    },
  },
};

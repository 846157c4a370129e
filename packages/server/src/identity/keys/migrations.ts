import { sql } from 'kysely';
import type { ModuleMigrations } from '../../platform/index.ts';

/**
 * What every node saw of keys, so that any of them can show it. Few rows: one a URL, one a key, one a
 * key and day.
 */
export const keyMigrations: ModuleMigrations = {
  '2026-11-24-key-health': {
    async up(database) {
      await sql`
        create table key_sources (
          url text primary key,
          kind text not null check (kind in ('discovery', 'keys')),
          fetched_at timestamptz,
          failed_at timestamptz,
          problem text,
          clock_skew_seconds double precision,
          unusable jsonb not null default '[]',
          keys_url text,
          refetch_asked_at timestamptz
        )`.execute(database);
      await sql`
        create table public_keys (
          url text not null,
          kid text not null,
          thumbprint text not null,
          bits integer not null,
          expires_at timestamptz,
          first_seen timestamptz not null,
          last_seen timestamptz not null,
          last_used timestamptz,
          expiry_told_on date,
          primary key (url, kid, thumbprint)
        )`.execute(database);
      await sql`
        create table public_key_uses (
          url text not null,
          kid text not null,
          thumbprint text not null,
          day date not null,
          uses bigint not null,
          primary key (url, kid, thumbprint, day)
        )`.execute(database);
      await sql`
        create table setting_outcomes (
          setting_id text primary key,
          accepted_at timestamptz,
          accepted_reference text,
          refused_at timestamptz,
          refused_reference text,
          refused_reason text
        )`.execute(database);
    },
  },
};

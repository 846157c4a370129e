import { sql } from 'kysely';
import type { ModuleMigrations } from '../platform/index.ts';

/** Times are milliseconds since the epoch. Of tokens only their SHA-256 is stored. */
export const sessionMigrations: ModuleMigrations = {
  '2026-11-22-sessions': {
    async up(db) {
      await sql`
        create table grants (
          id uuid primary key,
          deployment_id text not null,
          setting_id text not null,
          subject text not null,
          identity json not null,
          contact_id text not null,
          created_at bigint not null,
          refresh_hash bytea,
          expires_at bigint not null,
          revoked_at bigint
        )`.execute(db);
      await sql`create unique index grants_refresh on grants (refresh_hash)`.execute(db);
      await sql`create index grants_identity on grants (deployment_id, setting_id, subject)
        where revoked_at is null`.execute(db);
      await sql`
        create table sessions (
          id uuid primary key,
          deployment_id text not null,
          token_hash bytea not null,
          grant_id uuid,
          setting_id text,
          subject text,
          read_only boolean not null default false,
          created_at bigint not null,
          expires_at bigint not null,
          ended_at bigint,
          end_reason text
        ) with (fillfactor = 80)`.execute(db);
      await sql`create unique index sessions_live_token on sessions (deployment_id, token_hash)
        where ended_at is null`.execute(db);
      await sql`create index sessions_token on sessions (deployment_id, token_hash, created_at)`.execute(
        db,
      );
      await sql`create index sessions_identity on sessions (deployment_id, setting_id, subject)
        where ended_at is null and subject is not null`.execute(db);
      await sql`create index sessions_expiry on sessions (expires_at) where ended_at is null`.execute(
        db,
      );
      await sql`create index sessions_grant on sessions (grant_id) where grant_id is not null`.execute(
        db,
      );
      await sql`create index sessions_ended on sessions (ended_at) where ended_at is not null`.execute(
        db,
      );
      await sql`
        create table session_conversations (
          session_id uuid not null references sessions on delete cascade,
          conversation_id uuid not null,
          linked_at bigint not null,
          primary key (session_id, conversation_id)
        )`.execute(db);
      await sql`create index session_conversations_conversation
        on session_conversations (conversation_id)`.execute(db);
    },
  },
  '2026-11-24-renewal': {
    async up(db) {
      // `provider_refresh` is sealed; `renewing_until` is the turn of the node that asks the provider
      await sql`alter table grants
        add column provider_refresh text,
        add column provider_session text,
        add column renewed_at bigint,
        add column renewing_until bigint,
        add column superseded_by uuid`.execute(db);
      await sql`alter table sessions add column device text, add column seen_at bigint`.execute(db);
      await sql`drop index grants_identity`.execute(db);
      await sql`create index grants_person on grants (setting_id, subject, deployment_id)
        where revoked_at is null`.execute(db);
      await sql`create index grants_provider_session on grants (setting_id, provider_session)
        where provider_session is not null and revoked_at is null`.execute(db);
      await sql`create index grants_superseded on grants (superseded_by)
        where superseded_by is not null`.execute(db);
      await sql`create index grants_sealed on grants (expires_at)
        where provider_refresh is not null`.execute(db);
      await sql`drop index sessions_identity`.execute(db);
      await sql`create index sessions_person on sessions (setting_id, subject, deployment_id)
        where ended_at is null and subject is not null`.execute(db);
    },
  },
  '2026-11-24-observed-guests': {
    async up(db) {
      await sql`
        create table observed_guests (
          setting_id text not null,
          hour bigint not null,
          guests integer not null,
          primary key (setting_id, hour)
        )`.execute(db);
    },
  },
};

import { type Kysely, sql } from 'kysely';
import type { ModuleMigrations } from '../platform/index.ts';

/** The tables of better-auth keep its names for columns; a test holds them against its own schema. */
export const administrationMigrations: ModuleMigrations = {
  '2026-11-22-staff': {
    async up(db: Kysely<unknown>): Promise<void> {
      // Deferred: one file may swap the addresses of two people.
      await sql`
        create table staff_users (
          id text primary key,
          name text not null,
          email text not null unique deferrable initially deferred,
          "emailVerified" boolean not null,
          image text,
          "createdAt" timestamptz not null default current_timestamp,
          "updatedAt" timestamptz not null default current_timestamp
        )`.execute(db);
      await sql`
        create table staff_sessions (
          id text primary key,
          "expiresAt" timestamptz not null,
          token text not null unique,
          "createdAt" timestamptz not null default current_timestamp,
          "updatedAt" timestamptz not null,
          "ipAddress" text,
          "userAgent" text,
          "userId" text not null references staff_users (id) on delete cascade
        )`.execute(db);
      await sql`create index on staff_sessions ("userId")`.execute(db);
      await sql`
        create table staff_accounts (
          id text primary key,
          "accountId" text not null,
          "providerId" text not null,
          "userId" text not null references staff_users (id) on delete cascade,
          "accessToken" text,
          "refreshToken" text,
          "idToken" text,
          "accessTokenExpiresAt" timestamptz,
          "refreshTokenExpiresAt" timestamptz,
          scope text,
          password text,
          "createdAt" timestamptz not null default current_timestamp,
          "updatedAt" timestamptz not null
        )`.execute(db);
      await sql`create index on staff_accounts ("userId")`.execute(db);
      await sql`
        create table staff_verifications (
          id text primary key,
          identifier text not null,
          value text not null,
          "expiresAt" timestamptz not null,
          "createdAt" timestamptz not null default current_timestamp,
          "updatedAt" timestamptz not null default current_timestamp
        )`.execute(db);
      await sql`create index on staff_verifications (identifier)`.execute(db);
      await sql`
        create table staff_sign_in_counts (
          key text primary key,
          count integer not null,
          window_ends_at timestamptz not null
        )`.execute(db);
      await sql`create index on staff_sign_in_counts (window_ends_at)`.execute(db);
      await sql`
        create table staff_known_networks (
          user_id text not null references staff_users (id) on delete cascade,
          network text not null,
          last_at timestamptz not null,
          primary key (user_id, network)
        )`.execute(db);
    },
  },
  '2026-11-24-audit': {
    async up(db: Kysely<unknown>): Promise<void> {
      await sql`
        create table audit_log (
          id uuid primary key,
          at timestamptz not null,
          actor jsonb not null,
          action text not null,
          via text not null,
          section text,
          object_id text,
          object_name text,
          before jsonb,
          after jsonb
        )`.execute(db);
      await sql`create index audit_object on audit_log (object_id, id)`.execute(db);
      await sql`create index audit_section on audit_log (section, id)`.execute(db);
    },
  },
  '2026-11-24-genesys': {
    async up(db: Kysely<unknown>): Promise<void> {
      await sql`
        create table genesys_integrations (
          id uuid primary key,
          name text not null,
          type_id text not null,
          version bigint not null,
          body text,
          updated_at timestamptz not null
        )`.execute(db);
      await sql`
        create table genesys_credentials (
          id uuid primary key,
          name text not null,
          type_name text not null,
          slot text,
          integration_id uuid unique deferrable initially deferred,
          fields text,
          given_by text,
          destination text,
          created_at timestamptz not null,
          updated_at timestamptz not null
        )`.execute(db);
    },
  },
  '2026-11-24-staff-sign-in': {
    async up(db: Kysely<unknown>): Promise<void> {
      await sql`alter table staff_users add "twoFactorEnabled" boolean default false`.execute(db);
      await sql`alter table staff_sessions add "lastSeenAt" timestamptz`.execute(db);
      await sql`
        create table staff_two_factors (
          id text primary key,
          secret text not null,
          "backupCodes" text not null,
          "userId" text not null references staff_users (id) on delete cascade,
          verified boolean default true,
          "failedVerificationCount" integer default 0,
          "lockedUntil" timestamptz
        )`.execute(db);
      await sql`create index on staff_two_factors ("userId")`.execute(db);
      await sql`create index on staff_two_factors (secret)`.execute(db);
      await sql`
        create table staff_passkeys (
          id text primary key,
          name text,
          "publicKey" text not null,
          "userId" text not null references staff_users (id) on delete cascade,
          "credentialID" text not null unique,
          counter integer not null,
          "deviceType" text not null,
          "backedUp" boolean not null,
          transports text,
          "createdAt" timestamptz,
          aaguid text
        )`.execute(db);
      await sql`create index on staff_passkeys ("userId")`.execute(db);
      // user_id null: the link of the first administrator, who is not there yet
      await sql`
        create table staff_links (
          id uuid primary key,
          token_hash text not null unique,
          user_id text references staff_users (id) on delete cascade,
          start_over boolean not null,
          with_secrets boolean not null,
          created_by text,
          created_at timestamptz not null,
          expires_at timestamptz not null
        )`.execute(db);
      await sql`create index on staff_links (user_id)`.execute(db);
    },
  },
};

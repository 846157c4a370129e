import { sql } from 'kysely';
import type { ModuleMigrations } from '../../platform/index.ts';

export const appleMigrations: ModuleMigrations = {
  '2026-11-24-apple': {
    async up(db) {
      // Times are ms since the epoch. `refused_at`: Apple does not know the opaque id (any more)
      await sql`
        create table apple_customers (
          account_id text not null,
          opaque_id text not null,
          capabilities text[] not null,
          closed_at bigint,
          refused_at bigint,
          heard_at bigint not null,
          primary key (account_id, opaque_id)
        )`.execute(db);
      // What of a conversation has been sent: all up to `sent_seq`, and `sent_part` parts of the next
      await sql`
        create table apple_threads (
          conversation_id uuid primary key,
          account_id text not null,
          opaque_id text not null,
          is_open boolean not null default true,
          sent_seq integer not null default 0,
          sent_part integer not null default 0,
          tries integer not null default 0,
          first_try_at bigint,
          next_try_at bigint not null default 0,
          lease_until bigint not null default 0,
          typing_at bigint not null default 0,
          last_error text
        )`.execute(db);
      await sql`create index apple_threads_open on apple_threads (conversation_id) where is_open`.execute(
        db,
      );
      await sql`
        create table apple_received (
          account_id text not null,
          key text not null,
          received_at bigint not null,
          primary key (account_id, key)
        )`.execute(db);
      await sql`create index apple_received_age on apple_received (received_at)`.execute(db);
      // Bubbles that ask something, with what can be answered
      await sql`
        create table apple_requests (
          request_identifier text primary key,
          account_id text not null,
          opaque_id text not null,
          type text not null,
          options jsonb not null,
          asked_at bigint not null
        )`.execute(db);
      await sql`create index apple_requests_age on apple_requests (asked_at)`.execute(db);
      // What Apple keeps for us a short while; `sealed` holds the key it is encrypted with
      await sql`
        create table apple_downloads (
          id uuid primary key,
          account_id text not null,
          opaque_id text not null,
          message_id text not null,
          place integer not null,
          sealed text not null,
          tries integer not null default 0,
          next_try_at bigint not null,
          created_at bigint not null,
          unique (account_id, message_id, place)
        )`.execute(db);
      await sql`create index apple_downloads_due on apple_downloads (next_try_at)`.execute(db);
    },
  },
};

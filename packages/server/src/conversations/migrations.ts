import { sql } from 'kysely';
import type { ModuleMigrations } from '../platform/index.ts';
import { addInboxIndexes } from './migrations/add-inbox-indexes.ts';
import { addTrail } from './migrations/add-trail.ts';
import { writeTogether } from './migrations/write-together.ts';

/**
 * Times are milliseconds since the epoch, so that `at` can be counted up by one in the statement that
 * writes it. Payloads are `json`, not `jsonb`: given back as they came, never queried.
 */
export const conversationMigrations: ModuleMigrations = {
  '2026-11-22-conversations': {
    async up(db) {
      // What every message changes comes first, and no index holds it: such an update stays on its
      // page (HOT), for which half of each page is kept free.
      await sql`
        create table conversations (
          id uuid primary key,
          last_seq integer not null,
          last_at bigint not null,
          customer_seq integer not null,
          identity_state text not null,
          state text not null,
          owner_key text not null,
          channel text not null,
          deployment_id text not null,
          workstream_id text not null,
          queue_id text,
          priority integer,
          assignee_id text,
          offered_to_id text,
          offer_expires_at bigint,
          declined_by text[] not null default '{}',
          capacity integer not null,
          contact_id text,
          customer_name text,
          customer_email text,
          locale text,
          identity json not null,
          context json not null,
          routing json,
          opened_at bigint not null,
          changed_at bigint not null,
          closed_at bigint
        ) with (fillfactor = 50)`.execute(db);
      for (const [name, definition] of Object.entries(conversationIndexes)) {
        await sql`${sql.raw(`create ${definition.replace(' on ', ` ${name} on `)}`)}`.execute(db);
      }
      await sql`
        create table entries (
          conversation_id uuid not null,
          seq integer not null,
          customer_seq integer,
          at bigint not null,
          id uuid not null,
          dedupe uuid not null,
          kind text not null,
          role text not null,
          identity_state text not null,
          sender_id text,
          sender_name text,
          client_id text,
          text text,
          content json,
          data json,
          primary key (conversation_id, seq)
        )`.execute(db);
      await sql`create unique index entries_dedupe on entries (dedupe)`.execute(db);
    },
  },
  '2026-11-24-identity-until': {
    async up(db) {
      // Kept equal to the identity's `until`; null: as long as the session
      await sql`alter table conversations add column identity_until bigint`.execute(db);
      await sql`create index conversations_lapsing on conversations (identity_until)
        where state <> 'closed' and identity_state = 'verified' and identity_until is not null`.execute(
        db,
      );
    },
  },
  '2026-11-24-verified-ended': {
    async up(db) {
      // On the web a proof may outlive its conversation, and all that have ended would stand in here
      await sql`create index conversations_verified_ended on conversations (channel)
        where channel <> 'web' and state in ('wrap-up', 'closed') and identity_state = 'verified'`.execute(
        db,
      );
    },
  },
  '2026-11-24-verified-deployment': {
    async up(db) {
      await sql`create index conversations_verified_deployment on conversations (deployment_id)
        where identity_state in ('verified', 'lapsed')`.execute(db);
    },
  },
  '2026-11-24-trail': { up: addTrail },
  '2026-11-24-inbox-indexes': { up: addInboxIndexes },
  '2026-11-24-work': {
    async up(db) {
      await sql`
        alter table conversations
          add column queued_at bigint,
          add column overflowed_from text[] not null default '{}',
          add column told_next boolean not null default false,
          add column assigned_at bigint,
          add column ended_at bigint,
          add column ended_by text,
          add column wrap_up_until bigint,
          add column rating smallint check (rating between 1 and 5)`.execute(db);
      await sql`
        update conversations set queued_at = opened_at, ended_at = closed_at
        where state <> 'closed' or closed_at is not null`.execute(db);
      await sql`
        update conversations c set ended_by =
          (select role from entries where conversation_id = c.id and kind = 'ended'
           order by seq desc limit 1)
        where state = 'closed'`.execute(db);
      await sql`create index conversations_wrap_up on conversations (wrap_up_until)
        where state = 'wrap-up'`.execute(db);
      await sql`create index conversations_waited on conversations (queue_id, assigned_at)
        where assigned_at is not null`.execute(db);
      await sql`create index conversations_queued on conversations (queue_id, queued_at)
        where state = 'waiting'`.execute(db);
    },
  },
  '2026-11-24-written-together': { up: writeTogether },
};

const conversationIndexes: Record<string, string> = {
  conversations_open_owner: `unique index on conversations (owner_key)
    where state in ('waiting', 'offered', 'active')`,
  conversations_opened: 'index on conversations (opened_at, id)',
  conversations_changed: 'index on conversations (changed_at)',
  conversations_queue: `index on conversations (queue_id, opened_at, id) where state <> 'closed'`,
  conversations_waiting: `index on conversations (queue_id, priority, opened_at)
    where state = 'waiting'`,
  conversations_offer: `index on conversations (offer_expires_at) where state = 'offered'`,
  conversations_offered_to: `index on conversations (offered_to_id, opened_at, id)
    where offered_to_id is not null`,
  conversations_assignee: `index on conversations (assignee_id, opened_at, id)
    where assignee_id is not null`,
  conversations_assigned_open: `index on conversations (assignee_id)
    where state in ('active', 'wrap-up')`,
  conversations_contact: `index on conversations (contact_id, opened_at, id)
    where contact_id is not null`,
};

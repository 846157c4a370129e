import { sql } from 'kysely';
import type { ModuleMigrations } from '../../../platform/index.ts';

/**
 * Times are ms since the epoch. `secrets` (state, private scalar, verifier, nonce) and `provisional` (the
 * identity that the device has yet to confirm) are sealed, and gone when the request has ended.
 */
export const signInMigrations: ModuleMigrations = {
  '2026-11-24-apple-sign-in': {
    async up(db) {
      await sql`
        create table apple_sign_ins (
          id uuid primary key,
          message_id uuid not null,
          account_id text not null,
          opaque_id text not null,
          conversation_id uuid not null,
          setting_id text not null,
          version smallint not null check (version in (1, 2)),
          state_hash bytea not null unique check (length(state_hash) = 32),
          secrets text,
          created_at bigint not null,
          expires_at bigint not null,
          status text not null check (status in
            ('pending', 'succeeded', 'failed', 'cancelled', 'expired', 'superseded')),
          next_send_at bigint,
          sends integer not null default 0,
          redeemed_at bigint,
          proven_at bigint,
          reported_at bigint,
          provisional text,
          subject text,
          until_at bigint,
          check (status = 'pending' or (secrets is null and provisional is null))
        )`.execute(db);
      await sql`create unique index apple_sign_ins_pending on apple_sign_ins (conversation_id)
        where status = 'pending'`.execute(db);
      await sql`create index apple_sign_ins_standing on apple_sign_ins (setting_id, subject)
        where until_at is not null`.execute(db);
      await sql`create index apple_sign_ins_customer on apple_sign_ins (account_id, opaque_id)
        where status = 'pending' or until_at is not null`.execute(db);
      await sql`create index apple_sign_ins_age on apple_sign_ins (created_at)`.execute(db);
    },
  },
  // Requests are sent as messages are, in the order of the log and under the id of their entry
  '2026-11-24-apple-sign-in-sent': {
    async up(db) {
      await sql`
        alter table apple_sign_ins
          add column sent_at bigint,
          add column rich_message_id text,
          add column reused_at bigint,
          drop column message_id,
          drop column next_send_at,
          drop column sends`.execute(db);
      await sql`create index apple_sign_ins_conversation
        on apple_sign_ins (conversation_id, created_at)`.execute(db);
    },
  },
};

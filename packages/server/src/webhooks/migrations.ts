import { sql } from 'kysely';
import type { ModuleMigrations } from '../platform/index.ts';

export const webhookMigrations: ModuleMigrations = {
  '2026-11-24-webhooks': {
    async up(db) {
      // Times are ms since the epoch. `next_try_at` null: delivered, or given up
      await sql`
        create table webhook_deliveries (
          id uuid primary key,
          webhook_id text not null,
          event text not null,
          conversation_id uuid,
          seq integer,
          created_at bigint not null,
          state text not null,
          tries integer not null default 0,
          next_try_at bigint,
          last_try_at bigint,
          last_status integer,
          last_error text,
          duration_ms integer
        )`.execute(db);
      await sql`create index webhook_deliveries_due on webhook_deliveries (next_try_at)
        where next_try_at is not null`.execute(db);
      await sql`create index webhook_deliveries_of on webhook_deliveries (webhook_id, created_at desc)`.execute(
        db,
      );
      await sql`create index webhook_deliveries_age on webhook_deliveries (created_at)`.execute(db);
    },
  },
  '2026-11-24-webhooks-by-receiver': {
    async up(db) {
      // Each receiver's own line, whatever is piled up for another; the log in the order of its ids
      await sql`create index webhook_deliveries_waiting on webhook_deliveries (webhook_id, next_try_at)
        where next_try_at is not null`.execute(db);
      await sql`create index webhook_deliveries_log on webhook_deliveries (webhook_id, id)`.execute(
        db,
      );
      await sql`drop index webhook_deliveries_due`.execute(db);
      await sql`drop index webhook_deliveries_of`.execute(db);
    },
  },
};

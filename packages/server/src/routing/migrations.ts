import { sql } from 'kysely';
import type { ModuleMigrations } from '../platform/index.ts';

export const routingMigrations: ModuleMigrations = {
  '2026-11-22-routing': {
    async up(db) {
      await db.schema
        .createTable('agents')
        .addColumn('id', 'uuid', (column) => column.primaryKey())
        .addColumn('presence', 'text', (column) => column.notNull().defaultTo('offline'))
        .addColumn('seen_at', 'timestamptz', (column) => column.notNull().defaultTo(sql`now()`))
        .addColumn('idle_since', 'timestamptz', (column) => column.notNull().defaultTo(sql`now()`))
        .addColumn('last_offered_at', 'timestamptz')
        .execute();
    },
  },
  // Times are ms since the epoch by the clock of the node. An agent's screen is a row for as long as the
  // node that holds it renews it; a turn counts the offers of a queue.
  '2026-11-24-presence': {
    async up(db) {
      await sql`
        alter table agents
          drop column seen_at,
          drop column last_offered_at,
          add column left_at bigint,
          alter column idle_since drop default,
          alter column idle_since type bigint using (extract(epoch from idle_since) * 1000)::bigint`.execute(
        db,
      );
      await sql`
        create table agent_screens (
          agent_id uuid not null,
          node_id uuid not null,
          seen_at bigint not null,
          primary key (agent_id, node_id)
        )`.execute(db);
      await sql`
        create table queue_turns (
          queue_id text not null,
          agent_id uuid not null,
          turn bigint not null,
          primary key (queue_id, agent_id)
        )`.execute(db);
    },
  },
};

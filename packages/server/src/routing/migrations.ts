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
};

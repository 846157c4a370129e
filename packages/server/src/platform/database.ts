import type { Kysely, Migration } from 'kysely';
import type pg from 'pg';

/** Migrations of one module: a map of sortable names (`2026-11-22-sessions`) to migrations. */
export type ModuleMigrations = Record<string, Migration>;

/**
 * The database of a node. A module's store takes `kysely.withTables<ItsTables>()`; hot paths send
 * prepared statements through `pool` or a `dedicated` connection.
 */
export interface Database {
  kysely: Kysely<unknown>;
  pool: pg.Pool;
  /** A connection of one's own with `synchronous_commit=on`; reconnects are the caller's business. */
  dedicated(name: string): Promise<pg.Client>;
  migrate(modules: ModuleMigrations[]): Promise<void>;
  close(): Promise<void>;
}

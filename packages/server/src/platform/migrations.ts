import type { Kysely } from 'kysely';
import { type Migration, Migrator } from 'kysely/migration';
import type { ModuleMigrations } from './database.ts';
import { Fault } from './fault.ts';

/**
 * Brings the tables of all modules up to date in one transaction, in the order of their names, one
 * node at a time (kysely's advisory lock).
 * Throws `Fault` `database_newer` when the database knows migrations that this version does not, and
 * `database_migration` when one fails; then nothing is changed.
 */
export async function migrateToLatest(
  kysely: Kysely<unknown>,
  modules: ModuleMigrations[],
): Promise<void> {
  const migrations = merge(modules);
  const migrator = new Migrator({
    db: kysely,
    provider: { getMigrations: async () => migrations },
    // Modules name theirs by date: one module's may be older than what another already brought
    allowUnorderedMigrations: true,
  });
  const applied = await migrator.getMigrations().catch(() => []);
  const { error, results } = await migrator.migrateToLatest();
  if (error === undefined) return;
  const failed = results?.find(({ status }) => status === 'Error')?.migrationName;
  if (failed === undefined && applied.length > 0) throw newer(error);
  throw new Fault('database_migration', 500, `The database migration ${failed ?? ''} failed.`, {
    detail: error instanceof Error ? error.message : String(error),
    cause: error,
  });
}

function merge(modules: ModuleMigrations[]): Record<string, Migration> {
  const entries = modules.flatMap((module) => Object.entries(module));
  const names = new Set<string>();
  for (const [name] of entries) {
    if (names.has(name)) throw new Error(`two modules name a migration ${name}`);
    names.add(name);
  }
  return Object.fromEntries(entries.sort(([a], [b]) => (a < b ? -1 : 1)));
}

const newer = (cause: unknown): Fault =>
  new Fault(
    'database_newer',
    500,
    'The database was used by a newer version of Countersign. Start that version or a later one.',
    { detail: cause instanceof Error ? cause.message : String(cause), cause },
  );

import { Kysely, PostgresDialect } from 'kysely';
import type { Migration } from 'kysely/migration';
import pg from 'pg';
import type { Logger } from 'pino';
import { startEmbeddedPostgres } from './embedded-postgres.ts';
import { connectExternal } from './external-postgres.ts';
import { migrateToLatest } from './migrations.ts';

/** Migrations of one module: a map of sortable names (`2026-11-22-sessions`) to migrations. */
export type ModuleMigrations = Record<string, Migration>;

/**
 * The database of a node. A module's store takes `kysely.withTables<ItsTables>()`; hot paths send
 * prepared statements through `pool` or a `dedicated` connection.
 *
 * `int8` comes back as a number (a bigint past 2^53), `timestamptz` as a `Date`, `numeric` as a string.
 * A statement is given `STATEMENT_TIMEOUT_MS`, except in migrations.
 */
export interface Database {
  kysely: Kysely<unknown>;
  pool: pg.Pool;
  /** A connection of one's own with `synchronous_commit=on`; reconnects are the caller's business. */
  dedicated(name: string): Promise<pg.Client>;
  migrate(modules: ModuleMigrations[]): Promise<void>;
  close(): Promise<void>;
}

export interface DatabaseOptions {
  /** An external PostgreSQL. Without it one is started in the data directory. */
  url?: string | undefined;
  dataDir: string;
  log: Logger;
  /** The embedded PostgreSQL died and stays dead. */
  onLost?: (error: Error) => void;
  /** How long an external PostgreSQL may take to answer. Milliseconds, default 5,000. */
  patienceMs?: number;
}

export const STATEMENT_TIMEOUT_MS = 10_000;

/** For a server that says nothing at all any more: longer than it takes to cancel a statement itself. */
const ANSWER_TIMEOUT_MS = 15_000;

const POOL_SIZE = 8;
const CONNECT_TIMEOUT_MS = 5_000;

/**
 * Opens the database and waits until it answers. Throws `Fault`: `database_unreachable`,
 * `database_unfit`, or what `startEmbeddedPostgres` throws.
 */
export async function openDatabase(options: DatabaseOptions): Promise<Database> {
  const { log, onLost = () => {} } = options;
  const server =
    options.url === undefined
      ? await startEmbeddedPostgres({ dataDir: options.dataDir, log, onLost })
      : await connectExternal(options.url, options.patienceMs ?? 5_000);
  const connection = connectionSettings(server.address);
  const pool = new pg.Pool({ ...connection, max: POOL_SIZE, application_name: 'countersign' });
  // An idle connection that breaks is replaced by the pool on the next use
  pool.on('error', () => log.debug('an idle database connection ended'));
  const kysely = new Kysely<unknown>({ dialect: new PostgresDialect({ pool }) });
  const dedicated = dedicatedConnections(connection, log);
  let closing: Promise<void> | undefined;

  async function close(): Promise<void> {
    await dedicated.close();
    await kysely.destroy(); // ends the pool
    await server.close();
  }

  return {
    kysely,
    pool,
    dedicated: dedicated.open,
    migrate: (modules) => migrate(connection, modules),
    close: () => (closing ??= close()),
  };
}

function connectionSettings(address: pg.ClientConfig): pg.ClientConfig {
  return {
    ...address,
    connectionTimeoutMillis: CONNECT_TIMEOUT_MS,
    statement_timeout: STATEMENT_TIMEOUT_MS,
    query_timeout: ANSWER_TIMEOUT_MS,
    keepAlive: true,
    // Acknowledged is durable, whatever the server's own default (invariant 1)
    options: '-c synchronous_commit=on',
    types: { getTypeParser },
  };
}

const getTypeParser: typeof pg.types.getTypeParser = (oid, format?: 'text' | 'binary') => {
  if (oid === pg.types.builtins.INT8 && format !== 'binary') return parseInt8;
  return format === 'binary'
    ? pg.types.getTypeParser(oid, format)
    : pg.types.getTypeParser(oid, 'text');
};

function parseInt8(text: string): number | bigint {
  const number = Number(text);
  return Number.isSafeInteger(number) ? number : BigInt(text);
}

function dedicatedConnections(connection: pg.ClientConfig, log: Logger) {
  const open = new Set<pg.Client>();
  return {
    async open(name: string): Promise<pg.Client> {
      const client = new pg.Client({ ...connection, application_name: `countersign ${name}` });
      client.on('error', () => log.debug({ name }, 'a dedicated database connection broke'));
      client.once('end', () => open.delete(client));
      await client.connect();
      open.add(client);
      return client;
    },
    async close() {
      await Promise.all([...open].map((client) => client.end().catch(() => {})));
    },
  };
}

/** On a connection without time limit: a migration may take long, and so may waiting for another's. */
async function migrate(connection: pg.ClientConfig, modules: ModuleMigrations[]): Promise<void> {
  const pool = new pg.Pool({
    ...connection,
    statement_timeout: false,
    query_timeout: 0,
    max: 2,
    application_name: 'countersign migrations',
  });
  pool.on('error', () => {});
  const kysely = new Kysely<unknown>({ dialect: new PostgresDialect({ pool }) });
  await migrateToLatest(kysely, modules).finally(() => kysely.destroy());
}

/**
 * A PostgreSQL of the node's own: made on first start, running while the node runs, started again when
 * it dies alone, ended when the node ends. Reachable only through a socket that only the node may open.
 */
import { execFile } from 'node:child_process';
import { chmod, mkdir, mkdtemp, open, rename, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';
import pg from 'pg';
import type { Logger } from 'pino';
import { dataDirectoryInUse, lockDataDirectory } from './data-directory-lock.ts';
import { Fault } from './fault.ts';
import { findPostgresBinaries } from './postgres-binaries.ts';
import { chooseLauncher, type PostgresLauncher } from './postgres-launcher.ts';
import { endLeftovers, holdOwnerLock } from './postgres-leftovers.ts';
import { initdbArguments, POSTGRES_PORT, postgresArguments } from './postgres-settings.ts';
import { supervise } from './postgres-supervisor.ts';

const run = promisify(execFile);

const USER = 'countersign';

/** sockaddr_un holds 107 bytes and a final zero. */
const SOCKET_PATH_BYTES = 107;

export interface PostgresAddress {
  host: string;
  port: number;
  user: string;
  database: string;
}

export interface EmbeddedPostgres {
  address: PostgresAddress;
  close(): Promise<void>;
}

/**
 * Starts the PostgreSQL in `<dataDir>/postgres`, making it first where there is none.
 * Throws `Fault`: `data_directory_in_use`, `database_account`, `database_binaries`, `database_start`.
 */
export async function startEmbeddedPostgres(options: {
  dataDir: string;
  log: Logger;
  /** PostgreSQL died and could not be started again. */
  onLost: (error: Error) => void;
}): Promise<EmbeddedPostgres> {
  const { log, onLost } = options;
  const dataDir = resolve(options.dataDir);
  // Others may pass through to what is given to PostgreSQL's account, but not look around
  await mkdir(dataDir, { recursive: true, mode: 0o711 });
  const cleanups = [await lockDataDirectory(dataDir)];
  const close = async () => {
    for (const cleanup of cleanups.splice(0).reverse()) await cleanup();
  };
  try {
    const binaries = findPostgresBinaries();
    const cluster = join(dataDir, 'postgres');
    const launcher = await chooseLauncher({ postgres: binaries.postgres, dataDir, cluster });
    const socket = await makeSocketDirectory(dataDir, launcher);
    cleanups.push(socket.remove);
    const place = { cluster, dataDir, socketDir: socket.path, user: USER };
    await endLeftovers(place, log);
    await makeCluster(binaries.initdb, cluster, launcher, log);
    const address = { host: socket.path, port: POSTGRES_PORT, user: USER, database: 'postgres' };
    const owner = ownerConnection(address, log);
    cleanups.push(owner.end);
    const server = supervise({
      command: launcher.command(binaries.postgres, postgresArguments(cluster, socket.path)),
      beforeRestart: () => endLeftovers(place, log),
      afterStart: async () => {
        if (!(await owner.hold())) throw dataDirectoryInUse(dataDir);
      },
      log,
      onLost,
    });
    cleanups.push(server.stop);
    await server.start();
    return { address, close };
  } catch (error) {
    await close();
    throw error;
  }
}

/** Under another name until it is whole, so that a kill half-way leaves no half cluster. */
async function makeCluster(
  initdb: string,
  cluster: string,
  launcher: PostgresLauncher,
  log: Logger,
): Promise<void> {
  const exists = await stat(join(cluster, 'PG_VERSION')).catch(() => undefined);
  if (exists) return launcher.own(cluster);
  const unfinished = `${cluster}.new`;
  await rm(unfinished, { recursive: true, force: true });
  await mkdir(unfinished, { mode: 0o700 });
  await launcher.own(unfinished);
  const { file, args, options } = launcher.command(initdb, initdbArguments(unfinished, USER));
  const { uid, gid, cwd, env } = options;
  try {
    await run(file, args, { uid, gid, cwd, env });
  } catch (cause) {
    throw new Fault('database_start', 500, `The database in ${cluster} cannot be made.`, {
      detail: cause instanceof Error ? cause.message : 'unknown',
      cause,
    });
  }
  await rename(unfinished, cluster);
  await syncDirectory(join(cluster, '..'));
  log.info({ cluster }, 'made a new PostgreSQL cluster');
}

async function syncDirectory(path: string): Promise<void> {
  const handle = await open(path);
  await handle.sync().finally(() => handle.close());
}

async function makeSocketDirectory(dataDir: string, launcher: PostgresLauncher) {
  const inside = join(dataDir, 'postgres-socket');
  const fits = Buffer.byteLength(`${inside}/.s.PGSQL.${POSTGRES_PORT}`) <= SOCKET_PATH_BYTES;
  if (fits) await mkdir(inside, { recursive: true, mode: 0o700 });
  const path = fits ? inside : await mkdtemp(join(tmpdir(), 'countersign-'));
  await chmod(path, 0o700);
  await launcher.own(path);
  const remove = async () => {
    if (!fits) await rm(path, { recursive: true, force: true });
  };
  return { path, remove };
}

/** The connection that tells a node on another network namespace that this PostgreSQL has a node. */
function ownerConnection(address: PostgresAddress, log: Logger) {
  let client: pg.Client | undefined;
  const end = async () => {
    await client?.end().catch(() => {});
    client = undefined;
  };
  const hold = async () => {
    await end();
    client = new pg.Client({ ...address, application_name: 'countersign owner' });
    client.on('error', () => log.debug('the connection that holds the owner lock ended'));
    await client.connect();
    return holdOwnerLock(client);
  };
  return { hold, end };
}

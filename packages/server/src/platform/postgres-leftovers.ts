/**
 * What a killed node may leave behind: its PostgreSQL, still running or still shutting down, and the
 * file in which it wrote its process id. Nothing here touches a PostgreSQL whose node is alive.
 */
import { readdir, readFile, readlink, realpath, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import pg from 'pg';
import type { Logger } from 'pino';
import { dataDirectoryInUse } from './data-directory-lock.ts';

/** Held by a node on a connection of its own for as long as it lives: "PGno" in ASCII. */
const OWNER_LOCK = 0x50_47_6e_6f;

/** A killed node's connection may take PostgreSQL a moment to notice. */
const OWNER_GONE_MS = 1_000;

const STEPS: [signal: NodeJS.Signals, patienceMs: number][] = [
  ['SIGINT', 10_000],
  ['SIGQUIT', 3_000],
  ['SIGKILL', 3_000],
];

/** Ends a PostgreSQL without node. Throws `Fault` `data_directory_in_use` when its node lives. */
export async function endLeftovers(
  where: { cluster: string; dataDir: string; socketDir: string; user: string },
  log: Logger,
): Promise<void> {
  const pidFile = join(where.cluster, 'postmaster.pid');
  const lines = (await readFile(pidFile, 'utf8').catch(() => '')).split('\n');
  const [pid, host = '', port] = [Number(lines[0]), lines[4], Number(lines[3])];
  if (host !== '' && (await isOwned({ host, port, user: where.user }))) {
    throw dataDirectoryInUse(where.dataDir);
  }
  await end(where.cluster, pid, log);
  // Whoever has that id now is not PostgreSQL (or nobody has buried it): it would only keep the next
  // one from starting
  if (isRunning(pid)) await rm(pidFile, { force: true });
  for (const name of await readdir(where.socketDir)) await rm(join(where.socketDir, name));
}

/** Takes the lock that says this PostgreSQL has a node; held until the connection ends. */
export async function holdOwnerLock(client: pg.Client): Promise<boolean> {
  const { rows } = await client.query<{ held: boolean }>(
    'select pg_try_advisory_lock($1) as held',
    [OWNER_LOCK],
  );
  return rows[0]?.held === true;
}

async function isOwned(address: { host: string; port: number; user: string }): Promise<boolean> {
  const client = new pg.Client({
    ...address,
    database: 'postgres',
    connectionTimeoutMillis: 2_000,
  });
  client.on('error', () => {});
  try {
    await client.connect();
    for (const until = Date.now() + OWNER_GONE_MS; Date.now() < until; await delay(20)) {
      if (await holdOwnerLock(client)) return false;
    }
    return true;
  } catch {
    return false; // gone, starting up or shutting down
  } finally {
    await client.end().catch(() => {});
  }
}

async function end(cluster: string, postmaster: number, log: Logger): Promise<void> {
  for (const [signal, patienceMs] of STEPS) {
    const pids = await processesOf(cluster, postmaster);
    if (pids.length === 0) return;
    log.warn({ pids, signal }, 'ending the PostgreSQL that a killed node left behind');
    const targets = signal === 'SIGINT' && pids.includes(postmaster) ? [postmaster] : pids;
    for (const pid of targets) send(pid, signal);
    for (const until = Date.now() + patienceMs; Date.now() < until; await delay(10)) {
      if ((await processesOf(cluster, postmaster)).length === 0) return;
    }
  }
}

/** Every process of a PostgreSQL works in its cluster's directory; one that just starts names it. */
async function processesOf(cluster: string, postmaster: number): Promise<number[]> {
  if (process.platform !== 'linux') return isRunning(postmaster) ? [postmaster] : [];
  const directory = await realpath(cluster).catch(() => cluster);
  const pids = (await readdir('/proc')).map(Number).filter(Number.isInteger);
  const belongs = await Promise.all(
    pids.map(async (pid) => {
      const about = `/proc/${pid}`;
      const command = await readFile(`${about}/cmdline`, 'utf8').catch(() => '');
      if (!/postgres/.test(command)) return false;
      if (command.includes(`-D\0${cluster}\0`)) return true;
      return (await readlink(`${about}/cwd`).catch(() => undefined)) === directory;
    }),
  );
  return pids.filter((_, index) => belongs[index]);
}

function isRunning(pid: number): boolean {
  return Number.isInteger(pid) && pid > 0 && send(pid, 0);
}

function send(pid: number, signal: NodeJS.Signals | 0): boolean {
  try {
    return process.kill(pid, signal);
  } catch {
    return false;
  }
}

/**
 * Under which account the embedded PostgreSQL runs. PostgreSQL refuses to be root, so a node that is
 * root hands it another account, and where that account cannot reach the files (a directory 0700
 * somewhere above) a user namespace in which the same files belong to somebody who is not root.
 */
import { execFile, type SpawnOptions } from 'node:child_process';
import { chown, lstat, readdir, readFile, stat } from 'node:fs/promises';
import { userInfo } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { Fault } from './fault.ts';

const run = promisify(execFile);

/** Nothing of the node's environment: it may hold secrets. */
const CHILD_ENVIRONMENT = {
  PATH: '/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin',
  LC_ALL: 'C',
  TZ: 'UTC',
};

const IN_USER_NAMESPACE = ['unshare', '--user', '--map-user=65534', '--map-group=65534', '--'];

/** util-linux: the kernel asks PostgreSQL for a fast shutdown when the node dies, however it dies. */
const DIES_WITH_NODE = ['setpriv', '--pdeathsig', 'INT', '--'];

export interface PostgresLauncher {
  command(binary: string, args: string[]): { file: string; args: string[]; options: SpawnOptions };
  /** Gives a directory, with everything in it, to the account PostgreSQL runs under. */
  own(directory: string): Promise<void>;
}

interface Account {
  uid: number;
  gid: number;
}

interface Way {
  account: Account;
  prefix: string[];
}

/**
 * Tries the ways to run `postgres` from best to last, each for real.
 * Throws `Fault` `database_account` when none works, with what was tried in its detail.
 */
export async function chooseLauncher(where: {
  postgres: string;
  dataDir: string;
  cluster: string;
}): Promise<PostgresLauncher> {
  const failures: string[] = [];
  for (const way of await ways(where.cluster)) {
    try {
      await probe(way, where);
      return launcher(way);
    } catch (error) {
      failures.push(`${describe(way)}: ${reason(error)}`);
    }
  }
  throw new Fault(
    'database_account',
    500,
    `PostgreSQL cannot be started for the data directory ${where.dataDir}: no account but root can ` +
      `reach both it and ${where.postgres}. Start the node as an ordinary user, or set ` +
      'COUNTERSIGN_DATA_DIR to a directory others may enter, or DATABASE_URL to a PostgreSQL of your own.',
    { detail: failures.join('; ') },
  );
}

async function ways(cluster: string): Promise<Way[]> {
  const self = { uid: process.getuid?.() ?? 0, gid: process.getgid?.() ?? 0 };
  const owner = await ownerOf(cluster);
  if (self.uid !== 0 && owner !== undefined && owner.uid !== self.uid)
    throw foreign(cluster, owner);
  const direct = self.uid === 0 ? await accountsForRoot(owner) : isKnown() ? [self] : [];
  const plain = [
    ...direct.map((account) => ({ account, prefix: [] })),
    { account: self, prefix: IN_USER_NAMESPACE },
  ];
  const guarded = plain.map((way) => ({ ...way, prefix: [...way.prefix, ...DIES_WITH_NODE] }));
  return plain.flatMap((way, index) => [guarded[index] ?? way, way]);
}

async function accountsForRoot(owner: Account | undefined): Promise<Account[]> {
  if (owner !== undefined && owner.uid !== 0) return [owner];
  const accounts = [await lookUp('postgres'), await lookUp('nobody')];
  return accounts.filter((account) => account !== undefined);
}

async function lookUp(name: string): Promise<Account | undefined> {
  const passwd = await readFile('/etc/passwd', 'utf8').catch(() => '');
  const fields = passwd
    .split('\n')
    .map((line) => line.split(':'))
    .find(([first]) => first === name);
  if (fields === undefined) return undefined;
  return { uid: Number(fields[2]), gid: Number(fields[3]) };
}

async function ownerOf(path: string): Promise<Account | undefined> {
  const found = await stat(path).catch(() => undefined);
  return found && { uid: found.uid, gid: found.gid };
}

/** initdb insists on an account that has a name; in a container a bare number may be all there is. */
function isKnown(): boolean {
  try {
    return userInfo().username !== '';
  } catch {
    return false;
  }
}

async function probe(way: Way, where: { postgres: string; dataDir: string }): Promise<void> {
  const script = 'cd "$1" && exec "$2" -V';
  const { file, args, options } = launcher(way).command('/bin/sh', [
    ...['-c', script, 'sh', where.dataDir, where.postgres],
  ]);
  const { uid, gid, cwd, env } = options;
  await run(file, args, { uid, gid, cwd, env, timeout: 10_000 });
}

function launcher({ account, prefix }: Way): PostgresLauncher {
  const differs = account.uid !== process.getuid?.();
  return {
    command(binary, args) {
      const [file = binary, ...rest] = [...prefix, binary, ...args];
      const identity = differs ? account : {};
      // "/" because the account may not be able to enter the node's own working directory
      return { file, args: rest, options: { ...identity, cwd: '/', env: CHILD_ENVIRONMENT } };
    },
    async own(directory) {
      if (process.getuid?.() === 0) await give(directory, account);
    },
  };
}

async function give(directory: string, account: Account): Promise<void> {
  const { uid, gid } = await lstat(directory);
  if (uid === account.uid && gid === account.gid) return;
  const entries = await readdir(directory, { recursive: true, withFileTypes: true });
  for (const entry of entries) {
    // Tablespaces would be links out of the cluster; this node never makes any
    if (entry.isSymbolicLink()) continue;
    await chown(join(entry.parentPath, entry.name), account.uid, account.gid);
  }
  // Last, so that an interrupted hand-over starts again
  await chown(directory, account.uid, account.gid);
}

function foreign(cluster: string, owner: Account): Fault {
  return new Fault(
    'database_account',
    500,
    `The database in ${cluster} belongs to user id ${owner.uid}. Start the node as that user or as ` +
      'root, or set COUNTERSIGN_DATA_DIR to another directory.',
  );
}

const describe = ({ account, prefix }: Way): string =>
  [`uid ${account.uid}`, ...prefix.slice(0, 1)].join(' by ');

function reason(error: unknown): string {
  if (!(error instanceof Error)) return 'unknown';
  const stderr = 'stderr' in error && typeof error.stderr === 'string' ? error.stderr.trim() : '';
  return stderr === '' ? error.message : stderr;
}

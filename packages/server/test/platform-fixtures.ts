import { type ChildProcess, type SpawnOptions, spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmod, mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import type { TestContext } from 'node:test';
import { pino } from 'pino';
import { type Database, type DatabaseOptions, openDatabase } from '../src/platform/index.ts';

const OPENER = join(import.meta.dirname, 'platform-opener.ts');

const cleanups = new WeakMap<TestContext, (() => Promise<unknown>)[]>();

/** Runs after the test, last added first: a directory goes after what works in it. */
function afterwards(t: TestContext, cleanup: () => Promise<unknown>): void {
  const stack = cleanups.get(t) ?? [];
  if (!cleanups.has(t)) {
    cleanups.set(t, stack);
    t.after(async () => {
      for (const each of stack.reverse()) await each();
    });
  }
  stack.push(cleanup);
}

/** A directory of the test's own, entered by everybody and gone with the test. */
export async function temporaryDirectory(t: TestContext, parent = tmpdir()): Promise<string> {
  const path = await mkdtemp(join(parent, 'cs-test-'));
  await chmod(path, 0o755);
  afterwards(t, () => rm(path, { recursive: true, force: true, maxRetries: 5 }));
  return path;
}

/** Opens the embedded database and closes it with the test. */
export async function open(
  t: TestContext,
  dataDir: string,
  more: Partial<DatabaseOptions> = {},
): Promise<Database> {
  const database = await openDatabase({ dataDir, log: pino({ level: 'silent' }), ...more });
  afterwards(t, () => database.close());
  return database;
}

export interface Opener {
  process: ChildProcess;
  /** Waits for a line that begins like this, and gives all lines so far. */
  says(beginning: string): Promise<string[]>;
  kill(signal: NodeJS.Signals): Promise<void>;
}

/** Starts `platform-opener.ts` as a process that can be killed. */
export function startOpener(
  t: TestContext,
  args: string[],
  options: SpawnOptions & { script?: string; node?: string } = {},
): Opener {
  const { script = OPENER, node = process.execPath, ...spawnOptions } = options;
  const child = spawn(node, [script, ...args], {
    ...spawnOptions,
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const exit = once(child, 'exit');
  const lines: string[] = [];
  const reader = createInterface({ input: child.stdout ?? process.stdin });
  reader.on('line', (line) => lines.push(line));
  const kill = async (signal: NodeJS.Signals) => {
    child.kill(signal);
    await exit;
  };
  afterwards(t, () => kill('SIGKILL'));
  return {
    process: child,
    kill,
    async says(beginning) {
      const ended = exit.then(() => 'ended' as const);
      while (!lines.some((line) => line.startsWith(beginning))) {
        const next = await Promise.race([once(reader, 'line'), ended]);
        if (next === 'ended' && !lines.some((line) => line.startsWith(beginning))) {
          throw new Error(`ended without ${beginning}: ${lines.join(' | ')}`);
        }
      }
      return lines;
    },
  };
}

/** The process id of a cluster's postmaster. */
export async function postmasterOf(dataDir: string): Promise<number> {
  return Number((await readFile(join(dataDir, 'postgres/postmaster.pid'), 'utf8')).split('\n')[0]);
}

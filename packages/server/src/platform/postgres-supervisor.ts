/**
 * Keeps one `postgres` process running: waits until it answers, passes on what it logs, starts it
 * again when it dies alone, gives up after ten minutes of trying, and shuts it down.
 */
import { type ChildProcess, type SpawnOptions, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { setTimeout as delay } from 'node:timers/promises';
import type { Logger } from 'pino';
import { Fault } from './fault.ts';

const RESTART_DELAYS_MS = [0, 100, 300, 600, 1_000];
/** Then so often: a full disk may be emptied again, and nobody should have to repair more than that. */
const LATER_DELAY_MS = 2_000;
const MOST_TRIES = 300;

/** Having run this long, the next death counts as the first again. */
const STABLE_AFTER_MS = 60_000;

const FAST_SHUTDOWN_MS = 20_000;
const IMMEDIATE_SHUTDOWN_MS = 5_000;

const READY = /ready to accept connections/;
const SERIOUS = /^(FATAL|PANIC):/;

export interface SupervisedPostgres {
  /** Resolves when it answers. Throws `Fault` `database_start` when it ends before. */
  start(): Promise<void>;
  stop(): Promise<void>;
}

export function supervise(options: {
  command: { file: string; args: string[]; options: SpawnOptions };
  beforeRestart: () => Promise<void>;
  afterStart: () => Promise<void>;
  log: Logger;
  onLost: (error: Error) => void;
}): SupervisedPostgres {
  const { command, log } = options;
  let child: ChildProcess | undefined;
  let stopping = false;
  let tries = 0;
  let restarting: Promise<void> | undefined;

  // Where the kernel does not do it: a node that ends without closing takes PostgreSQL along
  const endWithNode = () => child?.kill('SIGINT');
  process.once('exit', endWithNode);

  async function start(): Promise<void> {
    const started = spawn(command.file, command.args, {
      ...command.options,
      // A group of its own: Ctrl-C in a terminal is for the node, which ends PostgreSQL last
      detached: true,
      stdio: ['ignore', 'ignore', 'pipe'],
    });
    child = started;
    await answers(started, log);
    const since = Date.now();
    started.once('exit', (code, signal) => {
      if (stopping) return;
      log.error({ code, signal }, 'PostgreSQL ended by itself; starting it again');
      if (Date.now() - since > STABLE_AFTER_MS) tries = 0;
      restarting ??= restart().finally(() => {
        restarting = undefined;
      });
    });
    await options.afterStart();
  }

  async function restart(): Promise<void> {
    let last: unknown = new Error('PostgreSQL keeps ending');
    while (tries < MOST_TRIES) {
      await delay(RESTART_DELAYS_MS[tries] ?? LATER_DELAY_MS);
      tries += 1;
      if (stopping) return;
      try {
        await options.beforeRestart();
        await start();
        log.info('PostgreSQL runs again');
        return;
      } catch (error) {
        last = error;
        log.error({ err: error }, 'PostgreSQL could not be started again');
      }
    }
    options.onLost(last instanceof Error ? last : new Error('PostgreSQL was lost'));
  }

  async function stop(): Promise<void> {
    stopping = true;
    process.off('exit', endWithNode);
    await restarting?.catch(() => {});
    if (child !== undefined) await shutDown(child);
  }

  return { start, stop };
}

/** Resolves once the server says so; rejects when it ends first, with its last serious words. */
async function answers(child: ChildProcess, log: Logger): Promise<void> {
  const { promise, resolve, reject } = Promise.withResolvers<void>();
  let lastWords = '';
  if (child.stderr) {
    createInterface({ input: child.stderr }).on('line', (line) => {
      if (SERIOUS.test(line)) lastWords = line;
      log[line.startsWith('PANIC:') ? 'error' : 'debug']({ postgres: line }, 'PostgreSQL says');
      if (READY.test(line)) resolve();
    });
  }
  const ended = (detail: string, cause?: unknown) =>
    reject(new Fault('database_start', 500, 'PostgreSQL did not start.', { detail, cause }));
  child.once('error', (error) => ended(error.message, error));
  // 'close' and not 'exit': what it wrote last has been read
  child.once('close', (code, signal) => ended(lastWords || `ended with ${signal ?? code}`));
  await promise;
}

async function shutDown(child: ChildProcess): Promise<void> {
  if (child.pid === undefined || child.exitCode !== null || child.signalCode !== null) return;
  const exit = once(child, 'exit');
  const steps: [NodeJS.Signals, number][] = [
    ['SIGINT', FAST_SHUTDOWN_MS],
    ['SIGQUIT', IMMEDIATE_SHUTDOWN_MS],
  ];
  for (const [signal, patienceMs] of steps) {
    child.kill(signal);
    const patience = new AbortController();
    const ended = exit.then(() => true);
    const late = delay(patienceMs, false, { signal: patience.signal }).catch(() => false);
    const done = await Promise.race([ended, late]);
    patience.abort();
    if (done) return;
  }
  child.kill('SIGKILL');
  await exit;
}

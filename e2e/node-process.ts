// A node as its operator starts it: a process of its own, on loopback, in a directory that is thrown away.
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const COMMAND = join(import.meta.dirname, '../packages/server/bin/countersign.mjs');
const READY_LIMIT_MS = 60_000;

export interface NodeProcess {
  url: string;
  pid: number;
  dataDir: string;
  /** From the start of the process to its `ready` line, ms. */
  readyMs: number;
  /** Resident memory of the node's own process, KiB. */
  rssKiB(): number;
  /** The first line on standard output, past or to come, that fits; what is in its first brackets. */
  printed(pattern: RegExp): Promise<string>;
  stop(signal?: NodeJS.Signals): Promise<void>;
  /** Removes the data directory. */
  remove(): void;
}

export interface NodeProcessOptions {
  configuration: string;
  /** Reused when given: a restart on existing data. */
  dataDir?: string;
  port?: number;
  environment?: Record<string, string>;
}

export async function startNodeProcess(options: NodeProcessOptions): Promise<NodeProcess> {
  const dataDir = options.dataDir ?? mkdtempSync(join(tmpdir(), 'countersign-'));
  const port = options.port ?? (await freePort());
  const file = join(dataDir, 'countersign.yaml');
  writeFileSync(file, options.configuration);
  const started = performance.now();
  const child = spawn(process.execPath, [COMMAND, 'serve', '--config', file], {
    stdio: ['ignore', 'pipe', 'pipe'],
    env: {
      ...process.env,
      // A node by itself, whatever the tests beside this one are given
      DATABASE_URL: '',
      NATS_URL: '',
      COUNTERSIGN_KEY: '',
      COUNTERSIGN_PORT: String(port),
      COUNTERSIGN_DATA_DIR: join(dataDir, 'data'),
      COUNTERSIGN_RATE_LIMITS: 'off',
      ...options.environment,
    },
  });
  const output = readLines(child);
  const url = await ready(child);
  const readyMs = performance.now() - started;
  const pid = child.pid ?? 0;
  return {
    url,
    pid,
    dataDir,
    readyMs,
    rssKiB: () => residentKiB(pid),
    printed: output.find,
    async stop(signal = 'SIGTERM') {
      if (child.exitCode !== null || child.signalCode !== null) return;
      const exited = once(child, 'exit');
      child.kill(signal);
      await exited;
    },
    remove: () => rmSync(dataDir, { recursive: true, force: true }),
  };
}

/** Keeps what a process prints. */
function readLines(child: ChildProcess) {
  let text = '';
  const waiting = new Set<() => void>();
  child.stdout?.on('data', (data) => {
    text += data;
    for (const look of waiting) look();
  });
  return {
    find: (pattern: RegExp): Promise<string> =>
      new Promise((resolve) => {
        const look = () => {
          const found = pattern.exec(text)?.[1];
          if (found === undefined) return;
          waiting.delete(look);
          resolve(found);
        };
        waiting.add(look);
        look();
      }),
  };
}

/** Resolves with the URL of the line `ready <url>`; rejects with what the node said instead. */
function ready(child: ChildProcess): Promise<string> {
  return new Promise((resolve, reject) => {
    let log = '';
    const limit = setTimeout(() => fail(`not ready in ${READY_LIMIT_MS} ms`), READY_LIMIT_MS);
    const fail = (why: string) => reject(new Error(`The node did not start (${why}):\n${log}`));
    child.stderr?.on('data', (data) => {
      log = (log + data).slice(-4000);
    });
    child.stdout?.on('data', (data) => {
      const match = /^ready (\S+)/m.exec(String(data));
      if (!match?.[1]) return;
      clearTimeout(limit);
      resolve(match[1]);
    });
    child.once('exit', (code) => {
      clearTimeout(limit);
      fail(`exit code ${code}`);
    });
  });
}

export function residentKiB(pid: number): number {
  const match = /VmRSS:\s+(\d+) kB/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'));
  return Number(match?.[1] ?? Number.NaN);
}

export async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  server.close();
  await once(server, 'close');
  return typeof address === 'object' && address ? address.port : 0;
}

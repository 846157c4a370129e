#!/usr/bin/env node
// Any Node from 20 may start this; the node itself runs on the packaged one: in this process when this
// is that one, else in a child. Starter and child are as one process: same signals, same exit code, and
// neither outlives the other.
import { spawn } from 'node:child_process';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { chooseMain } from './choose-main.mjs';

const here = dirname(fileURLToPath(import.meta.url));
const packaged = join(
  dirname(createRequire(import.meta.url).resolve('node/package.json')),
  'bin/node',
);
const main = chooseMain();

if (process.execPath === packaged) {
  await import('./compile-cache.mjs');
  await import(pathToFileURL(main).href);
} else {
  startChild();
}

function startChild() {
  const prepare = join(here, 'prepare-child.mjs');
  const child = spawn(packaged, ['--import', prepare, main, ...process.argv.slice(2)], {
    stdio: ['inherit', 'inherit', 'inherit', 'ipc'],
  });
  child.on('error', (error) => {
    process.stderr.write(
      `countersign: ${packaged} cannot be started (${error.code}). Run npm ci.\n`,
    );
    process.exitCode = 1;
  });
  for (const signal of ['SIGTERM', 'SIGHUP', 'SIGUSR2'])
    process.on(signal, () => child.kill(signal));
  // A terminal sends Ctrl-C to both; from anywhere else it comes to this process alone
  process.on('SIGINT', () => process.stdin.isTTY || child.kill('SIGINT'));
  child.on('exit', (code, signal) => {
    if (signal === null) process.exit(code ?? 1);
    process.removeAllListeners(signal);
    process.kill(process.pid, signal);
  });
}

// Runs on any Node from 20 on: installs what the lockfile names when it is not there yet, and hands
// over to the Node that the project pins.
import { spawn, spawnSync } from 'node:child_process';
import { existsSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

export const root = dirname(dirname(fileURLToPath(import.meta.url)));
export const node = join(root, 'node_modules', 'node', 'bin', 'node');

/** npm writes node_modules/.package-lock.json at the end of an install: older than ours, or absent, means install. */
function installed(folder) {
  const marker = join(folder, 'node_modules', '.package-lock.json');
  if (!existsSync(marker)) return false;
  return statSync(marker).mtimeMs >= statSync(join(folder, 'package-lock.json')).mtimeMs;
}

export function install() {
  if (!existsSync(node) || !installed(root)) installIn(root, 'package-lock.json');
}

/** The frameworks of examples/, which only tests and checks need (docs/decisions/0013-examples-apart.md). */
export function installExamples() {
  const folder = join(root, 'examples');
  if (!installed(folder)) installIn(folder, 'examples/package-lock.json');
}

function installIn(folder, lockfile) {
  console.log(`Installing what ${lockfile} names (npm ci) …`);
  const npm = process.platform === 'win32' ? 'npm.cmd' : 'npm';
  const result = spawnSync(npm, ['ci', '--no-audit', '--no-fund', '--loglevel=error'], {
    cwd: folder,
    stdio: 'inherit',
  });
  if (result.status !== 0) {
    console.error('npm ci failed; see the lines above. Nothing was started.');
    process.exit(result.status ?? 1);
  }
}

/** Runs a command to its end and answers its exit code. */
export function run(command, args, options = {}) {
  const result = spawnSync(command, args, { cwd: root, stdio: 'inherit', ...options });
  return result.status ?? 1;
}

/** Becomes the command: signals reach it, its exit code is ours. */
export function become(command, args, options = {}) {
  const child = spawn(command, args, { cwd: root, stdio: 'inherit', ...options });
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'])
    process.on(signal, () => child.kill(signal));
  child.on('exit', (code, signal) => process.exit(signal ? 1 : (code ?? 1)));
}

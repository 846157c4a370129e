import { readdirSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const server = join(dirname(fileURLToPath(import.meta.url)), '..');
const bundle = join(server, 'dist/main.js');
/** The lockfile too: after an update of a package, the bundle still has the old one. */
const SOURCES = [
  'src',
  'build.ts',
  '../protocol/src',
  '../simulators/src',
  '../../package-lock.json',
];

/**
 * What to run: the bundle that `npm run build` makes, which starts in a third of the time, unless
 * there is none or something that it was made of is newer; then the sources as they are.
 */
export function chooseMain() {
  const made = newest(bundle);
  const current = made > 0 && SOURCES.every((path) => newest(join(server, path)) <= made);
  return current ? bundle : join(server, 'src/main.ts');
}

/**
 * When a file, or anything in a folder but what is made there, was last changed. Milliseconds; 0 when it
 * is not there.
 */
export function newest(path) {
  const stat = statSync(path, { throwIfNoEntry: false });
  if (!stat?.isDirectory()) return stat?.mtimeMs ?? 0;
  let latest = 0;
  for (const item of readdirSync(path)) {
    if (item === 'dist' || item === 'node_modules') continue;
    latest = Math.max(latest, newest(join(path, item)));
  }
  return latest;
}

// Builds what browsers load: the console and the messenger. With --if-stale only what is older than
// its sources.
import { existsSync, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { install, node, root, run } from './install.mjs';

const targets = [
  {
    name: 'messenger',
    sources: ['messenger', 'transport'],
    marker: 'messenger/dist/manifest.json',
    args: ['build.ts'],
  },
  {
    name: 'console',
    sources: ['console', 'protocol', 'messenger/src'],
    marker: 'console/dist/index.html',
    args: [join(root, 'node_modules/vite/bin/vite.js'), 'build', '--logLevel', 'warn'],
  },
];

function newest(folder) {
  let latest = 0;
  for (const item of readdirSync(folder, { withFileTypes: true })) {
    if (item.name === 'dist' || item.name === 'node_modules') continue;
    const path = join(folder, item.name);
    latest = Math.max(latest, item.isDirectory() ? newest(path) : statSync(path).mtimeMs);
  }
  return latest;
}

const packages = join(root, 'packages');
const stale = (target) => {
  const marker = join(packages, target.marker);
  if (!existsSync(marker)) return true;
  return target.sources.some((s) => newest(join(packages, s)) > statSync(marker).mtimeMs);
};

export function build({ ifStale = false } = {}) {
  for (const target of targets) {
    if (ifStale && !stale(target)) continue;
    console.log(`Building the ${target.name} …`);
    const code = run(node, target.args, { cwd: join(packages, target.name) });
    if (code !== 0) {
      console.error(`Building the ${target.name} failed; see the lines above.`);
      process.exit(code);
    }
  }
}

if (import.meta.filename === process.argv[1]) {
  install();
  build({ ifStale: process.argv.includes('--if-stale') });
}

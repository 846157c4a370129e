// Builds what browsers load, the console and the messenger, and the bundle that a node starts from. With
// --if-stale only what is older than its sources.
import { join } from 'node:path';
import { newest } from '../packages/server/bin/choose-main.mjs';
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
  {
    name: 'documentation',
    folder: 'docs-site',
    sources: ['docs-site/build.ts', 'docs-site/src', '../docs'],
    marker: 'docs-site/dist/index.html',
    args: ['build.ts'],
  },
  {
    name: 'server',
    sources: [
      'server/src',
      'server/build.ts',
      'protocol/src',
      'simulators/src',
      '../package-lock.json',
    ],
    marker: 'server/dist/main.js',
    args: ['build.ts'],
  },
];

const packages = join(root, 'packages');
const stale = (target) => {
  const made = newest(join(packages, target.marker));
  return made === 0 || target.sources.some((s) => newest(join(packages, s)) > made);
};

export function build({ ifStale = false } = {}) {
  for (const target of targets) {
    if (ifStale && !stale(target)) continue;
    console.log(`Building the ${target.name} …`);
    const code = run(node, target.args, { cwd: join(packages, target.folder ?? target.name) });
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

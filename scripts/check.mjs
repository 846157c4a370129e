// npm run check: types, lint and format, layout; all of them, then one verdict.
import { spawn } from 'node:child_process';
import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { install, installExamples, node, root } from './install.mjs';

install();
installExamples();
const bin = (name) => join(root, 'node_modules', '.bin', name);
const projects = ['packages', 'examples']
  .flatMap((folder) => readdirSync(join(root, folder)).map((name) => join(folder, name)))
  .concat('examples')
  .map((folder) => join(folder, 'tsconfig.json'))
  .filter((path) => existsSync(join(root, path)));

const checks = [
  ...['tsconfig.json', ...projects].map((path) => [`types ${path}`, bin('tsc'), ['-p', path]]),
  ['lint and format', bin('biome'), ['ci', '--colors=off', '--error-on-warnings', '.']],
  ['layout', node, ['--test', '--test-reporter=dot', 'scripts/layout.test.ts']],
];

function attempt([name, command, args]) {
  return new Promise((resolve) => {
    let output = '';
    const child = spawn(command, args, { cwd: root });
    for (const stream of [child.stdout, child.stderr]) stream.on('data', (d) => (output += d));
    child.on('exit', (code) => resolve({ name, code, output }));
  });
}

const started = performance.now();
const queue = [...checks];
let failed = 0;
async function work() {
  for (let next = queue.shift(); next; next = queue.shift()) {
    const { name, code, output } = await attempt(next);
    console.log(`${code === 0 ? '✓' : '✗'} ${name}`);
    if (code !== 0) {
      failed += 1;
      console.log(output);
    }
  }
}
await Promise.all([work(), work()]);
console.log(
  `${checks.length - failed} of ${checks.length} checks hold (${Math.round((performance.now() - started) / 1000)} s)`,
);
process.exit(failed === 0 ? 0 : 1);

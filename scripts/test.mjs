// npm test [-- PATH …]: installs, builds what the browser tests load, runs every test file, and closes
// with one line: "N passed, N failed, N skipped".
import { spawn } from 'node:child_process';
import { readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { build } from './build.mjs';
import { install, installExamples, node, root, run } from './install.mjs';

function testFiles(path) {
  if (statSync(path).isFile()) return [path];
  return readdirSync(path, { withFileTypes: true }).flatMap((item) => {
    if (item.name === 'node_modules' || item.name === 'dist' || item.name === 'data') return [];
    const inside = join(path, item.name);
    if (item.isDirectory()) return testFiles(inside);
    return /\.test\.tsx?$/.test(item.name) ? [inside] : [];
  });
}

install();
build({ ifStale: true });

const named = process.argv.slice(2).map((path) => join(root, path));
const files = (
  named.length > 0 ? named : ['packages', 'examples', 'e2e', 'scripts'].map((f) => join(root, f))
)
  .flatMap(testFiles)
  .sort();

if (files.some((file) => /[/\\]examples([/\\]|\.test)/.test(file))) installExamples();

// Chromium is unpacked once, before test files that run side by side could each begin to
run(node, ['-e', "import('@sparticuz/chromium').then((c) => c.default.executablePath())"]);

// Hundreds of processes load the same files: one strips their types and compiles them for all
const compiled = join(root, 'node_modules/.cache/compiled');
const env = { NODE_COMPILE_CACHE: compiled, ...process.env };

const child = spawn(
  node,
  [
    '--test',
    '--test-reporter=./scripts/test-reporter.mjs',
    '--test-concurrency=2',
    '--test-timeout=900000',
    ...files,
  ],
  { cwd: root, stdio: 'inherit', env },
);
for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => child.kill(signal));
child.on('exit', (code) => process.exit(code ?? 1));

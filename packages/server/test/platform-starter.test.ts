/** `bin/countersign.mjs` and the node it starts are as one process. */
import assert from 'node:assert/strict';
import { once } from 'node:events';
import { cp, mkdir, readFile, symlink, utimes, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { type TestContext, test } from 'node:test';
import { setTimeout as delay } from 'node:timers/promises';
import { startOpener, temporaryDirectory } from './platform-fixtures.ts';

const PACKAGE = join(import.meta.dirname, '..');

/** Stands in for the node: tells who it is, and ends as its arguments say. */
const MAIN = `
const code: number = Number(process.argv[2]);
process.on('SIGTERM', () => process.exit(code));
process.on('SIGINT', () => process.exit(code + 1));
process.on('SIGHUP', () => process.kill(process.pid, 'SIGKILL'));
console.log('node ' + process.pid + ' ' + process.versions.node);
if (process.argv[3] === 'end') process.exit(code);
setInterval(() => {}, 1000);
`;

async function start(t: TestContext, args: string[], { sameNode = false } = {}) {
  const root = await temporaryDirectory(t);
  await cp(join(PACKAGE, 'bin'), join(root, 'bin'), { recursive: true });
  await mkdir(join(root, 'src'));
  await writeFile(join(root, 'package.json'), '{"type":"module"}');
  await writeFile(join(root, 'src/main.ts'), MAIN);
  await provideNode(join(root, 'node_modules/node'), sameNode);
  const script = join(root, 'bin/countersign.mjs');
  const starter = startOpener(t, args, { script });
  const exit = once(starter.process, 'exit');
  const line = (await starter.says('node')).find((each) => each.startsWith('node')) ?? '';
  const [, pid, version] = line.split(' ');
  return { starter, exit, pid: Number(pid), version };
}

/** Under the path the test runs on, the starter finds itself on the packaged Node; under another, not. */
async function provideNode(folder: string, same: boolean) {
  const packaged = dirname(createRequire(import.meta.url).resolve('node/package.json'));
  await mkdir(dirname(folder));
  if (same) return symlink(packaged, folder);
  await mkdir(join(folder, 'bin'), { recursive: true });
  await cp(join(packaged, 'package.json'), join(folder, 'package.json'));
  await symlink(join(packaged, 'bin/node'), join(folder, 'bin/node'));
}

test('the node runs on the packaged version, with its arguments and its exit code', async (t) => {
  const { starter, exit, pid, version } = await start(t, ['5', 'end']);
  assert.deepEqual(await exit, [5, null]);
  const { dependencies } = JSON.parse(await readFile(join(PACKAGE, '../../package.json'), 'utf8'));
  assert.equal(version, dependencies.node);
  assert.notEqual(pid, starter.process.pid);
});

test('on the packaged Node, starter and node are one process', async (t) => {
  const { starter, exit, pid } = await start(t, ['5'], { sameNode: true });
  assert.equal(pid, starter.process.pid);
  starter.process.kill('SIGTERM');
  assert.deepEqual(await exit, [5, null]);
});

test('the bundle runs while nothing it was made of is newer', async (t) => {
  const root = await temporaryDirectory(t);
  const server = join(root, 'packages/server');
  await cp(join(PACKAGE, 'bin'), join(server, 'bin'), { recursive: true });
  const { chooseMain } = await import(join(server, 'bin/choose-main.mjs'));
  const place = async (path: string, seconds: number) => {
    await mkdir(dirname(join(root, path)), { recursive: true });
    await writeFile(join(root, path), '');
    await utimes(join(root, path), seconds, seconds);
  };
  const source = join(server, 'src/main.ts');
  const bundle = join(server, 'dist/main.js');
  await place('packages/server/src/main.ts', 1_000);
  assert.equal(chooseMain(), source);
  await place('packages/server/dist/main.js', 2_000);
  assert.equal(chooseMain(), bundle);
  const parts = [
    'packages/server/src/a/b.ts',
    'packages/protocol/src/a.ts',
    'packages/simulators/src/a.ts',
    'package-lock.json',
  ];
  for (const part of parts) {
    await place(part, 3_000);
    assert.equal(chooseMain(), source, part);
    await place(part, 1_000);
    assert.equal(chooseMain(), bundle, part);
  }
});

test('signals pass through, and so does the death by one', async (t) => {
  const cases: [signal: NodeJS.Signals, outcome: [number | null, NodeJS.Signals | null]][] = [
    ['SIGTERM', [5, null]],
    ['SIGINT', [6, null]],
    ['SIGHUP', [null, 'SIGKILL']],
  ];
  for (const [signal, outcome] of cases) {
    const { starter, exit } = await start(t, ['5']);
    starter.process.kill(signal);
    assert.deepEqual(await exit, outcome);
  }
});

test('K01 a starter that is killed leaves no node behind', { timeout: 30_000 }, async (t) => {
  const { starter, pid } = await start(t, ['5']);
  await starter.kill('SIGKILL');
  const isNode = async () =>
    (await readFile(`/proc/${pid}/cmdline`, 'utf8').catch(() => '')).includes('main.ts');
  while (await isNode()) await delay(10);
});

/** `bin/countersign.mjs` and the node it starts are as one process. */
import assert from 'node:assert/strict';
import { once } from 'node:events';
import { cp, mkdir, readFile, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
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

async function start(t: TestContext, args: string[]) {
  const root = await temporaryDirectory(t);
  await cp(join(PACKAGE, 'bin'), join(root, 'bin'), { recursive: true });
  await mkdir(join(root, 'src'));
  await writeFile(join(root, 'package.json'), '{"type":"module"}');
  await writeFile(join(root, 'src/main.ts'), MAIN);
  await symlink(join(PACKAGE, '../../node_modules'), join(root, 'node_modules'));
  const script = join(root, 'bin/countersign.mjs');
  const starter = startOpener(t, args, { script });
  const exit = once(starter.process, 'exit');
  const line = (await starter.says('node')).find((each) => each.startsWith('node')) ?? '';
  const [, pid, version] = line.split(' ');
  return { starter, exit, pid: Number(pid), version };
}

test('the node runs on the packaged version, with its arguments and its exit code', async (t) => {
  const { exit, version } = await start(t, ['5', 'end']);
  assert.deepEqual(await exit, [5, null]);
  const { dependencies } = JSON.parse(await readFile(join(PACKAGE, '../../package.json'), 'utf8'));
  assert.equal(version, dependencies.node);
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

/** Under which accounts and directories the embedded database runs. */
import assert from 'node:assert/strict';
import { statSync } from 'node:fs';
import { chmod, chown, mkdir, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { test } from 'node:test';
import { open, startOpener, temporaryDirectory } from './platform-fixtures.ts';

const isRoot = process.getuid?.() === 0;
const NOBODY = 65_534;
const asRoot = { skip: !isRoot && 'needs root', timeout: 60_000 };
/** Another account has to be able to start the database's programs. */
const asOthers = {
  skip:
    asRoot.skip || (!isOpenToAll(process.execPath) && 'below a directory that only root may enter'),
  timeout: 60_000,
};

function isOpenToAll(path: string): boolean {
  const parent = dirname(path);
  return parent === path || ((statSync(parent).mode & 0o001) !== 0 && isOpenToAll(parent));
}

test('as root, PostgreSQL gets its own account and nothing else', asOthers, async (t) => {
  const dataDir = join(await temporaryDirectory(t), 'data');
  const database = await open(t, dataDir);
  assert.notEqual((await stat(join(dataDir, 'postgres'))).uid, 0);
  assert.equal((await stat(dataDir)).uid, 0);
  await database.close();
  await open(t, dataDir);
});

test('as root below a directory nobody else may enter', asRoot, async (t) => {
  const closed = await temporaryDirectory(t);
  await chmod(closed, 0o700);
  const dataDir = join(closed, 'data');
  const database = await open(t, dataDir);
  await database.pool.query('create table kept as select 1 as one');
  await database.close();

  // …and once it is opened up, the same cluster goes on
  await chmod(closed, 0o755);
  const again = await open(t, dataDir);
  assert.equal((await again.pool.query('select one from kept')).rows[0].one, 1);
});

test('as an ordinary user', asOthers, async (t) => {
  const dataDir = join(await temporaryDirectory(t), 'data');
  await mkdir(dataDir);
  await chown(dataDir, NOBODY, NOBODY);
  const account = { uid: NOBODY, gid: NOBODY, cwd: '/' };
  const opener = startOpener(t, [dataDir, 'hold'], account);
  await opener.says('open');
  assert.equal((await stat(join(dataDir, 'postgres'))).uid, NOBODY);
  await opener.kill('SIGTERM');

  // Root serves the same directory as that user
  await (await open(t, dataDir)).close();
  assert.equal((await stat(join(dataDir, 'postgres'))).uid, NOBODY);
});

test('as a user without a name', asOthers, async (t) => {
  const dataDir = join(await temporaryDirectory(t), 'data');
  await mkdir(dataDir);
  await chown(dataDir, 12_345, 12_345);
  const opener = startOpener(t, [dataDir, 'hold'], { uid: 12_345, gid: 12_345, cwd: '/' });
  await opener.says('open');
});

test('another user’s database is refused by name', asOthers, async (t) => {
  const dataDir = join(await temporaryDirectory(t), 'data');
  await (await open(t, dataDir)).close();
  await chown(dataDir, NOBODY, NOBODY);
  const opener = startOpener(t, [dataDir, 'hold'], { uid: NOBODY, gid: NOBODY, cwd: '/' });
  const [line] = await opener.says('failed');
  assert.match(line ?? '', /belongs to user id \d+\. Start the node as that user or as root/);
});

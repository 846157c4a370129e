/** [K07] What survives when processes are killed. */
import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { test } from 'node:test';
import { setTimeout as delay } from 'node:timers/promises';
import { open, postmasterOf, startOpener, temporaryDirectory } from './platform-fixtures.ts';

const ROUNDS = 5;

test('K07 a killed node loses nothing that it acknowledged', { timeout: 120_000 }, async (t) => {
  const dataDir = await temporaryDirectory(t);
  let acknowledged = 0;
  for (let round = 0; round < ROUNDS; round += 1) {
    const opener = startOpener(t, [dataDir, 'write']);
    const lines = await opener.says('committed 20');
    if (round % 2 === 1) process.kill(await postmasterOf(dataDir), 'SIGKILL');
    await opener.kill('SIGKILL');
    acknowledged += lines.filter((line) => line.startsWith('committed')).length;
  }
  const database = await open(t, dataDir);
  const { rows } = await database.pool.query('select count(*)::int as n, max(n) from written');
  assert.ok(rows[0].n >= acknowledged, `${rows[0].n} rows of ${acknowledged} acknowledged`);
  // Committed and not told any more: at most one a kill
  assert.ok(rows[0].n <= acknowledged + ROUNDS);
  assert.equal(rows[0].max, rows[0].n);
});

test('K07 PostgreSQL ends with a killed node', { timeout: 60_000 }, async (t) => {
  const dataDir = await temporaryDirectory(t);
  const opener = startOpener(t, [dataDir, 'hold']);
  await opener.says('open');
  const postmaster = await postmasterOf(dataDir);
  await opener.kill('SIGKILL');
  while (await isPostgres(postmaster)) await delay(10);
});

test('K07 a directory in use by another process is refused', { timeout: 60_000 }, async (t) => {
  const dataDir = await temporaryDirectory(t);
  const opener = startOpener(t, [dataDir, 'hold']);
  await opener.says('open');
  await assert.rejects(open(t, dataDir), { code: 'data_directory_in_use' });
  await opener.kill('SIGTERM');
  await open(t, dataDir);
});

test('K07 a PostgreSQL that dies alone runs again within 2 s', { timeout: 60_000 }, async (t) => {
  const dataDir = await temporaryDirectory(t);
  const database = await open(t, dataDir);
  await database.pool.query('create table kept as select 1 as one');
  for (const signal of ['SIGKILL', 'SIGQUIT', 'SIGINT'] as const) {
    process.kill(await livingPostmasterOf(dataDir), signal);
    const answered = await firstAnswer(() => database.pool.query('select one from kept'), 2_000);
    assert.equal(answered.rows[0].one, 1);
  }
});

/** The last answer may have come from a server process that has outlived its postmaster. */
async function livingPostmasterOf(dataDir: string): Promise<number> {
  for (;;) {
    const pid = await postmasterOf(dataDir).catch(() => 0);
    if (await isPostgres(pid)) return pid;
    await delay(10);
  }
}

/** Not whether the process exists: a dead one may wait to be buried. */
async function isPostgres(pid: number): Promise<boolean> {
  return /postgres/.test(await readFile(`/proc/${pid}/cmdline`, 'utf8').catch(() => ''));
}

/** The first answer of a new server; a broken connection of the old one is passed over. */
async function firstAnswer<T>(ask: () => Promise<T>, withinMs: number): Promise<T> {
  for (const until = Date.now() + withinMs; ; await delay(10)) {
    try {
      return await ask();
    } catch (error) {
      if (Date.now() > until) throw error;
    }
  }
}

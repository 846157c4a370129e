/** [K06] A full disk under the embedded database. */
import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { chmod, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type TestContext, test } from 'node:test';
import { setTimeout as delay } from 'node:timers/promises';
import { promisify } from 'node:util';
import { isDatabaseUnavailable } from '../src/platform/index.ts';
import { open } from './platform-fixtures.ts';

const run = promisify(execFile);
const ROWS = 2_000;

/** A disk of its own for the test, or undefined where this process may not make one. */
async function smallDisk(t: TestContext): Promise<string | undefined> {
  const path = await mkdtemp(join(tmpdir(), 'cs-test-disk-'));
  const mounted = await run('mount', ['-t', 'tmpfs', '-o', 'size=180m', 'tmpfs', path]).then(
    () => true,
    () => false,
  );
  t.after(async () => {
    // Lazily: after a failure the database may still be open
    if (mounted) await run('umount', ['--lazy', path]);
    await rm(path, { recursive: true });
  });
  if (!mounted) return undefined;
  await chmod(path, 0o755);
  return path;
}

test('K06 a full disk loses nothing and needs no repair', { timeout: 90_000 }, async (t) => {
  const disk = await smallDisk(t);
  if (disk === undefined) return t.skip('needs leave to mount a tmpfs');
  const ballast = join(disk, 'ballast');
  await writeFile(ballast, Buffer.alloc(80 * 1024 * 1024));
  const database = await open(t, join(disk, 'data'));
  await database.pool.query('create table written (line text)');
  const write = (rows: number) =>
    database.pool.query('insert into written select md5(i::text) from generate_series(1, $1) i', [
      rows,
    ]);

  let acknowledged = 0;
  const refusal = await untilRefused(async () => {
    await write(ROWS);
    acknowledged += ROWS;
  });
  assert.ok(isDatabaseUnavailable(refusal), String(refusal));

  await rm(ballast);
  while (!(await write(1).then(...truth))) await delay(50);
  const { rows } = await database.pool.query('select count(*)::int as n from written');
  assert.equal(rows[0].n, acknowledged + 1);
  await database.close();
});

const truth = [() => true, () => false] as const;

async function untilRefused(act: () => Promise<void>): Promise<unknown> {
  try {
    for (;;) await act();
  } catch (error) {
    return error;
  }
}

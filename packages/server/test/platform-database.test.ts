import assert from 'node:assert/strict';
import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'node:test';
import { sql } from 'kysely';
import type { ModuleMigrations } from '../src/platform/index.ts';
import { open, temporaryDirectory } from './platform-fixtures.ts';

test('the embedded database keeps what it was given', { timeout: 60_000 }, async (t) => {
  const dataDir = join(await temporaryDirectory(t), 'data');
  const first = await open(t, dataDir);
  await first.pool.query('create table kept (id int8, at timestamptz)');
  await first.pool.query("insert into kept values (7, '2026-11-22T00:00:00Z')");
  await first.close();

  const second = await open(t, dataDir);
  const { rows } = await second.pool.query('select * from kept');
  assert.deepEqual(rows, [{ id: 7, at: new Date('2026-11-22T00:00:00Z') }]);
});

test('acknowledged is durable: the settings say so', { timeout: 60_000 }, async (t) => {
  const database = await open(t, await temporaryDirectory(t));
  const writer = await database.dedicated('writer');
  const { rows } = await writer.query(
    `select current_setting('fsync') as fsync, current_setting('synchronous_commit') as commit,
            current_setting('data_checksums') as checksums, current_setting('listen_addresses') as tcp,
            current_setting('application_name') as name, current_setting('server_encoding') as encoding`,
  );
  const expected = { fsync: 'on', commit: 'on', checksums: 'on', tcp: '', encoding: 'UTF8' };
  assert.deepEqual(rows, [{ ...expected, name: 'countersign writer' }]);
});

test('only its owner may open the socket and the cluster', { timeout: 60_000 }, async (t) => {
  const dataDir = await temporaryDirectory(t);
  await open(t, dataDir);
  for (const directory of ['postgres', 'postgres-socket']) {
    assert.equal((await stat(join(dataDir, directory))).mode & 0o777, 0o700);
  }
});

test('a data directory too deep for a socket works too', { timeout: 60_000 }, async (t) => {
  const dataDir = join(await temporaryDirectory(t), 'd'.repeat(60), 'e'.repeat(60));
  const database = await open(t, dataDir);
  assert.equal((await database.pool.query('select 1 as one')).rows[0].one, 1);
});

test('a second opening of a directory is refused', { timeout: 60_000 }, async (t) => {
  const dataDir = await temporaryDirectory(t);
  const first = await open(t, dataDir);
  const refusal = { code: 'data_directory_in_use', message: /Another node uses .* DATABASE_URL/ };
  await assert.rejects(open(t, dataDir), refusal);
  assert.equal((await first.pool.query('select 1 as one')).rows[0].one, 1);
});

test('migrations of all modules run once, in order', { timeout: 60_000 }, async (t) => {
  const database = await open(t, await temporaryDirectory(t));
  const create: ModuleMigrations = {
    '2026-01-01-things': { up: (db) => db.schema.createTable('things').execute() },
  };
  const extend: ModuleMigrations = {
    '2026-01-02-colour': {
      async up(db) {
        await db.schema.alterTable('things').addColumn('colour', 'text').execute();
      },
    },
  };
  await Promise.all([database.migrate([extend, create]), database.migrate([extend, create])]);
  await sql`insert into things (colour) values ('red')`.execute(database.kysely);
  await database.migrate([create, extend]);
  assert.equal((await database.pool.query('select * from things')).rowCount, 1);

  await assert.rejects(database.migrate([create]), { code: 'database_newer' });
});

test('a failing migration changes nothing', { timeout: 60_000 }, async (t) => {
  const database = await open(t, await temporaryDirectory(t));
  const broken: ModuleMigrations = {
    '1-good': { up: (db) => db.schema.createTable('good').execute() },
    '2-bad': { up: (db) => db.schema.alterTable('absent').dropColumn('x').execute() },
  };
  await assert.rejects(database.migrate([broken]), {
    code: 'database_migration',
    message: 'The database migration 2-bad failed.',
  });
  const { rows } = await database.pool.query("select to_regclass('good') as good");
  assert.equal(rows[0].good, null);
});

test('an external database that is not there is named, without its password', async (t) => {
  const dataDir = await temporaryDirectory(t);
  const url = 'postgres://maria:hunter2@127.0.0.1:1/shop';
  await assert.rejects(open(t, dataDir, { url, patienceMs: 0 }), (error: Error) => {
    assert.match(error.message, /127\.0\.0\.1:1\/shop \(DATABASE_URL\) does not answer/);
    assert.doesNotMatch(`${error.message} ${error.stack}`, /hunter2/);
    return true;
  });
  await assert.rejects(open(t, dataDir, { url: 'mysql://x' }), { code: 'database_unreachable' });
});

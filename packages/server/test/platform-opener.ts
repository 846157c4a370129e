/**
 * A process that opens the database of a data directory, for tests that kill it. It inserts rows, one a
 * transaction, tells each on standard output once it is committed, and closes on SIGTERM.
 * Arguments: data directory, `write` or `hold`.
 */
import { pino } from 'pino';
import { Fault, openDatabase } from '../src/platform/index.ts';

const [dataDir = '', task] = process.argv.slice(2);
const log = pino({ level: 'silent' });

try {
  const database = await openDatabase({ dataDir, log });
  process.on('SIGTERM', () => void database.close().then(() => process.exit(0)));
  await database.pool.query('create table if not exists written (n int primary key)');
  process.stdout.write('open\n');
  for (let n = 1; task === 'write'; n += 1) {
    await database.pool.query('insert into written select coalesce(max(n), 0) + 1 from written');
    process.stdout.write(`committed ${n}\n`);
  }
} catch (error) {
  process.stdout.write(
    `failed ${error instanceof Fault ? `${error.message} ${error.detail}` : error}\n`,
  );
  process.exitCode = 1;
}

// What this machine can do at best, measured in the same run as the figure that is held against it.
import { spawnSync } from 'node:child_process';
import { closeSync, fdatasyncSync, openSync, unlinkSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { percentile } from './report.ts';

/** Median time of an 8 KiB write made durable, ms. */
export function syncMs(folder: string, count = 200): number {
  const path = join(folder, 'sync-limit');
  const file = openSync(path, 'w');
  const page = Buffer.alloc(8192, 1);
  const times = Array.from({ length: count }, () => {
    const start = performance.now();
    writeSync(file, page);
    fdatasyncSync(file);
    return performance.now() - start;
  });
  closeSync(file);
  unlinkSync(path);
  return percentile(
    times.sort((a, b) => a - b),
    50,
  );
}

/** Single-row inserts a second of pgbench at 40 clients (the embedded database admits 50 in all), each committed with fsync; null when it cannot be measured. */
export function pgbenchInserts(socketFolder: string, seconds: number): number | null {
  if (spawnSync('pgbench', ['--version']).status !== 0) return null;
  const connection = ['-h', socketFolder, '-U', 'countersign', 'postgres'];
  spawnSync('psql', [...connection, '-qc', PREPARE]);
  const run = spawnSync(
    'pgbench',
    [
      '-n',
      '-M',
      'prepared',
      '-c',
      '40',
      '-j',
      '2',
      '-T',
      String(seconds),
      '-f',
      '-',
      ...connection,
    ],
    { input: INSERT, encoding: 'utf8' },
  );
  spawnSync('psql', [...connection, '-qc', 'drop table if exists limit_entries']);
  const match = /tps = ([\d.]+)/.exec(run.stdout);
  if (!match) console.error(run.stderr);
  return match ? Number(match[1]) : null;
}

const PREPARE =
  'create table if not exists limit_entries (id bigserial primary key, conversation int, text text)';
const INSERT = `\\set conversation random(1, 200)
insert into limit_entries (conversation, text) values (:conversation, 'My parcel is late');
`;

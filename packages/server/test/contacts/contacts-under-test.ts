// Contacts on a PostgreSQL of their own, with a clock that the test moves.
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pino } from 'pino';
import { type Contacts, contactMigrations, createContacts } from '../../src/contacts/index.ts';
import type { ProvenIdentity } from '../../src/identity/index.ts';
import { type Database, newId, openDatabase } from '../../src/platform/index.ts';

export interface ContactsUnderTest {
  contacts: Contacts;
  database: Database;
  clock: { now(): number; advance(ms: number): void };
  close(): Promise<void>;
}

export async function openContacts(): Promise<ContactsUnderTest> {
  const dataDir = await mkdtemp(join(tmpdir(), 'cs-contacts-'));
  const database = await openDatabase({ dataDir, log: pino({ level: 'silent' }) });
  await database.migrate([contactMigrations]);
  let now = 1_000_000;
  const clock = {
    now: () => now,
    advance(ms: number) {
      now += ms;
    },
  };
  return {
    contacts: createContacts({ database, clock }),
    database,
    clock,
    async close() {
      await database.close();
      await rm(dataDir, { recursive: true, force: true });
    },
  };
}

/** A proof under a setting of its own, unless it is named. */
export const proven = (more: Partial<ProvenIdentity> = {}): ProvenIdentity => ({
  settingId: newId(),
  settingName: 'Shop sign-in',
  method: 'openid-connect',
  issuer: 'https://id.shop.example',
  subject: 'u-1007',
  keyId: null,
  since: 1000,
  tokenExpiresAt: 2000,
  reproveAt: null,
  providerSession: null,
  name: 'Ada Ng',
  email: 'ada@example.com',
  locale: null,
  facts: {},
  ...more,
});

export const MARIA = { id: 'maria', name: 'Maria' };
export const INES = { id: 'ines', name: 'Ines' };

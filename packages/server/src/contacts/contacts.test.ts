import assert from 'node:assert/strict';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { pino } from 'pino';
import type { ProvenIdentity } from '../identity/index.ts';
import { type Database, newId, openDatabase } from '../platform/index.ts';
import { type Contacts, contactMigrations, createContacts } from './index.ts';

let dataDir: string;
let database: Database;
let contacts: Contacts;
const now = 1_000_000;
before(async () => {
  dataDir = await mkdtemp(join(tmpdir(), 'cs-contacts-'));
  database = await openDatabase({ dataDir, log: pino({ level: 'silent' }) });
  await database.migrate([contactMigrations]);
  contacts = createContacts({ database, clock: { now: () => now } });
});
after(async () => {
  await database.close();
  await rm(dataDir, { recursive: true, force: true });
});

const proven = (more: Partial<ProvenIdentity> = {}): ProvenIdentity => ({
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

test('a person is made on first sight, and once, however many devices sign in at once', async () => {
  const identity = proven();
  const made = await Promise.all(Array.from({ length: 20 }, () => contacts.ofIdentity(identity)));
  const [contact] = made;
  assert.ok(contact);
  assert.equal(new Set(made.map(({ id }) => id)).size, 1);
  const read = await contacts.read(contact.id);
  assert.deepEqual(read?.identities, [
    { settingId: identity.settingId, issuer: identity.issuer, subject: 'u-1007', since: 1000 },
  ]);
  assert.deepEqual(read?.provenBy, { name: identity.settingId, email: identity.settingId });
  const { rows } = await database.pool.query('select count(*) from contacts where id = $1', [
    contact.id,
  ]);
  assert.equal(rows[0]?.count, 1);
});

test('[A05] the same e-mail, name or subject under another setting is another person', async () => {
  const a = await contacts.ofIdentity(proven());
  const b = await contacts.ofIdentity(proven());
  const c = await contacts.ofIdentity(proven({ subject: 'u-1008' }));
  assert.equal(new Set([a.id, b.id, c.id]).size, 3);
});

test('name and e-mail are those of the newest proof that gives them', async () => {
  const identity = proven({ since: 2000 });
  await contacts.ofIdentity(identity);
  const nameOf = async (more: Partial<ProvenIdentity>) => {
    const { id } = await contacts.ofIdentity({ ...identity, ...more });
    const contact = await contacts.read(id);
    return [contact?.name, contact?.email];
  };
  const married = { since: 3000, name: 'Ada Lee', email: 'lee@example.com' };
  assert.deepEqual(await nameOf(married), ['Ada Lee', 'lee@example.com']);
  assert.deepEqual(await nameOf({ since: 2500 }), ['Ada Lee', 'lee@example.com']);
  const silent = { since: 4000, name: null, email: null };
  assert.deepEqual(await nameOf(silent), ['Ada Lee', 'lee@example.com']);
});

test('an unknown id is nobody', async () => {
  assert.equal(await contacts.read(newId()), null);
  assert.equal(await contacts.read("' or true"), null);
});

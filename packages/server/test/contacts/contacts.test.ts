import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import type { Contacts } from '../../src/contacts/index.ts';
import type { ProvenIdentity } from '../../src/identity/index.ts';
import { newId } from '../../src/platform/index.ts';
import { type ContactsUnderTest, MARIA, openContacts, proven } from './contacts-under-test.ts';

let opened: ContactsUnderTest;
let contacts: Contacts;
before(async () => {
  opened = await openContacts();
  contacts = opened.contacts;
});
after(() => opened.close());

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
  const { rows } = await opened.database.pool.query('select count(*) from contacts where id = $1', [
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

test('what an agent wrote gives way to a proof, and a proven field is not for agents', async () => {
  const made = await contacts.create({ name: 'Ada N.', phone: '+47 912 34 567' }, MARIA);
  assert.deepEqual([made.createdBy, made.provenBy, made.identities], [MARIA, {}, []]);
  const identity = proven({ subject: made.id });
  assert.equal((await contacts.ofIdentity(identity)).id, made.id);
  const linked = await contacts.read(made.id);
  assert.deepEqual(
    [linked?.name, linked?.email, linked?.phone],
    ['Ada Ng', 'ada@example.com', '+47 912 34 567'],
  );
  const refused = contacts.change(made.id, { name: 'Somebody else' });
  await assert.rejects(refused, { code: 'verified_field', status: 409 });
  assert.equal((await contacts.read(made.id))?.name, 'Ada Ng');
  const changed = await contacts.change(made.id, { phone: '+47 998 76 543' });
  assert.equal(changed.phone, '+47 998 76 543');
});

test('a contact says something, always', async () => {
  await assert.rejects(contacts.create({}, MARIA), { code: 'empty_contact' });
  const { id } = await contacts.create({ name: 'Only a name' }, MARIA);
  await assert.rejects(contacts.change(id, { name: null }), { code: 'empty_contact' });
  await assert.rejects(contacts.change(newId(), { name: 'Nobody' }), { code: 'not_found' });
});

test('a proof that names a contact is linked to it at first sight', async () => {
  const bySubject = await contacts.create({ name: 'By subject' }, MARIA);
  assert.equal((await contacts.ofIdentity(proven({ subject: bySubject.id }))).id, bySubject.id);
  const byFact = await contacts.create({ name: 'By fact' }, MARIA);
  const portal = proven({ subject: 'p-1', facts: { portalcontactid: byFact.id.toUpperCase() } });
  assert.equal((await contacts.ofIdentity(portal)).id, byFact.id);
  // Later the same person, whatever the token says then
  const elsewhere = { ...portal, facts: { portalcontactid: bySubject.id } };
  assert.equal((await contacts.ofIdentity(elsewhere)).id, byFact.id);
});

test('a proof that names two contacts is linked to neither', async () => {
  const one = await contacts.create({ name: 'One' }, MARIA);
  const other = await contacts.create({ name: 'Other' }, MARIA);
  const torn = proven({ subject: one.id, facts: { portalcontactid: other.id } });
  const { id } = await contacts.ofIdentity(torn);
  assert.ok(![one.id, other.id].includes(id));
  for (const { id: untouched } of [one, other]) {
    assert.deepEqual((await contacts.read(untouched))?.identities, []);
  }
});

test('[A05] two subjects of one setting are never one contact, however they arrive', async () => {
  const contact = await contacts.create({ name: 'Wanted by two' }, MARIA);
  const settingId = newId();
  const facts = { portalcontactid: contact.id };
  const people = ['u-1', 'u-2', 'u-3', 'u-4'].map((subject) =>
    proven({ settingId, subject, facts }),
  );
  const ids = await Promise.all(people.map(async (one) => (await contacts.ofIdentity(one)).id));
  assert.equal(new Set(ids).size, 4);
  const subjects = (await contacts.read(contact.id))?.identities.map(({ subject }) => subject);
  assert.equal(subjects?.length, 1);
});

test('a merged contact is linked to nobody', async () => {
  const merged = await contacts.create({ name: 'Merged' }, MARIA);
  const into = await contacts.create({ name: 'Into' }, MARIA);
  await contacts.merge(merged.id, into.id, 'the same person', MARIA);
  const { id } = await contacts.ofIdentity(proven({ subject: merged.id }));
  assert.ok(![merged.id, into.id].includes(id));
});

import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import type { Contacts } from '../../src/contacts/index.ts';
import {
  type ContactsUnderTest,
  INES,
  MARIA,
  openContacts,
  proven,
} from './contacts-under-test.ts';

let opened: ContactsUnderTest;
let contacts: Contacts;
before(async () => {
  opened = await openContacts();
  contacts = opened.contacts;
});
after(() => opened.close());

async function found(said: string, limit = 10): Promise<(string | null)[]> {
  const { items } = await contacts.search(said, { limit });
  return items.map(({ name }) => name);
}

test('found by the beginnings of words, and by any part of a phone number', async () => {
  const values = { name: 'Åse Lindqvist', email: 'aase.l@example.org', phone: '+47 912 34 567' };
  await contacts.create(values, MARIA);
  await contacts.create({ name: 'Lars Nygård', email: 'lars@example.org' }, MARIA);
  for (const said of ['åse', 'LINDQ', 'lind ås', 'aase.l@exa', '3456', '91234567', '12 34']) {
    assert.deepEqual(await found(said), ['Åse Lindqvist'], said);
  }
  assert.deepEqual(await found('example.org'), ['Lars Nygård', 'Åse Lindqvist'], 'newest first');
  for (const said of ['ndqvist', 'ås lars', "' | '", ':*', '!()', '\\', '%', '9999999999']) {
    assert.deepEqual(await found(said), [], said);
  }
});

test('pages go on where the last one ended', async () => {
  for (const letter of ['A', 'B', 'C', 'D', 'E']) {
    await contacts.create({ name: `Paged ${letter}` }, MARIA);
  }
  const first = await contacts.search('paged', { limit: 2 });
  const second = await contacts.search('paged', { limit: 2, cursor: first.next ?? '' });
  const last = await contacts.search('paged', { limit: 2, cursor: second.next ?? '' });
  const names = [first, second, last].map(({ items }) => items.map(({ name }) => name?.at(-1)));
  assert.deepEqual(names, [['E', 'D'], ['C', 'B'], ['A']]);
  assert.equal(last.next, undefined);
});

test('a merged contact is found as what it was merged into, once', async () => {
  const old = await contacts.create({ name: 'Merged Oldname', phone: '5551234' }, MARIA);
  const into = await contacts.create({ name: 'Merged Newname' }, MARIA);
  await contacts.merge(old.id, into.id, 'same', INES);
  for (const said of ['oldname', 'newname', 'merged']) {
    const { items } = await contacts.search(said, { limit: 10 });
    assert.deepEqual(
      items.map(({ id, name, phone }) => [id, name, phone]),
      [[into.id, 'Merged Newname', '5551234']],
      said,
    );
  }
});

test('a claim fits exactly one contact by all that is said, or none', async () => {
  const kim = await contacts.create({ name: 'Kim Vale', email: 'kim@example.com' }, MARIA);
  await contacts.create({ name: 'Kim Vale', email: 'vale@example.com' }, MARIA);
  const claimed = async (said: object) => (await contacts.claimed(said))?.id ?? null;
  assert.equal(await claimed({ email: 'kim@example.com' }), kim.id);
  assert.equal(await claimed({ name: 'Kim Vale', email: 'kim@example.com' }), kim.id);
  assert.equal(await claimed({ name: 'Kim Vale' }), null, 'two have this name');
  assert.equal(await claimed({ name: 'Kim', email: 'kim@example.com' }), null, 'all must fit');
  assert.equal(await claimed({ email: 'kim@example.com', phone: '1' }), null);
  assert.equal(await claimed({ email: 'KIM@example.com' }), null, 'exactly');
  assert.equal(await claimed({}), null);
});

test('[A05] a claim never reaches a contact that somebody has proven to be', async () => {
  await contacts.ofIdentity(proven({ name: 'Noor Haddad', email: 'noor@example.com' }));
  assert.equal(await contacts.claimed({ email: 'noor@example.com' }), null);
  // Nor by way of one that was merged with it, either way round
  const { id } = await contacts.ofIdentity(proven({ name: 'Olu', email: 'olu@example.com' }));
  const typed = await contacts.create({ email: 'olu.private@example.com' }, MARIA);
  await contacts.merge(typed.id, id, 'same', INES);
  assert.equal(await contacts.claimed({ email: 'olu.private@example.com' }), null);
  const [merge] = await contacts.merges(id);
  await contacts.undoMerge(merge?.id ?? '', INES);
  await contacts.merge(id, typed.id, 'same', INES);
  assert.equal(await contacts.claimed({ email: 'olu.private@example.com' }), null);
  assert.equal(await contacts.claimed({ email: 'olu@example.com' }), null);
});

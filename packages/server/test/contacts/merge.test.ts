import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import type { Contact, Contacts } from '../../src/contacts/index.ts';
import { newId } from '../../src/platform/index.ts';
import {
  type ContactsUnderTest,
  INES,
  MARIA,
  openContacts,
  proven,
} from './contacts-under-test.ts';

const DAY_MS = 24 * 60 * 60 * 1000;

let opened: ContactsUnderTest;
let contacts: Contacts;
before(async () => {
  opened = await openContacts();
  contacts = opened.contacts;
});
after(() => opened.close());

const unverified = (name: string): Promise<Contact> => contacts.create({ name }, MARIA);

async function verified(name: string): Promise<Contact> {
  const { id } = await contacts.ofIdentity(proven({ name, email: `${name}@example.com` }));
  return mustRead(id);
}

async function mustRead(id: string): Promise<Contact> {
  const contact = await contacts.read(id);
  assert.ok(contact);
  return contact;
}

const merge = (from: Contact, into: Contact) => contacts.merge(from.id, into.id, 'same', INES);

/** Everything stored about contacts, to compare before and after. */
async function stored(): Promise<unknown> {
  const { rows } = await opened.database.pool.query(
    `select c.id, c.name, c.email, c.phone, c.merged_into, i.subject, i.contact_id
     from contacts c left join contact_identities i on i.contact_id = c.id order by c.id`,
  );
  return rows;
}

test('a merged contact is read as the one it went into, which takes over what it lacks', async () => {
  const ada = await verified('ada');
  const typed = await contacts.create({ name: 'Ada (phone)', phone: '+47 912 34 567' }, MARIA);
  const preview = await contacts.previewMerge(ada.id, typed.id);
  assert.deepEqual(preview?.takenOver, ['name', 'email']);
  assert.equal(preview?.blocked, null);
  const record = await merge(ada, typed);
  assert.deepEqual([record.by, record.reason, record.undone], [INES, 'same', null]);
  const one = await mustRead(ada.id);
  assert.deepEqual(preview?.result, { name: one.name, email: one.email, phone: one.phone });
  assert.deepEqual(
    [one.id, one.name, one.phone, one.mergedIds, one.identities.length],
    [typed.id, 'ada', '+47 912 34 567', [ada.id], 1],
  );
  await assert.rejects(contacts.change(one.id, { name: 'Eve' }), { code: 'verified_field' });
});

test('undo restores all exactly as it was, and keeps who did what', async () => {
  const from = await verified('bea');
  const into = await unverified('Bea');
  const before = await stored();
  const { id } = await merge(from, into);
  assert.notDeepEqual(await stored(), before);
  const undone = await contacts.undoMerge(id, MARIA);
  assert.deepEqual(undone.undone, { by: MARIA, at: opened.clock.now() });
  assert.deepEqual(await stored(), before);
  assert.deepEqual(await mustRead(from.id), from);
  assert.deepEqual(await mustRead(into.id), into);
  await assert.rejects(contacts.undoMerge(id, MARIA), { code: 'already_undone', status: 409 });
  assert.deepEqual(
    (await contacts.merges(into.id)).map((merge) => [merge.by.name, merge.undone?.by.name]),
    [['Ines', 'Maria']],
  );
});

test('undo takes along who signed in while it was merged', async () => {
  const identity = proven({ name: 'Cleo' });
  const { id } = await contacts.ofIdentity(identity);
  const into = await unverified('Cleo, older');
  const { id: mergeId } = await contacts.merge(id, into.id, 'same', INES);
  assert.equal((await contacts.ofIdentity(identity)).id, id, 'what is stored keeps its own id');
  await contacts.undoMerge(mergeId, INES);
  assert.equal((await mustRead(id)).id, id);
});

test('after 30 days a merge stays', async () => {
  const [from, into] = [await unverified('Dora'), await unverified('Dora again')];
  const { id } = await merge(from, into);
  opened.clock.advance(30 * DAY_MS + 1);
  await assert.rejects(contacts.undoMerge(id, INES), { code: 'too_late', status: 409 });
  assert.equal((await mustRead(from.id)).id, into.id);
});

test('[A05] two verified people never become one, not even through a third', async () => {
  const [one, other] = [await verified('eli'), await verified('finn')];
  const between = await unverified('Between');
  const before = await stored();
  await assert.rejects(merge(one, other), { code: 'both_verified', status: 409 });
  assert.deepEqual(await stored(), before);
  await merge(one, between);
  const joined = await stored();
  await assert.rejects(merge(other, between), { code: 'both_verified' });
  await assert.rejects(merge(between, other), { code: 'both_verified' });
  assert.deepEqual(await stored(), joined);
  // A proof that names the contact a verified one was merged into would be the third way
  const { id } = await contacts.ofIdentity(proven({ subject: between.id }));
  assert.notEqual(id, between.id);
  assert.equal((await mustRead(between.id)).identities.length, 1);
});

test('there are no chains and no cycles', async () => {
  const [a, b, c] = [await unverified('A'), await unverified('B'), await unverified('C')];
  await merge(a, b);
  const before = await stored();
  await assert.rejects(merge(a, c), { code: 'already_merged' });
  await assert.rejects(merge(c, a), { code: 'already_merged' });
  await assert.rejects(merge(b, a), { code: 'already_merged' });
  await assert.rejects(merge(b, c), { code: 'has_merges' });
  await assert.rejects(merge(b, b), { code: 'same_contact' });
  await assert.rejects(contacts.merge(b.id, newId(), 'x', INES), { code: 'unknown_contact' });
  await assert.rejects(contacts.merge(newId(), b.id, 'x', INES), { code: 'not_found' });
  assert.deepEqual(await stored(), before);
  const chain = opened.database.pool.query('update contacts set merged_into = $1 where id = $2', [
    c.id,
    b.id,
  ]);
  await assert.rejects(chain, { code: '23503' }, 'the database refuses what code would miss');
});

test('merges that meet end in one valid state', async () => {
  for (let round = 0; round < 8; round += 1) {
    const people = [await verified(`x${round}`), await verified(`y${round}`)];
    const shared = [await unverified('shared'), await unverified('other')];
    const all = [...people, ...shared];
    const attempts = all.flatMap((from) =>
      all.filter((into) => into !== from).map((into) => [from, into] as const),
    );
    const settled = await Promise.allSettled(attempts.map(([from, into]) => merge(from, into)));
    const codes = settled.flatMap((one) => (one.status === 'rejected' ? [one.reason.code] : []));
    const known = ['already_merged', 'both_verified', 'has_merges'];
    assert.deepEqual(
      codes.filter((code) => !known.includes(code)),
      [],
    );
    const read = await Promise.all(people.map(({ id }) => mustRead(id)));
    assert.equal(new Set(read.map(({ id }) => id)).size, 2, 'the verified two are still two');
    assert.deepEqual(
      read.map(({ identities }) => identities.length),
      [1, 1],
    );
  }
  const { rows } = await opened.database.pool.query(
    `select 1 from contacts a join contacts b on b.id = a.merged_into
     where b.merged_into is not null`,
  );
  assert.equal(rows.length, 0);
});

test('a merge is undone once, however many ask', async () => {
  const [from, into] = [await unverified('Gus'), await unverified('Gus again')];
  const { id } = await merge(from, into);
  const asked = await Promise.allSettled(
    Array.from({ length: 5 }, () => contacts.undoMerge(id, INES)),
  );
  assert.equal(asked.filter(({ status }) => status === 'fulfilled').length, 1);
  assert.equal((await mustRead(from.id)).id, from.id);
});

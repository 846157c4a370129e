import { type Clock, type Database, Fault, newId, notFound } from '../platform/index.ts';
import { claimedBy } from './claim-store.ts';
import * as store from './contact-store.ts';
import { linkNamedContact, ofIdentity } from './identity-store.ts';
import type { Contacts } from './index.ts';
import { keepLink, lastLink } from './link-store.ts';
import { merge, readMerge, readMerges, undoMerge } from './merge-store.ts';
import { namedContactIds } from './named-contact.ts';
import { previewMerge } from './preview-merge.ts';
import { CONTACT_FIELDS, type Contact, type ContactValues, type MergeRecord } from './records.ts';
import { search } from './search-store.ts';

export interface ContactsParts {
  database: Pick<Database, 'kysely'>;
  clock: Clock;
}

export function createContacts({ database, clock }: ContactsParts): Contacts {
  const db = database.kysely;
  return {
    async ofIdentity(proven) {
      const named = namedContactIds(proven);
      if (named.length > 0) await linkNamedContact(db, proven, named);
      return ofIdentity(db, proven, clock.now());
    },
    read: (id) => store.read(db, id),
    async create(values, by) {
      const id = newId();
      await store.create(db, { id, values: mustSaySomething(values), by, now: clock.now() });
      return mustExist(await store.read(db, id));
    },
    async change(id, values) {
      const contact = mustExist(await store.read(db, id));
      mustNotBeProven(contact, values);
      mustSaySomething({ ...pick(contact), ...values });
      await store.change(db, contact.id, values, clock.now());
      return mustExist(await store.read(db, id));
    },
    search: (said, page) => search(db, said, page),
    claimed: (said) => claimedBy(db, said),
    keepLink,
    lastLink: (conversationId) => lastLink(db, conversationId),
    previewMerge: (id, intoId) => previewMerge(db, id, intoId),
    async merge(id, intoId, reason, by) {
      const mergeId = newId();
      await merge(db, { id: mergeId, contactId: id, intoId, reason, by, now: clock.now() });
      return mustBeThere(await readMerge(db, mergeId));
    },
    merges: (id) => readMerges(db, id),
    async undoMerge(mergeId, by) {
      await undoMerge(db, { id: mergeId, by, now: clock.now() });
      return mustBeThere(await readMerge(db, mergeId));
    },
  };
}

function mustExist(contact: Contact | null): Contact {
  if (!contact) throw notFound('contact');
  return contact;
}

function mustBeThere(record: MergeRecord | null): MergeRecord {
  if (!record) throw notFound('merge');
  return record;
}

const pick = ({ name, email, phone }: ContactValues): ContactValues => ({ name, email, phone });

function mustSaySomething(values: Partial<ContactValues>): Partial<ContactValues> {
  if (CONTACT_FIELDS.some((field) => values[field] != null)) return values;
  throw new Fault('empty_contact', 400, 'A contact needs a name, an e-mail address or a phone.');
}

/** What a proof says is the provider's to change. */
function mustNotBeProven(contact: Contact, values: Partial<ContactValues>): void {
  for (const field of CONTACT_FIELDS) {
    if (values[field] === undefined || contact.provenBy[field] === undefined) continue;
    if (values[field] === contact[field]) continue;
    throw new Fault(
      'verified_field',
      409,
      `A sign-in gives the ${field}; it cannot be changed here.`,
    );
  }
}

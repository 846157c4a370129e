import { Type } from 'typebox';
import type { ContactValues } from '../contacts/index.ts';
import {
  ChangedContact,
  ContactDetails,
  ContactFound,
  ContactSearch,
  NewContact,
} from './contact-shapes.ts';
import type { WorkspaceParts } from './index.ts';
import { presentFound } from './present-contact.ts';
import { requireStaff, staffId, staffName } from './staff.ts';
import { presentDetails, visibleContact } from './visible-contact.ts';

const tags = ['Contacts'];
const Id = Type.Object({ id: Type.String({ format: 'uuid' }) });
const FoundList = Type.Object({
  items: Type.Array(ContactFound),
  next: Type.Optional(Type.String()),
});

/**
 * People: found, made, read, put right. Whoever works here may search, which shows name, address and
 * phone alone; the rest of a contact is for those who may see it.
 */
export function contactRoutes(parts: WorkspaceParts): void {
  const { http, identify, contacts } = parts;

  http.get(
    '/api/contacts',
    { schema: { tags, querystring: ContactSearch, response: { 200: FoundList } } },
    async (request) => {
      await requireStaff(identify, request);
      const { search, limit = 20, cursor } = request.query;
      const page = await contacts.search(search, { limit, ...(cursor ? { cursor } : {}) });
      return { ...page, items: page.items.map(presentFound) };
    },
  );

  http.post(
    '/api/contacts',
    { schema: { tags, body: NewContact, response: { 201: ContactDetails } } },
    async (request, reply) => {
      const staff = await requireStaff(identify, request);
      const by = { id: staffId(staff), name: staffName(staff) };
      const contact = await contacts.create(trimmed(request.body), by);
      return reply.code(201).send(await presentDetails(parts, contact, []));
    },
  );

  http.get(
    '/api/contacts/:id',
    { schema: { tags, params: Id, response: { 200: ContactDetails } } },
    async (request) => {
      const { contact, seen } = await visibleContact(parts, request);
      return presentDetails(parts, contact, seen);
    },
  );

  http.patch(
    '/api/contacts/:id',
    { schema: { tags, params: Id, body: ChangedContact, response: { 200: ContactDetails } } },
    async (request) => {
      const { contact, seen } = await visibleContact(parts, request);
      const changed = await contacts.change(contact.id, trimmed(request.body));
      return presentDetails(parts, changed, seen);
    },
  );
}

/** What is nothing but spaces is nothing. */
function trimmed(given: Partial<ContactValues>): Partial<ContactValues> {
  const values = Object.entries(given).map(([field, value]) => [field, value?.trim() || null]);
  return Object.fromEntries(values);
}

import { Conversation } from '@countersign/protocol';
import { Type } from 'typebox';
import type { Contact } from '../contacts/index.ts';
import type { ConversationRecord } from '../conversations/index.ts';
import { Fault } from '../platform/index.ts';
import { visibleConversation } from './authorise.ts';
import { ContactLink } from './contact-shapes.ts';
import type { WorkspaceParts } from './index.ts';
import { presentConversation, time } from './present.ts';
import { staffId, staffName } from './staff.ts';
import { presentDetails, seenOf } from './visible-contact.ts';

const tags = ['Contacts'];
const Id = Type.Object({ id: Type.String({ format: 'uuid' }) });
const LinkRequest = Type.Object(
  { contact: Type.Union([Type.String({ format: 'uuid' }), Type.Null()]) },
  { additionalProperties: false },
);

/** Which contact a conversation belongs to, who says so, and an agent's word on it. */
export function contactLinkRoutes(parts: WorkspaceParts): void {
  const { http, contacts, conversations, clock } = parts;

  http.get(
    '/api/conversations/:id/contact',
    { schema: { tags, params: Id, response: { 200: ContactLink } } },
    async (request) => {
      const { staff, record } = await visibleConversation(parts, request);
      const contact = record.contactId ? await contacts.read(record.contactId) : null;
      if (!contact) return { contact: null, linked: null };
      const seen = await seenOf(parts, staff, contact);
      return {
        contact: await presentDetails(parts, contact, seen),
        linked: await howLinked(record),
      };
    },
  );

  http.put(
    '/api/conversations/:id/contact',
    { schema: { tags, params: Id, body: LinkRequest, response: { 200: Conversation } } },
    async (request) => {
      const { staff, record } = await visibleConversation(parts, request);
      const { contact: id } = request.body;
      const contact = id === null ? null : await contacts.read(id);
      if (id !== null && !contact) {
        throw new Fault('unknown_contact', 400, 'Nobody has this id.');
      }
      const by = { id: staffId(staff), name: staffName(staff) };
      const changed = await conversations.change(record.id, async (current, transaction) => {
        mustBeUnproven(current);
        if (current.contactId === (contact?.id ?? null)) return null;
        const link = { contactId: contact?.id ?? null, by, at: clock.now() };
        await contacts.keepLink(current.id, link, transaction);
        return { set: linkedTo(current, contact) };
      });
      const previews = await conversations.previews([record.id]);
      return presentConversation(changed.record, parts, previews.get(record.id));
    },
  );

  async function howLinked(record: ConversationRecord): Promise<ContactLink['linked']> {
    if (hasProof(record)) return { how: 'proof' };
    const link = await contacts.lastLink(record.id);
    if (link?.contactId !== record.contactId) return { how: 'claim' };
    return { how: 'agent', by: link.by.name, at: time(link.at) };
  }
}

const hasProof = ({ identity }: ConversationRecord): boolean =>
  identity.state === 'verified' || identity.state === 'lapsed';

/** Whom a proof has named, no agent renames. */
function mustBeUnproven(record: ConversationRecord): void {
  if (!hasProof(record)) return;
  throw new Fault('verified_contact', 409, 'A sign-in says who this is; it cannot be changed.');
}

/** The identity stays what it is: an agent's word is no proof. Without a contact the customer's own stands. */
function linkedTo({ context }: ConversationRecord, contact: Contact | null) {
  if (contact) {
    const { id, name, email } = contact;
    return { contactId: id, customerName: name, customerEmail: email };
  }
  const said = context.find(({ name, origin }) => name === 'Name' && origin === 'customer');
  return {
    contactId: null,
    customerName: said === undefined ? null : String(said.value),
    customerEmail: null,
  };
}

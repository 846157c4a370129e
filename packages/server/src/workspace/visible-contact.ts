import type { IncomingHttpHeaders } from 'node:http';
import type { Contact } from '../contacts/index.ts';
import type { ConversationRecord } from '../conversations/index.ts';
import { notFound } from '../platform/index.ts';
import { visibleQueues } from './authorise.ts';
import type { ContactDetails } from './contact-shapes.ts';
import type { WorkspaceParts } from './index.ts';
import { presentConversation } from './present.ts';
import { presentContact } from './present-contact.ts';
import { requireStaff, type Staff, staffId } from './staff.ts';

const MOST_SHOWN = 20;

export interface VisibleContact {
  staff: Staff;
  contact: Contact;
  /** The newest of its conversations that this person may see. */
  seen: ConversationRecord[];
}

/**
 * Who calls, and the contact that the path names, if they may see one of its conversations or have made
 * it. For others it does not exist (invariant 8): `sought`, which may be a part of it, is not there.
 */
export async function visibleContact(
  parts: WorkspaceParts,
  request: { headers: IncomingHttpHeaders; params: { id: string } },
  sought = 'contact',
): Promise<VisibleContact> {
  const staff = await requireStaff(parts.identify, request);
  const contact = await parts.contacts.read(request.params.id);
  if (!contact) throw notFound(sought);
  const seen = await seenOf(parts, staff, contact);
  const all = visibleQueues(staff, parts.configuration) === null;
  const made = contact.createdBy?.id === staffId(staff);
  if (!all && !made && seen.length === 0) throw notFound(sought);
  return { staff, contact, seen };
}

/** As the asking person may see it. */
export async function seenOf(
  { conversations, configuration }: WorkspaceParts,
  staff: Staff,
  { id, mergedIds }: Contact,
): Promise<ConversationRecord[]> {
  const queueIds = visibleQueues(staff, configuration);
  const { items } = await conversations.list({
    contactId: [id, ...mergedIds],
    ...(queueIds ? { queueIds, orAgentId: staffId(staff) } : {}),
    limit: MOST_SHOWN,
    newestFirst: true,
  });
  return items;
}

export async function presentDetails(
  parts: WorkspaceParts,
  contact: Contact,
  seen: ConversationRecord[],
): Promise<ContactDetails> {
  const previews = await parts.conversations.previews(seen.map(({ id }) => id));
  return {
    ...presentContact(contact, parts.configuration),
    conversations: seen.map((record) =>
      presentConversation(record, parts, previews.get(record.id)),
    ),
  };
}

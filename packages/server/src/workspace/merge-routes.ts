import { Type } from 'typebox';
import type { Contact, MergeRecord } from '../contacts/index.ts';
import { notFound } from '../platform/index.ts';
import { Merge, MergeList, MergePreview, MergeRequest } from './contact-shapes.ts';
import type { WorkspaceParts } from './index.ts';
import { time } from './present.ts';
import { known, presentContact, presentFound } from './present-contact.ts';
import { requireSupervisor, type Staff, staffId, staffName } from './staff.ts';
import { visibleContact } from './visible-contact.ts';

const tags = ['Contacts'];
const Id = Type.Object({ id: Type.String({ format: 'uuid' }) });
const Into = Type.Object({ into: Type.String({ format: 'uuid' }) });

/** Two records of one person become one, and can become two again: for supervisors and administrators. */
export function mergeRoutes(parts: WorkspaceParts): void {
  const { http, identify, contacts, conversations, configuration, clock } = parts;

  http.get(
    '/api/contacts/:id/merge-preview',
    { schema: { tags, params: Id, querystring: Into, response: { 200: MergePreview } } },
    async (request) => {
      await requireSupervisor(identify, request);
      const preview = await contacts.previewMerge(request.params.id, request.query.into);
      if (!preview) throw notFound('contact');
      const { takenOver, blocked } = preview;
      const [contact, into] = [await side(preview.contact), await side(preview.into)];
      const moves = {
        identities: contact.identities.length,
        conversations: contact.conversations,
      };
      return { contact, into, moves, takenOver, result: known(preview.result), blocked };
    },
  );

  http.post(
    '/api/contacts/:id/merge',
    { schema: { tags, params: Id, body: MergeRequest, response: { 200: Merge } } },
    async (request) => {
      const staff = await requireSupervisor(identify, request);
      const { into, reason } = request.body;
      return present(
        await contacts.merge(request.params.id, into, reason.trim(), reference(staff)),
      );
    },
  );

  http.get(
    '/api/contacts/:id/merges',
    { schema: { tags, params: Id, response: { 200: MergeList } } },
    async (request) => {
      const { contact } = await visibleContact(parts, request);
      return { items: (await contacts.merges(contact.id)).map(present) };
    },
  );

  http.post(
    '/api/contact-merges/:id/undo',
    { schema: { tags, params: Id, response: { 200: Merge } } },
    async (request) => {
      const staff = await requireSupervisor(identify, request);
      return present(await contacts.undoMerge(request.params.id, reference(staff)));
    },
  );

  async function side(contact: Contact) {
    return {
      ...presentContact(contact, configuration),
      conversations: await conversations.countOf([contact.id, ...contact.mergedIds]),
    };
  }

  function present({ undone, ...merge }: MergeRecord): Merge {
    return {
      id: merge.id,
      contact: presentFound(merge.contact),
      into: merge.intoId,
      reason: merge.reason,
      by: merge.by.name,
      at: time(merge.at),
      undoable: undone === null && clock.now() <= merge.undoableUntil,
      ...(undone ? { undoneBy: undone.by.name, undoneAt: time(undone.at) } : {}),
    };
  }
}

const reference = (staff: Staff) => ({ id: staffId(staff), name: staffName(staff) });

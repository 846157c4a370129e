import { Inbox } from '@countersign/protocol';
import { countsFor } from './inbox-counts.ts';
import { InboxRequest, inboxView } from './inbox-view.ts';
import type { WorkspaceParts } from './index.ts';
import { presentConversation } from './present.ts';
import { requireStaff, staffId } from './staff.ts';

/** The agent's list: a page of a view in three queries, however much is open (benchmark B11). */
export function inboxRoutes(parts: WorkspaceParts): void {
  const { http, identify, configuration, conversations, readMarks, openCounts } = parts;

  http.get(
    '/api/inbox',
    { schema: { tags: ['Inbox'], querystring: InboxRequest, response: { 200: Inbox } } },
    async (request, reply) => {
      const staff = await requireStaff(identify, request);
      const totals = await openCounts.current();
      const view = inboxView(staff, request.query, totals, configuration);
      const { items, next, held } = await conversations.inbox(view);
      const marks = await readMarks.of(
        staffId(staff),
        items.map(({ id }) => id),
      );
      // Serialisers made of schemas try each form of a member that has several: most of a page's time
      reply.serializer(JSON.stringify);
      const summaries = await conversations.summaries(marks);
      return {
        items: items.map((record) => {
          const { preview, unread } = summaries.get(record.id) ?? { preview: null, unread: 0 };
          return { ...presentConversation(record, parts, preview ?? undefined), unread };
        }),
        ...(next === undefined ? {} : { next }),
        counts: countsFor(staff, held, totals, configuration),
      };
    },
  );
}

import { QuickReply } from '@countersign/protocol';
import { Type } from 'typebox';
import type { QuickReply as Configured } from '../configuration/index.ts';
import type { WorkspaceParts } from './index.ts';
import { requireStaff } from './staff.ts';

const LAST_RESORT = 'en';

const QuickReplyQuery = Type.Object({
  locale: Type.Optional(Type.String({ maxLength: 35, description: "the customer's" })),
  workstream: Type.Optional(Type.String({ maxLength: 200, description: 'name' })),
});

/** Texts that agents send often; those in the customer's language first. */
export function quickReplyRoutes({ http, identify, configuration }: WorkspaceParts): void {
  http.get(
    '/api/quick-replies',
    {
      schema: {
        tags: ['Inbox'],
        querystring: QuickReplyQuery,
        response: { 200: Type.Object({ items: Type.Array(QuickReply) }) },
      },
    },
    async (request) => {
      await requireStaff(identify, request);
      const { quickReplies, workstreams } = configuration.current();
      const { locale, workstream } = request.query;
      const named = (id: string) => workstreams.get(id)?.name ?? '';
      const fits = ({ workstreamIds }: Configured) =>
        workstream === undefined ||
        workstreamIds.length === 0 ||
        workstreamIds.some((id) => named(id) === workstream);
      const found = [...quickReplies.values()].filter(fits);
      const items = locale === undefined ? found : inLanguage(found, locale);
      return {
        items: items.map(({ workstreamIds, ...reply }) => ({
          ...reply,
          workstreams: workstreamIds.map(named),
        })),
      };
    },
  );
}

/** The locale itself, then its language, then English; what is in none of them is left out. */
function inLanguage(replies: Configured[], locale: string): Configured[] {
  const wanted = locale.toLowerCase();
  const order = [...new Set([wanted, wanted.split('-')[0], LAST_RESORT])];
  const placeOf = (reply: Configured) => order.indexOf(reply.locale.toLowerCase());
  return replies
    .filter((reply) => placeOf(reply) >= 0)
    .sort((a, b) => placeOf(a) - placeOf(b) || a.title.localeCompare(b.title));
}

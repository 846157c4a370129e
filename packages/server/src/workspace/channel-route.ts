import { CustomerChannel } from '@countersign/protocol';
import { Type } from 'typebox';
import { visibleConversation } from './authorise.ts';
import type { WorkspaceParts } from './index.ts';

const Id = Type.Object({ id: Type.String({ format: 'uuid' }) });

/** What the customer's channel tells of them; of the web nothing that the conversation does not say. */
export function channelRoute(parts: WorkspaceParts): void {
  parts.http.get(
    '/api/conversations/:id/channel',
    { schema: { tags: ['Conversations'], params: Id, response: { 200: CustomerChannel } } },
    async (call) => {
      const { record } = await visibleConversation(parts, call);
      const channel = parts.channelSignIns?.[record.channel];
      return channel ? channel.describe(record) : { can: [], signInMessages: [] };
    },
  );
}

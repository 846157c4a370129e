import { CustomerChannel } from '@countersign/protocol';
import { Type } from 'typebox';
import { visibleConversation } from './authorise.ts';
import { fileLimits } from './file-limits.ts';
import type { WorkspaceParts } from './index.ts';

const Id = Type.Object({ id: Type.String({ format: 'uuid' }) });

/** What the customer's channel tells of them, and which files can be sent in it. */
export function channelRoute(parts: WorkspaceParts): void {
  parts.http.get(
    '/api/conversations/:id/channel',
    { schema: { tags: ['Conversations'], params: Id, response: { 200: CustomerChannel } } },
    async (call) => {
      const { record } = await visibleConversation(parts, call);
      const channel = parts.channelSignIns?.[record.channel];
      const { fileTypes, maxBytes } = fileLimits(record, parts.configuration);
      return {
        ...(channel ? await channel.describe(record) : { can: [], signInMessages: [] }),
        ...(fileTypes.length > 0 && { files: { types: fileTypes, maxBytes } }),
      };
    },
  );
}

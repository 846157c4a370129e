import { Type } from 'typebox';
import type { ConversationRecord } from '../conversations/index.ts';
import { notFound } from '../platform/index.ts';
import { visibleConversation } from './authorise.ts';
import type { WorkspaceParts } from './index.ts';

const Params = Type.Object({
  id: Type.String({ format: 'uuid' }),
  attachment: Type.String({ maxLength: 128 }),
});

/** A customer's file, for whoever may see the conversation it was sent in. It opens nowhere as a page (F01). */
export function attachmentRoute(parts: WorkspaceParts): void {
  const { http, attachments, sessions } = parts;
  http.get(
    '/api/conversations/:id/attachments/:attachment',
    {
      schema: {
        tags: ['Conversations'],
        params: Params,
        response: { 200: Type.Unsafe<Buffer>({ type: 'string', format: 'binary' }) },
      },
    },
    async (request, reply) => {
      const { record } = await visibleConversation(parts, request);
      const file = await attachments.content(request.params.attachment);
      // As of a conversation that is not theirs
      if (!file || !(await isOf(record, file.record.owner))) throw notFound('conversation');
      const name = encodeURIComponent(file.record.fileName);
      return reply
        .type(file.record.mediaType)
        .header('content-disposition', `attachment; filename*=UTF-8''${name}`)
        .header('content-security-policy', "default-src 'none'; sandbox")
        .header('cache-control', 'private, max-age=600')
        .send(file.bytes);
    },
  );

  /** A file belongs to a session, which has been in conversations, or to the owner of conversations. */
  async function isOf({ id, ownerKey }: ConversationRecord, owner: string): Promise<boolean> {
    return owner === ownerKey || (await sessions.conversationsOf(owner)).includes(id);
  }
}

import { Readable } from 'node:stream';
import { Trail } from '@countersign/protocol';
import { Type } from 'typebox';
import { notFound } from '../platform/index.ts';
import { visibleConversation } from './authorise.ts';
import type { WorkspaceParts } from './index.ts';

const Id = Type.Object({ id: Type.String({ format: 'uuid' }) });

/**
 * The identity trail, for whoever may see the conversation. It is the company's record: private notes are in
 * it, and it is as large as the conversation, so it goes out page by page.
 */
export function trailRoute(parts: WorkspaceParts): void {
  parts.http.get(
    '/api/conversations/:id/trail',
    {
      schema: {
        tags: ['Conversations'],
        params: Id,
        response: { 200: Type.Unsafe<Readable>(Trail) },
      },
    },
    async (request, reply) => {
      const { record } = await visibleConversation(parts, request);
      const pieces = await parts.conversations.exportTrail(record.id);
      if (!pieces) throw notFound('conversation');
      reply.header('content-disposition', `attachment; filename="trail-${record.id}.json"`);
      reply.header('cache-control', 'no-store');
      reply.type('application/json; charset=utf-8');
      return reply.send(Readable.from(pieces));
    },
  );
}

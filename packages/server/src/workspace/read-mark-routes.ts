import { Type } from 'typebox';
import { visibleConversation } from './authorise.ts';
import type { WorkspaceParts } from './index.ts';
import { staffId } from './staff.ts';

const Id = Type.Object({ id: Type.String({ format: 'uuid' }) });
const ReadMark = Type.Object(
  { seq: Type.Integer({ minimum: 0, maximum: 2_147_483_647 }) },
  { additionalProperties: false },
);

/** The caller has read a conversation so far. What is not written yet cannot have been read. */
export function readMarkRoutes(parts: WorkspaceParts): void {
  parts.http.put(
    '/api/conversations/:id/read',
    {
      schema: {
        tags: ['Inbox'],
        params: Id,
        body: ReadMark,
        response: { 204: Type.Null() },
      },
    },
    async (request, reply) => {
      const { staff, record } = await visibleConversation(parts, request);
      const seq = Math.min(request.body.seq, record.lastSeq);
      await parts.readMarks.read(staffId(staff), record.id, seq);
      return reply.code(204).send(null);
    },
  );
}

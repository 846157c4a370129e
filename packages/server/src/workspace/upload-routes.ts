import { type Static, Type } from 'typebox';
import { type AttachmentRecord, attachmentContent } from '../attachments/index.ts';
import type { ConversationRecord } from '../conversations/index.ts';
import { Fault } from '../platform/index.ts';
import { visibleConversation } from './authorise.ts';
import { fileLimits } from './file-limits.ts';
import type { WorkspaceParts } from './index.ts';
import { requireStaff, type Staff, staffId } from './staff.ts';

const tags = ['Conversations'];
const Id = Type.Object({ id: Type.String({ format: 'uuid' }) });
const OneFile = Type.Object({
  id: Type.String({ format: 'uuid' }),
  attachment: Type.String({ maxLength: 128 }),
});
const Name = Type.Object({
  name: Type.String({ minLength: 1, maxLength: 1024, description: 'with its extension' }),
});
const SentFile = Type.Object({
  contentType: Type.Literal('Attachment'),
  attachment: Type.Object({
    id: Type.String(),
    filename: Type.String(),
    mediaType: Type.Enum(['Image', 'Video', 'Audio', 'File']),
    mime: Type.String(),
    fileSize: Type.Integer(),
    sha256: Type.String(),
  }),
});
/** The most that any channel takes. */
const MAX_UPLOAD_BYTES = 100 * 1024 * 1024;

/** Agents upload files, to be named in a message; what nobody names is forgotten after a day. */
export function uploadRoutes(parts: WorkspaceParts): void {
  const { http, identify, attachments } = parts;

  void http.register(async (scope) => {
    scope.removeAllContentTypeParsers();
    // No kind that a page of another origin may post without asking
    scope.addContentTypeParser(
      'application/octet-stream',
      { parseAs: 'buffer', bodyLimit: MAX_UPLOAD_BYTES },
      (_request, body, done) => done(null, body),
    );
    scope.post<{ Params: Static<typeof Id>; Querystring: Static<typeof Name> }>(
      '/api/conversations/:id/attachments',
      {
        schema: {
          tags,
          description: 'Body: the bytes, as application/octet-stream.',
          params: Id,
          querystring: Name,
          response: { 201: SentFile },
        },
        bodyLimit: MAX_UPLOAD_BYTES,
        // Before a byte of the body is read
        onRequest: async (request) => void (await requireStaff(identify, request)),
      },
      async (request, reply) => {
        const { staff, record } = await visibleConversation(parts, request);
        mustBeTheirs(record, staff);
        const bytes = Buffer.isBuffer(request.body) ? request.body : Buffer.alloc(0);
        const kept = await keep(record, request.query.name, bytes);
        return reply.code(201).send(attachmentContent(kept));
      },
    );
  });

  http.delete(
    '/api/conversations/:id/attachments/:attachment',
    { schema: { tags, params: OneFile, response: { 204: Type.Null() } } },
    async (request, reply) => {
      const { staff, record } = await visibleConversation(parts, request);
      mustBeTheirs(record, staff);
      await attachments.remove(record.ownerKey, request.params.attachment).catch(retold);
      return reply.code(204).send(null);
    },
  );

  /** Looked into as what customers send is, and held to what this customer could send. */
  async function keep(
    record: ConversationRecord,
    fileName: string,
    bytes: Buffer,
  ): Promise<AttachmentRecord> {
    const limits = fileLimits(record, parts.configuration);
    const file = { fileName, fileSize: bytes.length };
    const { id } = await attachments.announce(record.ownerKey, file, limits).catch(retold);
    const outcome = await attachments.upload(id, attachments.ticket('upload', id), bytes);
    if (outcome.ok) return outcome.record;
    await attachments.remove(record.ownerKey, id);
    throw refusal(outcome.code, outcome.message);
  }
}

function mustBeTheirs({ assigneeId, state }: ConversationRecord, staff: Staff): void {
  if (state === 'closed' || state === 'wrap-up')
    throw new Fault('conversation_closed', 409, 'This conversation has ended.');
  if (assigneeId !== staffId(staff))
    throw new Fault('not_assigned', 409, 'Take the conversation before you answer in it.');
}

/** The Guest API's codes (§10), as this API says it. */
const REFUSALS: Record<number, [code: string, status: number]> = {
  4000: ['attachments_off', 409],
  4001: ['type_not_allowed', 415],
  4002: ['file_too_large', 413],
  4003: ['file_refused', 422],
  4009: ['unknown_attachment', 404],
  4102: ['file_empty', 400],
};

function refusal(code: number, message: string): Fault {
  const [name, status] = REFUSALS[code] ?? ['file_name_refused', 400];
  return new Fault(name, status, message);
}

function retold(cause: unknown): never {
  if (!(cause instanceof Fault) || cause.status < 1000) throw cause;
  if (cause.code === 'too_many_files') throw new Fault(cause.code, 409, cause.message);
  throw refusal(cause.status, cause.message);
}

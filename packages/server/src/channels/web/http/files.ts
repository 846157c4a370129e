import type { FastifyInstance, FastifyReply } from 'fastify';
import { notFound } from '../../../platform/index.ts';
import { sessionTopic } from '../../../sessions/index.ts';
import type { WebContext } from '../context.ts';
import { fileLinks } from '../file-links.ts';
import { isoTime, uploadFailure, uploadSuccess } from '../frames.ts';
import { allowPages } from './guest-routes.ts';

const UPLOAD = '/api/v2/uploads/:id';
const DOWNLOAD = '/api/v2/downloads/:id';
/** The most that a configuration may allow (`maxFileSizeKB`), within what memory bears. */
const MAX_UPLOAD_BYTES = 100 * 1024 * 1024;

interface Ticketed {
  Params: { id: string };
  Querystring: { ticket?: string };
}

/** Uploads and downloads of attachments: who has the ticket may (§8, F02). */
export function serveFiles(parent: FastifyInstance, context: WebContext): void {
  void parent.register(async (scope) => {
    allowPages(scope, context, [UPLOAD, DOWNLOAD]);
    scope.removeAllContentTypeParsers();
    scope.addContentTypeParser('*', { parseAs: 'buffer' }, (_request, body, done) => {
      done(null, body);
    });

    scope.put<Ticketed>(UPLOAD, { bodyLimit: MAX_UPLOAD_BYTES }, async (request, reply) => {
      const bytes = Buffer.isBuffer(request.body) ? request.body : Buffer.alloc(0);
      await upload(context, request.params.id, request.query.ticket ?? '', bytes);
      return reply.code(200).send();
    });

    scope.get<Ticketed>(DOWNLOAD, async (request, reply) => {
      const { id } = request.params;
      context.attachments.mustBeTicket('download', id, request.query.ticket ?? '');
      const file = await context.attachments.content(id);
      if (!file) throw notFound('attachment');
      return asDownload(reply, file.record).send(file.bytes);
    });
  });
}

/** What became of it is told to the session, on whichever node it is. */
async function upload(
  context: WebContext,
  id: string,
  ticket: string,
  bytes: Buffer,
): Promise<void> {
  const outcome = await context.attachments.upload(id, ticket, bytes);
  const timestamp = isoTime(context.clock.now());
  const downloadUrl = fileLinks(context).download(id);
  const frame = outcome.ok
    ? uploadSuccess({ attachmentId: id, downloadUrl, timestamp })
    : uploadFailure({
        attachmentId: id,
        errorCode: outcome.code,
        errorMessage: outcome.message,
        timestamp,
      });
  context.bus.publish(sessionTopic(outcome.record.owner), { frame });
}

/** Never a page of ours, whatever is in it. */
function asDownload(
  reply: FastifyReply,
  { fileName, mediaType }: { fileName: string; mediaType: string },
): FastifyReply {
  return reply
    .type(mediaType)
    .header('content-disposition', `attachment; filename*=UTF-8''${encodeURIComponent(fileName)}`)
    .header('content-security-policy', "default-src 'none'; sandbox")
    .header('cross-origin-resource-policy', 'same-site')
    .header('cache-control', 'private, max-age=600');
}

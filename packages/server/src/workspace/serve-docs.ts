import { existsSync } from 'node:fs';
import { join } from 'node:path';
import fastifyStatic from '@fastify/static';
import { Fault, type Http } from '../platform/index.ts';

const DOCS = join(import.meta.dirname, '../../../docs-site/dist');
const CONTENT_SECURITY_POLICY = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "img-src 'self'",
  "connect-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join('; ');

/** The documentation of this release at `/docs/`, for everybody: there is nothing in it of this node. */
export async function serveDocs(http: Http): Promise<void> {
  await http.register(fastifyStatic, {
    root: DOCS,
    serve: false,
    decorateReply: !http.hasReplyDecorator('sendFile'),
  });
  http.get('/docs', { schema: { hide: true } }, async (_request, reply) =>
    reply.redirect('/docs/', 308),
  );
  http.get<{ Params: { '*': string } }>(
    '/docs/*',
    { schema: { hide: true } },
    async (request, reply) => {
      const path = request.params['*'] || 'index.html';
      const isNamed = /^(?:[\w-]+\/)?[\w-]+\.(?:html|js|css|svg|png|json)$/.test(path);
      if (!isNamed || !existsSync(join(DOCS, path)))
        throw new Fault('not_found', 404, 'There is no such page of the documentation.');
      reply.header('content-security-policy', CONTENT_SECURITY_POLICY);
      return reply.sendFile(path, DOCS, { maxAge: '5m' });
    },
  );
}

import { existsSync } from 'node:fs';
import { join } from 'node:path';
import fastifyStatic from '@fastify/static';
import { Fault, type Http } from '../platform/index.ts';

const CONSOLE = join(import.meta.dirname, '../../../console/dist');
/** Paths that are never a screen of the console. */
const NOT_SCREENS = /^\/(api|auth|v1|messenger|webdeployments|channels|assets|metrics|try)(\/|$)/;
const CONTENT_SECURITY_POLICY = [
  "default-src 'self'",
  "style-src 'self' 'unsafe-inline'",
  "img-src 'self' data:",
  "connect-src 'self' ws: wss:",
  "frame-ancestors 'none'",
  "base-uri 'none'",
  "form-action 'self'",
].join('; ');

/** The console at `/`: hashed assets for ever, and its one page for every screen's path. */
export async function serveConsole(http: Http): Promise<void> {
  if (!existsSync(CONSOLE)) {
    http.get('/', { schema: { hide: true } }, async () => {
      throw new Fault('console_not_built', 503, 'The console is not built: run `npm run build`.');
    });
    return;
  }
  await http.register(fastifyStatic, {
    root: CONSOLE,
    serve: false,
    decorateReply: !http.hasReplyDecorator('sendFile'),
  });
  http.get<{ Params: { '*': string } }>(
    '/*',
    { schema: { hide: true } },
    async (request, reply) => {
      const path = request.params['*'];
      if (/^assets\/[\w.-]+$/.test(path)) {
        return reply.sendFile(path, CONSOLE, { immutable: true, maxAge: '1y' });
      }
      if (/^[\w-]+\.(svg|ico|png)$/.test(path))
        return reply.sendFile(path, CONSOLE, { maxAge: '1h' });
      if (NOT_SCREENS.test(`/${path}`)) throw new Fault('not_found', 404, 'There is nothing here.');
      reply.header('content-security-policy', CONTENT_SECURITY_POLICY);
      return reply.sendFile('index.html', CONSOLE, { cacheControl: false });
    },
  );
}

import { join } from 'node:path';
import type { Http } from '../../platform/index.ts';

const PREVIEW = join(import.meta.dirname, '../../../../messenger/dist/preview');

/** Only this node's own pages may frame it, and it connects to nothing but its own files. */
const POLICY = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "connect-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'self'",
].join('; ');

/** The panel as the console shows it to administrators beside the form of a messenger. */
export function servePreview(http: Http): void {
  http.get<{ Params: { '*': string } }>(
    '/messenger/preview/*',
    { schema: { hide: true } },
    async (request, reply) => {
      reply.header('content-security-policy', POLICY);
      reply.header('cache-control', 'no-cache');
      reply.removeHeader('x-frame-options');
      return reply.sendFile(request.params['*'] || 'index.html', PREVIEW);
    },
  );
}

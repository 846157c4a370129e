import type { FastifyReply, FastifyRequest } from 'fastify';

const FOR_PAGES = "default-src 'self'; object-src 'none'; base-uri 'none'; frame-ancestors 'none'";
const FOR_THE_REST = "default-src 'none'; frame-ancestors 'none'";

/** Headers of every answer; a route that needs another value sets it, and its own is kept. */
export function securityHeaders(publicUrl: string) {
  const secure = publicUrl.startsWith('https:');
  return async (_request: FastifyRequest, reply: FastifyReply): Promise<void> => {
    const type = String(reply.getHeader('content-type') ?? '');
    keep(reply, 'x-content-type-options', 'nosniff');
    keep(reply, 'referrer-policy', 'no-referrer');
    keep(reply, 'content-security-policy', /^text\/html/.test(type) ? FOR_PAGES : FOR_THE_REST);
    if (secure) keep(reply, 'strict-transport-security', 'max-age=31536000');
    // What was said to one person is in nobody's cache
    if (/json/.test(type)) keep(reply, 'cache-control', 'no-store');
  };
}

function keep(reply: FastifyReply, name: string, value: string): void {
  if (!reply.hasHeader(name)) reply.header(name, value);
}

import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import fastifyStatic from '@fastify/static';
import type { FastifyRequest } from 'fastify';
import type { Configuration, Deployment } from '../../configuration/index.ts';
import { Fault, type Http } from '../../platform/index.ts';
import { servePreview } from './serve-preview.ts';
import { noteLoader, noteMessenger, type SightingParts } from './sighting.ts';

const MESSENGER = join(import.meta.dirname, '../../../../messenger/dist');
const PANEL = join(MESSENGER, 'panel');

interface MessengerParts extends SightingParts {
  configuration: Configuration;
  /** Whoever asks may see the panel on a page of the node's own. */
  mayTry(request: FastifyRequest): Promise<boolean>;
}

/**
 * What a site embeds: the loader, and the panel in its iframe. The panel's `frame-ancestors` are the
 * deployment's domains, so that no other site can frame it (X04); the node's own try page, for staff, frames
 * it under an address of its own.
 */
export async function serveMessenger(http: Http, parts: MessengerParts): Promise<void> {
  const { configuration, publicUrl } = parts;
  await http.register(fastifyStatic, { root: MESSENGER, serve: false });
  const page = existsSync(PANEL) ? readFileSync(join(PANEL, 'index.html'), 'utf8') : null;
  const socketUrl = publicUrl.replace(/^http/, 'ws');

  http.get('/messenger/loader.js', { schema: { hide: true } }, async (request, reply) => {
    noteLoader(parts, request);
    // Sites load it with crossorigin and an integrity hash
    reply.header('access-control-allow-origin', '*');
    reply.header('cross-origin-resource-policy', 'cross-origin');
    return reply.sendFile('loader.js', MESSENGER, { maxAge: '5m' });
  });

  servePreview(http);
  http.get<{ Params: { '*': string } }>(
    '/messenger/assets/*',
    { schema: { hide: true } },
    async (request, reply) => {
      reply.header('access-control-allow-origin', '*');
      reply.header('cross-origin-resource-policy', 'cross-origin');
      const path = join('assets', request.params['*']);
      return reply.sendFile(path, PANEL, { immutable: true, maxAge: '1y' });
    },
  );

  http.get<{ Params: { deploymentId: string }; Querystring: { try?: unknown } }>(
    '/messenger/:deploymentId',
    { schema: { hide: true } },
    async (request, reply) => {
      if (!page) throw new Fault('messenger_not_built', 503, 'Run `npm run build` first.');
      const deployment = configuration.current().deployments.get(request.params.deploymentId);
      noteMessenger(parts, request, deployment);
      const isTried = request.query.try !== undefined && (await parts.mayTry(request));
      const ancestors = isTried ? "'self'" : frameAncestors(deployment);
      reply.header('content-security-policy', panelPolicy(ancestors, socketUrl));
      reply.header('cache-control', 'no-cache');
      reply.removeHeader('x-frame-options');
      return reply.type('text/html; charset=utf-8').send(page);
    },
  );
}

export function panelPolicy(frameAncestors: string, socketUrl: string): string {
  return [
    "default-src 'none'",
    "script-src 'self'",
    "style-src 'self'",
    "img-src 'self' data:",
    `connect-src 'self' ${socketUrl}`,
    "base-uri 'none'",
    "form-action 'none'",
    `frame-ancestors ${frameAncestors}`,
  ].join('; ');
}

/**
 * An unknown deployment gets the page too, but nobody may frame it: its state is the page's to show.
 * Scheme and port are not part of an allowed domain (Guest API §2.1): `shop.example` is any port of it.
 */
function frameAncestors(deployment: Deployment | undefined): string {
  if (!deployment) return "'none'";
  if (deployment.allowAllDomains) return '*';
  const hosts = deployment.allowedDomains.flatMap((domain) => [`${domain}:*`, `*.${domain}:*`]);
  return hosts.length > 0 ? hosts.join(' ') : "'none'";
}

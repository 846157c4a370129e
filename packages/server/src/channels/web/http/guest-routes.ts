import type { FastifyInstance, FastifyRequest } from 'fastify';
import { isOriginAllowed } from '../../../configuration/index.ts';
import type { WebContext } from '../context.ts';
import { answerRestError, badRequest } from './rest-error.ts';

export type Routes = (scope: FastifyInstance, context: WebContext) => void;

/** The HTTP half of the Guest API: its own form of errors, bodies and CORS. */
export function guestRoutes(context: WebContext, routes: Routes[]): void {
  void context.http.register(async (scope) => {
    scope.setErrorHandler(answerRestError);
    scope.removeContentTypeParser('application/json');
    scope.addContentTypeParser('application/json', { parseAs: 'string' }, readJson);
    for (const serve of routes) serve(scope, context);
  });
}

/** Some clients name a content type with a request that has no body. */
function readJson(
  _request: FastifyRequest,
  body: string | Buffer,
  done: (error: Error | null, value?: unknown) => void,
): void {
  const text = body.toString();
  if (text === '') {
    done(null, undefined);
    return;
  }
  try {
    done(null, JSON.parse(text));
  } catch {
    done(badRequest('The body is not JSON.'));
  }
}

const PREFLIGHT_SECONDS = '600';

/** CORS for routes that carry tokens: pages that some active deployment allows, and our own. */
export function allowPages(scope: FastifyInstance, context: WebContext, paths: string[]): void {
  scope.addHook('onRequest', async (request, reply) => {
    const { origin } = request.headers;
    reply.header('vary', 'Origin');
    if (origin === undefined || !isKnownPage(context, origin)) return;
    reply.header('access-control-allow-origin', origin);
  });
  for (const path of paths) {
    scope.options(path, async (_request, reply) => {
      reply.header('access-control-allow-methods', 'GET, POST, PUT, DELETE');
      reply.header(
        'access-control-allow-headers',
        'authorization, content-type, x-amz-tagging, x-journey-session-id, x-journey-session-type',
      );
      reply.header('access-control-max-age', PREFLIGHT_SECONDS);
      reply.code(204);
    });
  }
}

function isKnownPage({ configuration, publicUrl }: WebContext, origin: string): boolean {
  for (const deployment of configuration.current().deployments.values()) {
    if (deployment.status !== 'Active') continue;
    if (isOriginAllowed(deployment, origin, publicUrl)) return true;
  }
  return false;
}

/** The token of `Authorization: bearer …`; the scheme in any case. Empty when there is none. */
export function bearerOf(request: FastifyRequest): string {
  const [scheme, token] = (request.headers.authorization ?? '').split(' ');
  return scheme?.toLowerCase() === 'bearer' ? (token ?? '') : '';
}

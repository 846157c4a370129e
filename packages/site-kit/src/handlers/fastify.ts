import type { SiteKit } from '../site-kit.ts';
import { type Answer, answerKeys, answerToken, type CustomerOf } from './answer.ts';
import { type Paths, pathsOf } from './paths.ts';

/** The part of Fastify that is used here, so that no version of it has to be named. */
interface App<Request, Reply> {
  route(options: {
    method: string[];
    url: string;
    handler: (request: Request, reply: Reply) => unknown;
  }): unknown;
}

interface FastifyRequestLike {
  method: string;
  headers: Record<string, string | string[] | undefined>;
}

interface FastifyReplyLike {
  code(status: number): this;
  headers(values: Record<string, string>): this;
  send(body: string): unknown;
}

/** For Fastify: `app.register(fastifyRoutes(kit, { customerOf }))`, after the session's plugin. */
export function fastifyRoutes<Request extends FastifyRequestLike, Reply extends FastifyReplyLike>(
  kit: SiteKit,
  options: Paths & { customerOf: CustomerOf<Request> },
): (app: App<Request, Reply>) => Promise<void> {
  const { tokenPath, keysPath } = pathsOf(options);
  return async (app) => {
    app.route({
      method: ['GET'],
      url: keysPath,
      handler: ({ method }, reply) => send(reply, answerKeys(kit, method, options.keyFormat)),
    });
    app.route({
      method: ['POST'],
      url: tokenPath,
      async handler(request, reply) {
        const site = request.headers['sec-fetch-site']?.toString();
        const customerOf = () => options.customerOf(request);
        return send(reply, await answerToken(kit, { method: request.method, site }, customerOf));
      },
    });
  };
}

const send = (reply: FastifyReplyLike, { status, headers, body }: Answer): unknown =>
  reply.code(status).headers(headers).send(body);

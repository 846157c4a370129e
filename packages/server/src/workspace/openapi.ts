import swagger from '@fastify/swagger';
import fastify, { type FastifyInstance, type FastifyReply, type FastifyRequest } from 'fastify';
import type { Http } from '../platform/index.ts';

const PAGE = '/api/docs';
const PAGE_HEADERS = ['content-type', 'cache-control', 'etag', 'last-modified', 'location'];

/**
 * `/api/openapi.json` and a readable page at `/api/docs`, made from the schemas that validate
 * requests. Called before the routes are added, for it collects them as they come.
 */
export async function publishOpenApi(http: Http, publicUrl: string): Promise<void> {
  await http.register(swagger, {
    openapi: {
      openapi: '3.1.0',
      info: {
        title: 'Countersign workspace API',
        version: '1',
        description: 'What an agent’s screen, a bot or an integration uses.',
      },
      servers: [{ url: publicUrl }],
      components: {
        securitySchemes: {
          apiKey: { type: 'http', scheme: 'bearer', description: 'an API key' },
          session: { type: 'apiKey', in: 'cookie', name: 'countersign.session_token' },
        },
      },
      security: [{ apiKey: [] }, { session: [] }],
    },
    hideUntagged: true,
  });
  http.get('/api/openapi.json', { schema: { hide: true } }, async () => http.swagger());
  let page: Promise<FastifyInstance> | undefined;
  const show = async (request: FastifyRequest, reply: FastifyReply) => {
    page ??= openPage(http);
    const answer = await (await page).inject({ url: request.url });
    for (const name of PAGE_HEADERS) {
      const value = answer.headers[name];
      if (value !== undefined) reply.header(name, value);
    }
    return reply.code(answer.statusCode).send(answer.rawPayload);
  };
  http.get(PAGE, { schema: { hide: true } }, show);
  http.get(`${PAGE}/*`, { schema: { hide: true } }, show);
}

/** An application of its own, made when somebody first asks for it: most nodes never show it. */
async function openPage(http: Http): Promise<FastifyInstance> {
  const { default: swaggerUi } = await import('@fastify/swagger-ui');
  const page = fastify();
  await page.register(swagger, { openapi: {}, transformObject: () => http.swagger() });
  await page.register(swaggerUi, { routePrefix: PAGE });
  await page.ready();
  return page;
}

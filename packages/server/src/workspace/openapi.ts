import swagger from '@fastify/swagger';
import swaggerUi from '@fastify/swagger-ui';
import type { Http } from '../platform/index.ts';

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
  await http.register(swaggerUi, { routePrefix: '/api/docs' });
  http.get('/api/openapi.json', { schema: { hide: true } }, async () => http.swagger());
}

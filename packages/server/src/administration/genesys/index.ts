import type { FastifyRequest } from 'fastify';
import type { Seal } from '../../platform/index.ts';
import type { ObjectRouteParts } from '../objects/object-routes.ts';
import { createAccessTokens } from './access-tokens.ts';
import { bearerIdentify } from './bearer.ts';
import { configurationRoutes } from './configurations/configuration-routes.ts';
import { credentialRoutes } from './credentials/credential-routes.ts';
import { deploymentRoutes } from './deployments/deployment-routes.ts';
import { identityResolutionRoutes } from './deployments/identity-resolution-routes.ts';
import { integrationRoutes } from './integrations/integration-routes.ts';
import { tokenRoute } from './token-route.ts';
import { answerVendorError, badRequest } from './vendor-fault.ts';

/**
 * The administration REST of Genesys Cloud (Guest API §13) over the objects that our own API has, for
 * automation that is written for it: `/oauth/token`, `/api/v2/webdeployments`, `/api/v2/integrations`.
 */
export async function genesysRoutes(
  parts: ObjectRouteParts & { seal: Seal; publicUrl: string },
): Promise<void> {
  const { configuration, clock, seal } = parts;
  const tokens = createAccessTokens(seal.derive('administration-tokens'), configuration, clock);
  await tokenRoute({ ...parts, tokens });
  const identify = bearerIdentify(parts.identify, tokens);
  await parts.http.register(async (http) => {
    http.setErrorHandler(answerVendorError);
    http.removeContentTypeParser('application/json');
    http.addContentTypeParser('application/json', { parseAs: 'string' }, readJson);
    const scoped = { ...parts, http, identify };
    configurationRoutes(scoped);
    deploymentRoutes(scoped);
    identityResolutionRoutes(scoped);
    integrationRoutes(scoped);
    credentialRoutes(scoped);
  });
}

/** Generated clients write `null` for what they leave out, and name a content type without a body. */
function readJson(
  _request: FastifyRequest,
  body: string | Buffer,
  done: (error: Error | null, value?: unknown) => void,
): void {
  const text = body.toString();
  try {
    done(null, text === '' ? undefined : JSON.parse(text, (_key, value) => value ?? undefined));
  } catch {
    done(badRequest('The body is not JSON.'));
  }
}

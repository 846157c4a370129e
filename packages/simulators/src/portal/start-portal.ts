import type { RegisteredClient } from '../identity-provider/client-registry.ts';
import { signingKey } from '../keys/signing-key.ts';
import { listen } from '../site/loopback-server.ts';
import { PUBLIC_KEY_PATH } from './auth-services.ts';
import { CHAT_CALLBACK_PATH, createRelyingParty } from './relying-party.ts';
import { answer } from './routes.ts';
import { createSessions } from './sessions.ts';
import { TOKEN_LIFETIME_SECONDS } from './site-token.ts';
import type { Deployments, Shop } from './visit.ts';

export interface PortalOptions {
  /** Default 0: any free port. */
  port?: number;
  /** Default 127.0.0.1. */
  host?: string;
  /** The node whose messenger the pages embed, without a final slash. */
  nodeUrl: string;
  provider: { issuer: string };
  /** The node's client at the provider, which the messenger's authorization codes are for. */
  clientId: string;
  deployments: Deployments;
  /** Subresource integrity of the messenger's loader, such as `sha384-…`. */
  loaderIntegrity?: string;
  /** `iss` of the site-signed tokens. Default `portal.fjellfern.example`. */
  issuer?: string;
  /** How long the site-signed tokens are good for. Default 15 minutes. */
  tokenSeconds?: number;
}

export interface Portal {
  url: string;
  port: number;
  /** Where the site publishes the key of its tokens: bare PEM; `?format=array`, `?format=jwks`. */
  publicKeyUrl: string;
  /** Where the provider answers the messenger's silent requests: a redirect URI of `clientId`. */
  redirectUri: string;
  /** The relying parties of the shop's own, to be registered at the provider. */
  clients: RegisteredClient[];
  close(): Promise<void>;
}

/**
 * Starts *Fjell & Fern*, a sample shop with a page for each way a customer can be known: guest on
 * `/`, OpenID Connect on `/account`, site-signed token on `/portal`. It forgets everything when closed.
 */
export async function startPortal(options: PortalOptions): Promise<Portal> {
  const published = await signingKey({ kid: 'fjell-portal-1' });
  const other = await signingKey({ kid: 'fjell-portal-unpublished' });
  const { port: wanted, host, provider } = options;
  const clients: RegisteredClient[] = [];
  const listening = await listen({ port: wanted, host }, (url) => {
    const relyingParty = createRelyingParty(provider.issuer, url);
    clients.push(relyingParty.client);
    const shop: Shop = {
      url,
      nodeUrl: options.nodeUrl,
      providerOrigin: new URL(provider.issuer).origin,
      deployments: options.deployments,
      loaderIntegrity: options.loaderIntegrity,
      clientId: options.clientId,
      tokenTerms: {
        issuer: options.issuer ?? 'portal.fjellfern.example',
        lifetimeSeconds: options.tokenSeconds ?? TOKEN_LIFETIME_SECONDS,
      },
      keys: { published, other },
      sessions: createSessions(`fjell_shop_${new URL(url).port}`),
      relyingParty,
    };
    return (request, response) =>
      answer({ shop, request, response, url: new URL(request.url ?? '/', url) });
  });
  return {
    url: listening.url,
    port: listening.port,
    publicKeyUrl: `${listening.url}${PUBLIC_KEY_PATH}`,
    redirectUri: `${listening.url}${CHAT_CALLBACK_PATH}`,
    clients,
    close: listening.close,
  };
}

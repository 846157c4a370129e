import { AsyncLocalStorage } from 'node:async_hooks';
import type { webcrypto } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import type { AdapterPayload } from 'oidc-provider';

/** A relying party. With neither secret nor keys it is a public client, held to PKCE alone. */
export interface RegisteredClient {
  clientId: string;
  clientSecret?: string;
  /** Public keys: the client then signs assertions instead (`private_key_jwt`, RFC 7523 §2.2). */
  jwks?: { keys: webcrypto.JsonWebKey[] };
  /** Shown on the sign-in page. */
  name?: string;
  redirectUris: string[];
  postLogoutRedirectUris?: string[];
  /** Gets a logout token when a person signs out (OpenID Connect Back-Channel Logout 1.0). */
  backchannelLogoutUri?: string;
  /**
   * Loaded in a frame when a person signs out (OpenID Connect Front-Channel Logout 1.0). The ID token
   * names its session (`sid`) to clients with a `backchannelLogoutUri`, and to those that ask for it.
   */
  frontchannelLogoutUri?: string;
}

/** The relying parties a provider knows; they may be added while it runs. */
export interface ClientRegistry {
  /** Adds a client, or replaces the one of that id. */
  register(client: RegisteredClient): void;
  /** Adds redirect URIs to a known client. Throws when there is none of that id. */
  addRedirectUris(clientId: string, uris: string[]): void;
  find(clientId: string): AdapterPayload | undefined;
  frontchannelLogoutUri(clientId: string): string | undefined;
  /** Runs the handling of a request, so that `find` knows how the client authenticates in it. */
  during<T>(request: IncomingMessage, run: () => T): T;
}

export function clientRegistry(initial: readonly RegisteredClient[]): ClientRegistry {
  const clients = new Map(initial.map((client) => [client.clientId, client]));
  const requests = new AsyncLocalStorage<IncomingMessage>();
  return {
    register(client) {
      clients.set(client.clientId, client);
    },
    addRedirectUris(clientId, uris) {
      const client = clients.get(clientId);
      if (!client) throw new Error(`the identity provider knows no client "${clientId}"`);
      const redirectUris = [...new Set([...client.redirectUris, ...uris])];
      clients.set(clientId, { ...client, redirectUris });
    },
    find(clientId) {
      const client = clients.get(clientId);
      return client && metadataOf(client, authenticationMethod(client, requests.getStore()));
    },
    frontchannelLogoutUri: (clientId) => clients.get(clientId)?.frontchannelLogoutUri,
    during: (request, run) => requests.run(request, run),
  };
}

type Method = 'none' | 'client_secret_basic' | 'client_secret_post' | 'private_key_jwt';

/**
 * A provider registers one method per client; this one takes Basic and POST from the same client, as
 * the large hosted ones do (RFC 6749 §2.3.1 names both).
 */
function authenticationMethod(client: RegisteredClient, request?: IncomingMessage): Method {
  if (client.jwks !== undefined) return 'private_key_jwt';
  if (client.clientSecret === undefined) return 'none';
  const isBasic = request?.headers.authorization?.startsWith('Basic ') ?? false;
  return isBasic ? 'client_secret_basic' : 'client_secret_post';
}

function metadataOf(client: RegisteredClient, method: Method): AdapterPayload {
  return {
    client_id: client.clientId,
    client_name: client.name ?? client.clientId,
    ...(client.clientSecret === undefined ? {} : { client_secret: client.clientSecret }),
    ...(client.jwks === undefined ? {} : { jwks: client.jwks }),
    token_endpoint_auth_method: method,
    redirect_uris: client.redirectUris,
    post_logout_redirect_uris: client.postLogoutRedirectUris ?? [],
    ...(client.backchannelLogoutUri
      ? {
          backchannel_logout_uri: client.backchannelLogoutUri,
          backchannel_logout_session_required: true,
        }
      : {}),
    grant_types: ['authorization_code', 'refresh_token'],
    response_types: ['code'],
    id_token_signed_response_alg: 'RS256',
    require_auth_time: true,
  };
}

import { randomBytes } from 'node:crypto';
import * as openid from 'openid-client';
import type { RegisteredClient } from '../identity-provider/client-registry.ts';
import { pkce } from '../identity-provider/pkce.ts';
import type { Session } from './sessions.ts';

export type SigningIn = NonNullable<Session['signingIn']>;

/** The shop as a client of the identity provider, for the sign-in of its own pages. */
export interface RelyingParty {
  client: RegisteredClient;
  /** `again`: whoever is signed in at the provider has to say so anew. */
  startSignIn(options: { again: boolean }): Promise<{ url: string; signingIn: SigningIn }>;
  /** Throws what `openid-client` throws, such as an `AuthorizationResponseError`. */
  finishSignIn(response: URL, signingIn: SigningIn): Promise<NonNullable<Session['account']>>;
  /** Where the person is signed out of the provider too, and comes back from. */
  signOutUrl(idToken: string): Promise<string>;
  /**
   * A silent authorization request for the messenger's own client (OpenID Connect Core §3.1.2.1,
   * `prompt=none`): the browser carries it out in a frame, and this server never sees the code.
   */
  chatRequest(clientId: string): Promise<ChatRequest>;
}

export interface ChatRequest {
  url: string;
  state: string;
  nonce: string;
  codeVerifier: string;
  redirectUri: string;
}

export const CALLBACK_PATH = '/account/callback';
export const CHAT_CALLBACK_PATH = '/account/chat-callback';

export function createRelyingParty(issuer: string, shopUrl: string): RelyingParty {
  const client = {
    clientId: 'fjell-shop',
    clientSecret: randomBytes(32).toString('base64url'),
    name: 'Fjell & Fern',
    redirectUris: [`${shopUrl}${CALLBACK_PATH}`],
    postLogoutRedirectUris: [`${shopUrl}/account`],
  };
  const [redirectUri = ''] = client.redirectUris;
  const discover = discoverOnce(issuer, client);

  return {
    client,
    async startSignIn({ again }) {
      const { codeVerifier, codeChallenge } = pkce();
      const signingIn = { state: random(), nonce: random(), codeVerifier };
      const url = openid.buildAuthorizationUrl(await discover(), {
        redirect_uri: redirectUri,
        scope: 'openid profile email',
        code_challenge: codeChallenge,
        code_challenge_method: 'S256',
        state: signingIn.state,
        nonce: signingIn.nonce,
        ...(again ? { prompt: 'login' } : {}),
      });
      return { url: url.href, signingIn };
    },
    async finishSignIn(response, { state, nonce, codeVerifier }) {
      const tokens = await openid.authorizationCodeGrant(await discover(), response, {
        pkceCodeVerifier: codeVerifier,
        expectedState: state,
        expectedNonce: nonce,
      });
      return accountOf(tokens);
    },
    async signOutUrl(idToken) {
      return openid.buildEndSessionUrl(await discover(), {
        id_token_hint: idToken,
        post_logout_redirect_uri: `${shopUrl}/account`,
      }).href;
    },
    async chatRequest(clientId) {
      const endpoint = (await discover()).serverMetadata().authorization_endpoint;
      if (endpoint === undefined) throw new Error('the provider names no authorization endpoint');
      return silentRequest(endpoint, clientId, `${shopUrl}${CHAT_CALLBACK_PATH}`);
    },
  };
}

/** The provider's metadata, read at the first sign-in and kept. */
function discoverOnce(issuer: string, client: { clientId: string; clientSecret: string }) {
  let known: openid.Configuration | undefined;
  return async (): Promise<openid.Configuration> => {
    known ??= await openid.discovery(
      new URL(issuer),
      client.clientId,
      {},
      openid.ClientSecretBasic(client.clientSecret),
      // The sample provider is on this machine, without TLS
      { execute: [openid.allowInsecureRequests] },
    );
    return known;
  };
}

function silentRequest(endpoint: string, clientId: string, redirectUri: string): ChatRequest {
  const { codeVerifier, codeChallenge } = pkce();
  const request = { state: random(), nonce: random(), codeVerifier, redirectUri };
  const url = new URL(endpoint);
  const query = {
    client_id: clientId,
    redirect_uri: redirectUri,
    response_type: 'code',
    scope: 'openid profile email offline_access',
    code_challenge: codeChallenge,
    code_challenge_method: 'S256',
    state: request.state,
    nonce: request.nonce,
    prompt: 'none',
  };
  for (const [name, value] of Object.entries(query)) url.searchParams.set(name, value);
  return { ...request, url: url.href };
}

function accountOf(
  tokens: openid.TokenEndpointResponse & openid.TokenEndpointResponseHelpers,
): NonNullable<Session['account']> {
  const claims = tokens.claims();
  if (!claims || tokens.id_token === undefined) throw new Error('the provider gave no ID token');
  const text = (name: string) => {
    const value = claims[name];
    return typeof value === 'string' ? value : '';
  };
  return {
    id: claims.sub,
    name: text('name'),
    givenName: text('given_name'),
    email: text('email'),
    idToken: tokens.id_token,
  };
}

const random = (): string => randomBytes(16).toString('base64url');

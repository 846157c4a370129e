import { randomBytes } from 'node:crypto';
import * as openid from 'openid-client';
import type { RegisteredClient } from '../identity-provider/client-registry.ts';
import { pkce } from '../identity-provider/pkce.ts';
import type { Session } from './sessions.ts';

export type SigningIn = NonNullable<Session['signingIn']>;

/** The shop as a client of the identity provider, for the sign-in of its own pages. */
export interface RelyingParty {
  client: RegisteredClient;
  issuer: string;
  startSignIn(options: SignInOptions): Promise<{ url: string; signingIn: SigningIn }>;
  /** Throws what `openid-client` throws, such as an `AuthorizationResponseError`. */
  finishSignIn(response: URL, signingIn: SigningIn): Promise<NonNullable<Session['account']>>;
  /**
   * Where the person is signed out of the provider too, and comes back from with the same `state`
   * (RP-Initiated Logout 1.0 §2).
   */
  startSignOut(idToken: string): Promise<{ url: string; state: string }>;
  /**
   * A silent authorization request for the messenger's own client (OpenID Connect Core §3.1.2.1,
   * `prompt=none`): the browser carries it out in a frame, and this server never sees the code.
   */
  chatRequest(clientId: string): Promise<ChatRequest>;
}

export interface SignInOptions {
  /** Whoever is signed in at the provider has to say so anew. */
  again: boolean;
  /** Where the person goes on in the shop. */
  returnTo: string;
  /** Who it may be, for the provider's sign-in page. */
  loginHint?: string | undefined;
}

export interface ChatRequest {
  url: string;
  state: string;
  nonce: string;
  codeVerifier: string;
  redirectUri: string;
}

export const CALLBACK_PATH = '/account/callback';
export const SIGNED_OUT_PATH = '/account/signed-out';
export const FRONT_CHANNEL_LOGOUT_PATH = '/account/front-channel-logout';
export const CHAT_CALLBACK_PATH = '/account/chat-callback';

export function createRelyingParty(issuer: string, shopUrl: string): RelyingParty {
  const client = {
    clientId: 'fjell-shop',
    clientSecret: randomBytes(32).toString('base64url'),
    name: 'Fjell & Fern',
    redirectUris: [`${shopUrl}${CALLBACK_PATH}`],
    postLogoutRedirectUris: [`${shopUrl}${SIGNED_OUT_PATH}`],
    frontchannelLogoutUri: `${shopUrl}${FRONT_CHANNEL_LOGOUT_PATH}`,
  };
  const [redirectUri = ''] = client.redirectUris;
  const [signedOutUri = ''] = client.postLogoutRedirectUris;
  const discover = discoverOnce(issuer, client);

  return {
    client,
    issuer,
    async startSignIn({ again, returnTo, loginHint }) {
      const { codeVerifier, codeChallenge } = pkce();
      const signingIn = { state: random(), nonce: random(), codeVerifier, returnTo };
      const url = openid.buildAuthorizationUrl(await discover(), {
        redirect_uri: redirectUri,
        scope: 'openid profile email',
        code_challenge: codeChallenge,
        code_challenge_method: 'S256',
        state: signingIn.state,
        nonce: signingIn.nonce,
        // What front-channel logout will name the session by; told only to those who ask (Core §5.5)
        claims: JSON.stringify({ id_token: { sid: null } }),
        ...(again ? { prompt: 'login' } : {}),
        ...(loginHint === undefined ? {} : { login_hint: loginHint }),
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
    async startSignOut(idToken) {
      const state = random();
      const url = openid.buildEndSessionUrl(await discover(), {
        id_token_hint: idToken,
        post_logout_redirect_uri: signedOutUri,
        state,
      });
      return { url: url.href, state };
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
    providerSession: text('sid'),
  };
}

const random = (): string => randomBytes(16).toString('base64url');

import { type Person, people as samplePeople } from '../../people.ts';
import { listen } from '../../site/loopback-server.ts';
import { answerRequest } from './answer-request.ts';
import { issueAccessToken, newIdTokenKey } from './issue-tokens.ts';
import {
  type AuthorizationAnswer,
  type OAuthClient,
  type ProviderEndpoint,
  type ProviderFault,
  type ProviderRequest,
  type ProviderState,
  RequestLog,
} from './provider-state.ts';

export interface OAuthProviderOptions {
  /** Default 0: any free port. */
  port?: number;
  /** Default 127.0.0.1. */
  host?: string;
  publicUrl?: string;
  /** Serves https with it. */
  tls?: { cert: string; key: string };
  clients?: readonly OAuthClient[];
  people?: readonly Person[];
  /** Milliseconds. Default `Date.now`. */
  now?: () => number;
  /** Default 60 s. */
  codeLifetimeMs?: number;
  /** Default an hour. */
  accessTokenSeconds?: number;
}

export interface OAuthProvider {
  /** `iss` of its ID tokens. */
  issuer: string;
  /** *OAuth URL* at the Register (§6). */
  authorizationUrl: string;
  /** *Token URL* at the Register, *access token URL* in the setting. */
  accessTokenUrl: string;
  /** *Decrypted token URL* in the setting (§10). */
  profileUrl: string;
  jwksUri: string;
  port: number;
  people: readonly Person[];
  /** Adds a relying party, or replaces the one of that id. */
  registerClient(client: OAuthClient): void;
  /** The next requests to `endpoint` go wrong, one fault each, in this order. */
  script(endpoint: ProviderEndpoint, ...faults: readonly ProviderFault[]): void;
  clearScript(): void;
  /** From now on answers come so, whatever the request asks for: `{}` for as it asks. */
  answerAs(answer: AuthorizationAnswer): void;
  /** An access token as somebody gets it who signs in. */
  accessToken(subject: string, scopes?: readonly string[]): string;
  /** Every access token stops working. */
  revokeTokens(): void;
  /** All requests so far; one is here before it is answered. */
  requests: readonly ProviderRequest[];
  requested(
    endpoint: ProviderEndpoint,
    count: number,
    timeoutMs?: number,
  ): Promise<readonly ProviderRequest[]>;
  /** Nobody listens any more, and what is open is cut. */
  goDown(): Promise<void>;
  /** At the same port, knowing what it knew. */
  comeBack(): Promise<void>;
  close(): Promise<void>;
}

/**
 * Starts an OAuth 2.0 provider for Apple's two ways of signing in (§17.5): opaque access tokens, PKCE
 * when the request has it, a profile endpoint, ID tokens with the `openid` scope.
 */
export async function startOAuthProvider(
  options: OAuthProviderOptions = {},
): Promise<OAuthProvider> {
  const key = await newIdTokenKey();
  const { promise, resolve } = Promise.withResolvers<ProviderState>();
  const listening = await listen(options, (issuer) => {
    const state = newState(issuer, key, options);
    resolve(state);
    return (request, response) => answerRequest(state, request, response);
  });
  const state = await promise;
  return {
    issuer: state.issuer,
    authorizationUrl: `${state.issuer}/authorize`,
    accessTokenUrl: `${state.issuer}/token`,
    profileUrl: `${state.issuer}/profile`,
    jwksUri: `${state.issuer}/jwks`,
    port: listening.port,
    people: state.people,
    registerClient: (client) => void state.clients.set(client.clientId, client),
    script: (endpoint, ...faults) =>
      void state.faults.set(endpoint, [...(state.faults.get(endpoint) ?? []), ...faults]),
    clearScript: () => state.faults.clear(),
    answerAs: (change) => {
      state.answer = change;
    },
    accessToken: (subject, scopes = ['openid', 'profile', 'email']) =>
      issueAccessToken(state, { clientId: '', subject, scopes }),
    revokeTokens: () => state.accessTokens.clear(),
    requests: state.log.requests,
    requested: (endpoint, count, timeoutMs) => state.log.requested(endpoint, count, timeoutMs),
    goDown: () => listening.goDown('refuse'),
    comeBack: listening.comeBack,
    close: listening.close,
  };
}

function newState(
  issuer: string,
  key: CryptoKeyPair,
  options: OAuthProviderOptions,
): ProviderState {
  return {
    issuer,
    key,
    now: options.now ?? Date.now,
    people: options.people ?? samplePeople,
    clients: new Map((options.clients ?? []).map((client) => [client.clientId, client])),
    codes: new Map(),
    accessTokens: new Map(),
    codeLifetimeMs: options.codeLifetimeMs ?? 60_000,
    accessTokenSeconds: options.accessTokenSeconds ?? 60 * 60,
    answer: {},
    log: new RequestLog(),
    faults: new Map(),
  };
}

import type { RegisteredClient } from '../identity-provider/client-registry.ts';
import type { KeyRing } from '../keys/key-ring.ts';
import type { Person } from '../people.ts';
import type { EndpointName, Module } from './module.ts';
import type { ModuleName } from './modules.ts';

/** A person who signed in to a client. */
export interface SignIn {
  clientId: string;
  subject: string;
  scope: string;
  nonce: string | null;
  /** The provider's session, `sid`. */
  sid: string;
  /** Seconds since the epoch. */
  authTime: number;
}

export interface IssuedCode extends SignIn {
  redirectUri: string;
  codeChallenge: string;
}

/** What the issuer of one module knows; forgotten when the provider is closed. */
export interface IssuerState {
  name: ModuleName;
  module: Module;
  /** Ends in a slash. */
  issuer: string;
  keys: KeyRing;
  people: readonly Person[];
  /** Of all issuers. */
  clients: ReadonlyMap<string, RegisteredClient>;
  accessTokenSeconds: number;
  /** Authorization requests so far. */
  requests: number;
  /** The `sid` of the last sign-in. */
  lastSession: string | null;
  /** Each is taken out when it is used. */
  codes: Map<string, IssuedCode>;
  refreshTokens: Map<string, SignIn>;
  accessTokens: Map<string, SignIn & { expiresAt: number }>;
  /** Of client assertions, which count once. */
  assertionIds: Set<string>;
}

const PATHS: Readonly<Record<EndpointName, string>> = {
  authorization: 'authorize',
  token: 'token',
  userinfo: 'userinfo',
  jwks: 'jwks',
  end_session: 'end-session',
  sign_out: 'sign-out',
};

/** Under the issuer. */
export function pathOf({ module }: Pick<IssuerState, 'module'>, endpoint: EndpointName): string {
  return module.behaviour.paths?.[endpoint] ?? PATHS[endpoint];
}

export function addressOf(state: IssuerState, endpoint: EndpointName): string {
  return state.issuer + pathOf(state, endpoint);
}

export const nowSeconds = (): number => Math.floor(Date.now() / 1000);

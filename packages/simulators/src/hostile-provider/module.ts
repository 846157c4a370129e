import type { RegisteredClient } from '../identity-provider/client-registry.ts';
import type { KeyRing } from '../keys/key-ring.ts';

/** The plans of the OpenID Foundation's relying-party tests that the modules are of. */
export type Plan =
  | 'basic'
  | 'config'
  | 'comprehensive'
  | 'refresh-token'
  | 'back-channel-logout'
  | 'rp-initiated-logout'
  | 'front-channel-logout'
  | '3rd-party-init-login';

/** One way in which a provider behaves or misbehaves. */
export interface Module {
  plan: Plan;
  /** `refuse-deliberately`: the plan would have it accepted, or leaves it open; we refuse. */
  must: 'accept' | 'reject' | 'refuse-deliberately';
  /** Who is tried: the node, or the site, which starts sign-ins and sign-outs. */
  relyingParty: 'node' | 'site';
  /** One sentence: what the provider does. */
  what: string;
  behaviour: Behaviour;
}

export type Claims = Record<string, unknown>;

export type EndpointName =
  | 'authorization'
  | 'token'
  | 'userinfo'
  | 'jwks'
  | 'end_session'
  | 'sign_out';

export type ClientMethod =
  | 'client_secret_basic'
  | 'client_secret_post'
  | 'private_key_jwt'
  | 'none';

/** What differs from a provider that does everything right. */
export interface Behaviour {
  /** Changes the discovery document. */
  discovery?(document: Claims, issuer: string): Claims;
  /** Where endpoints are, under the issuer, so that only a reader of the document finds them. */
  paths?: Partial<Record<EndpointName, string>>;
  /** What stands in the key set. */
  keySet?(ring: KeyRing): unknown[];
  /** The claims of the ID token that a code gives. */
  idToken?(claims: Claims): Claims;
  /** The claims of the ID token that a refresh token gives. */
  refreshedIdToken?(claims: Claims): Claims;
  /** Instead of RS256 by the ring's key, which the header names. */
  signIdToken?(claims: Claims, by: Signer): string | Promise<string>;
  userInfo?(claims: Claims, issuer: string): Claims;
  /** UserInfo as a JWT. */
  signsUserInfo?: boolean;
  /** The only place where the userinfo endpoint takes the access token (RFC 6750 §2.1, §2.2). */
  takesBearerIn?: 'header' | 'body';
  /** How clients may authenticate; every way when not told. */
  clientMethods?: readonly ClientMethod[];
  /** `code id_token` from the authorization endpoint, whatever was asked for. */
  isHybrid?: boolean;
  /** Runs before the second authorization request and those after it. */
  betweenSignIns?(ring: KeyRing): Promise<unknown>;
  /** Runs before an ID token is signed. */
  beforeSigning?(ring: KeyRing): Promise<unknown>;
  logoutToken?(claims: Claims): Claims;
  signLogoutToken?(claims: Claims, by: Signer): string;
  /** The `state` that a sign-out comes back with; null: none. */
  stateAfterSignOut?(state: string | null): string | null;
}

export interface Signer {
  ring: KeyRing;
  client: RegisteredClient;
  /** What the header calls the token. */
  typ: 'JWT' | 'logout+jwt';
}

/** An authentication setting as `identity` needs it: handed in, secrets already opened. */
export type Setting = TokenSetting | AppleOauthSetting;

/** What a client proves itself by with a token or a code that it hands in. */
export type TokenSetting = SignedTokenSetting | OpenIdConnectSetting;

export const isTokenSetting = <S extends Setting>(
  setting: S,
): setting is Exclude<S, AppleOauthSetting> => setting.type !== 'apple-oauth';

/** Apple Messages for Business (spec/apple-messages-for-business.md §12.2). */
export interface AppleOauthSetting {
  id: string;
  name: string;
  type: 'apple-oauth';
  /** As entered at Apple Business Register. */
  clientId: string;
  clientSecret: string;
  /** At least one. */
  scopes: string[];
  accessTokenUrl: string;
  /** Answers the profile of an access token (§10). */
  decryptedTokenUrl: string;
  /** Query syntax; null: none. */
  additionalParameters: string | null;
  /** Seconds until the identity lapses. */
  accessTokenExpiry: number;
  /** Of rich messages of the type `authentication`, at least one. */
  richMessageIds: string[];
  /** Where the client secret stands in a version 2 exchange. Default: in the body. */
  clientAuthentication?: 'client_secret_basic' | 'client_secret_post';
  /** Default: with PKCE (§9.2). */
  pkce?: boolean;
  /** With `keysUrl`: whose ID tokens are verified, by which keys. Default: the profile alone counts. */
  issuer?: string;
  keysUrl?: string;
  /** Claims of the profile that name the customer, the first that is there. Default `sub`, `id`. */
  subjectClaims?: string[];
}

export interface SignedTokenSetting {
  id: string;
  name: string;
  type: 'signed-token';
  publicKeyUrl: string;
  issuer?: string;
  audience?: string;
  /** Seconds. */
  clockTolerance: number;
  /** Longest `exp` − `iat` accepted, seconds. Default 86400. */
  maxLifetime: number;
  /** A token counts once: its `jti` is kept until it has expired (row T25). */
  singleUse: boolean;
  reproof: Reproof;
}

/** Until when a proof stands: the session's life, the token's own end, or seconds after the proof. */
export type Reproof = 'session' | 'token' | number;

export interface OpenIdConnectSetting {
  id: string;
  name: string;
  type: 'openid-connect';
  discoveryUri: string;
  clientId: string;
  clientSecret: string | null;
  /** RFC 6749 §2.3.1, RFC 7523 §2.2; `auto`: the first that the provider takes. */
  clientAuthentication: 'auto' | 'client_secret_basic' | 'client_secret_post' | 'private_key_jwt';
  /** PKCS #8 in PEM, for `private_key_jwt`. */
  privateKey: string | null;
  privateKeyId: string | null;
  /** Hosts that the provider's endpoints may be on, besides that of `discoveryUri` (row T30). */
  providerHosts: string[];
  /** Asks the userinfo endpoint for claims; its `sub` must be the ID token's (row T31). */
  userInfo: boolean;
  reproof: Reproof;
  /** Seconds, 900 … 7776000. */
  refreshTokenLifetime: number;
  implicitFlow: boolean;
  contextClaims: string[];
  /** Seconds. */
  clockTolerance: number;
}

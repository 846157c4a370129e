/** An authentication setting as `identity` needs it: handed in, secrets already opened. */
export type Setting = SignedTokenSetting | OpenIdConnectSetting;

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

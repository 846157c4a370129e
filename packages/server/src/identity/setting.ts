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
}

export interface OpenIdConnectSetting {
  id: string;
  name: string;
  type: 'openid-connect';
  discoveryUri: string;
  clientId: string;
  clientSecret: string | null;
  /** Seconds, 900 … 7776000. */
  refreshTokenLifetime: number;
  implicitFlow: boolean;
  contextClaims: string[];
  /** Seconds. */
  clockTolerance: number;
}

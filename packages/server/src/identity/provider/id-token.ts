import { checkAccessTokenHash } from '../checks/check-access-token-hash.ts';
import { checkAudience } from '../checks/check-audience.ts';
import { checkAuthenticationAge } from '../checks/check-authentication-age.ts';
import { checkAuthorizedParty } from '../checks/check-authorized-party.ts';
import { checkExpiry } from '../checks/check-expiry.ts';
import { checkIssuedAt } from '../checks/check-issued-at.ts';
import { checkIssuer } from '../checks/check-issuer.ts';
import { checkNonce } from '../checks/check-nonce.ts';
import { checkNotBefore } from '../checks/check-not-before.ts';
import { checkSubject } from '../checks/check-subject.ts';
import type { OpenIdConnectSetting } from '../setting.ts';
import type { TokenCheck, TokenRules } from '../token-attempt.ts';
import type { ProviderMetadata } from './provider-metadata.ts';

/** An ID token and what came with it. */
export interface IdTokenContext {
  idToken: string;
  accessToken: string | null;
  /** Remaining life of the access token, seconds. */
  expiresIn: number | null;
  refreshToken: string | null;
}

const CLAIM_CHECKS: readonly TokenCheck[] = [
  checkIssuer,
  checkAudience,
  checkAuthorizedParty,
  checkSubject,
  checkExpiry,
  checkIssuedAt,
  checkNotBefore,
];

/** OpenID Connect Core §3.1.3.7, steps 2 to 13; the signature's steps come before. */
export const ID_TOKEN_CHECKS: readonly TokenCheck[] = [
  ...CLAIM_CHECKS,
  checkNonce,
  checkAuthenticationAge,
  checkAccessTokenHash,
];

/** Core §12.2: no new sign-in, so no nonce and no age of one; see `checkSameSignIn`. */
export const RENEWED_ID_TOKEN_CHECKS: readonly TokenCheck[] = [
  ...CLAIM_CHECKS,
  checkAccessTokenHash,
];

/** What every token of a provider is held against. */
export const providerRules = (
  kind: 'id' | 'logout',
  setting: OpenIdConnectSetting,
  metadata: ProviderMetadata,
  signIn: Partial<Pick<TokenRules, 'nonce' | 'maxAge' | 'accessToken'>> = {},
): TokenRules => ({
  kind,
  keysUrl: metadata.jwksUri,
  issuer: metadata.issuer,
  audience: setting.clientId,
  clockTolerance: setting.clockTolerance,
  maxLifetime: null,
  nonce: null,
  maxAge: null,
  accessToken: null,
  ...signIn,
});

export {
  type AuthorizationRequest,
  authorizeAt,
} from './hostile-provider/authorize-at.ts';
export { FAULTS, type Fault } from './hostile-provider/fault.ts';
export type { HostileIssuer } from './hostile-provider/issuer.ts';
export type { Module } from './hostile-provider/module.ts';
export { type ModuleName, moduleNames, modules } from './hostile-provider/modules.ts';
export {
  type HostileProvider,
  type HostileProviderOptions,
  startHostileProvider,
} from './hostile-provider/start-hostile-provider.ts';
export type { RegisteredClient } from './identity-provider/client-registry.ts';
export type { ProviderLifetimes } from './identity-provider/configuration.ts';
export { type Pkce, pkce } from './identity-provider/pkce.ts';
export {
  type CookieJar,
  type SignInRequest,
  type SignInResult,
  signInAt,
} from './identity-provider/sign-in-at.ts';
export {
  type IdentityProvider,
  type IdentityProviderOptions,
  startIdentityProvider,
} from './identity-provider/start-identity-provider.ts';
export { publicKeyArray } from './keys/key-formats.ts';
export type { KeyRotation } from './keys/key-ring.ts';
export { type Hit, type KeyServer, type Respond, startKeyServer } from './keys/key-server.ts';
export {
  type SelfSignedCertificate,
  selfSignedCertificate,
} from './keys/self-signed-certificate.ts';
export { type SigningKey, signingKey, signToken } from './keys/signing-key.ts';
export { fullName, type Person, people, SAMPLE_PASSWORD } from './people.ts';
export { TOKEN_VARIANTS, type TokenVariant } from './portal/site-token.ts';
export { type Portal, type PortalOptions, startPortal } from './portal/start-portal.ts';
export type { Reply } from './site/reply.ts';
export {
  type KeyFormat,
  startTokenIssuer,
  type TokenIssuer,
} from './token-issuer/start-token-issuer.ts';

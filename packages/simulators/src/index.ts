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
export {
  type Hit,
  type KeyServer,
  type Reply,
  type Respond,
  startKeyServer,
} from './keys/key-server.ts';
export { type SigningKey, signingKey, signToken } from './keys/signing-key.ts';
export { fullName, type Person, people, SAMPLE_PASSWORD } from './people.ts';
export { TOKEN_VARIANTS, type TokenVariant } from './portal/site-token.ts';
export { type Portal, type PortalOptions, startPortal } from './portal/start-portal.ts';

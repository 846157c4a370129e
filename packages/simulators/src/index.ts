export type { Business } from './apple-gateway/business.ts';
export {
  type AppleGateway,
  type AppleGatewayOptions,
  createAppleGateway,
} from './apple-gateway/create-apple-gateway.ts';
export type { OutgoingFile } from './apple-gateway/device/attach.ts';
export type { Device, DeviceOptions } from './apple-gateway/device/device.ts';
export type { TranscriptLine } from './apple-gateway/device/inbox.ts';
export {
  type DeviceProfile,
  deviceProfiles,
  type ProfileName,
} from './apple-gateway/device/profiles.ts';
export type {
  ListPicker,
  MessageKind,
  MessageOf,
  OAuthRequest,
  QuickReply,
  ReceivedFile,
  ReceivedMessage,
  SignInBubble,
  TimePicker,
} from './apple-gateway/device/received-message.ts';
export type { ReplyOptions } from './apple-gateway/device/reply.ts';
export type { SendOptions } from './apple-gateway/device/sender.ts';
export type { SignInOptions, SignInOutcome } from './apple-gateway/device/sign-in.ts';
export type { Version1Options } from './apple-gateway/device/sign-in-version-1.ts';
export type {
  Callback,
  Report,
  Version2Options,
} from './apple-gateway/device/sign-in-version-2.ts';
export type { GatewayFault } from './apple-gateway/fault-script.ts';
export type {
  CallRecord,
  GatewayPath,
  Rejection,
  Violation,
  ViolationCode,
  WebhookDelivery,
} from './apple-gateway/journal.ts';
export type {
  AuthorizationAnswer,
  OAuthClient,
  ProviderEndpoint,
  ProviderFault,
  ProviderRequest,
} from './apple-gateway/provider/provider-state.ts';
export {
  type OAuthProvider,
  type OAuthProviderOptions,
  startOAuthProvider,
} from './apple-gateway/provider/start-oauth-provider.ts';
export type { RefusalCode } from './apple-gateway/refusal.ts';
export { type WebhookFault, webhookFaults } from './apple-gateway/webhook/webhook-fault.ts';
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

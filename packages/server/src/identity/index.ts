import type { Attempt, TriedToken } from '@countersign/protocol';
import type { AppleEvidence, AppleRefusal } from './apple/evidence.ts';
import type { SiteFault, SiteSetting } from './attempts/site-fault.ts';
import type { AttemptRange } from './attempts/store.ts';
import type { ExaminedToken } from './attempts/try-token.ts';
import type { KeySetReport } from './keys/key-sets.ts';
import type { SettingStatus } from './keys/setting-status.ts';
import type { AuthorizationRequest } from './provider/authorization-url.ts';
import type {
  AppleOauthSetting,
  OpenIdConnectSetting,
  SignedTokenSetting,
  TokenSetting,
} from './setting.ts';
import type { ProvenIdentity, Reason, Verdict } from './verdict.ts';

export type { Attempt } from '@countersign/protocol';
export { newEncryptionKey, publicKeyOf } from './apple/decrypt-token.ts';
export type { AppleEvidence, AppleRefusal } from './apple/evidence.ts';
export { ATTEMPTS_TOPIC, type AttemptsHint } from './attempts/announce-attempts.ts';
export type { SiteFault, SiteSetting } from './attempts/site-fault.ts';
export type { ExaminedToken } from './attempts/try-token.ts';
export { checkSignedToken, type Examined } from './check-signed-token.ts';
export { createIdentity, type IdentityDeps } from './create-identity.ts';
export { clockSkewOf } from './keys/clock-skew.ts';
export { createKeySets, type KeySetReport, type KeySets } from './keys/key-sets.ts';
export { keysOfText } from './keys/keys-of-text.ts';
export { parseKeySet } from './keys/parse-key-set.ts';
export type { KeySet } from './keys/public-key.ts';
export type { SettingStatus } from './keys/setting-status.ts';
export { KEYS_EXPIRING_TOPIC, type KeyExpiring } from './keys/tell-expiring.ts';
export { identityMigrations } from './migrations.ts';
export type { AuthorizationRequest } from './provider/authorization-url.ts';
export { privateKeyProblem } from './provider/client-assertion.ts';
export {
  type AppleOauthSetting,
  isTokenSetting,
  type OpenIdConnectSetting,
  type Setting,
  type SignedTokenSetting,
  type TokenSetting,
} from './setting.ts';
export { type Check, type ProvenIdentity, type Reason, reasons, type Verdict } from './verdict.ts';

/** Where an attempt came from; recorded with it. */
export interface AttemptSource {
  deploymentId: string;
  channel: string;
}

/** What the client brings back from the provider: Guest API spec §9.1. */
export interface CodeGrant {
  code?: string;
  idToken?: string;
  redirectUri?: string;
  codeVerifier?: string;
  nonce?: string;
  /** Seconds. */
  maxAge?: number;
  iss?: string;
}

/** Whose sign-ins end: a person's, one provider session, or that session of that person. */
export type LogoutVerdict =
  | {
      outcome: 'accepted';
      reference: string;
      settingId: string;
      subject: string | null;
      providerSession: string | null;
    }
  | { outcome: 'refused'; reference: string; reason: Reason; hint: string };

/** Proves who the customer is. Every call ends in one recorded attempt. */
export interface IdentityModule {
  proveSignedToken(
    setting: SignedTokenSetting,
    token: string,
    source: AttemptSource,
  ): Promise<Verdict>;
  proveOpenIdConnect(
    setting: OpenIdConnectSetting,
    grant: CodeGrant,
    source: AttemptSource,
  ): Promise<Verdict>;
  /**
   * Asks the provider again whether the sign-in stands, with the refresh token that it gave. The new
   * ID token, where there is one, must name the person of `identity` (OpenID Connect Core §12.2). A
   * refusal `provider_unavailable` says nothing about the sign-in; every other one ends it.
   */
  renewOpenIdConnect(
    setting: OpenIdConnectSetting,
    signIn: { refreshToken: string; identity: ProvenIdentity },
    source: AttemptSource,
  ): Promise<Verdict>;
  /**
   * A logout token that a provider posted (OpenID Connect Back-Channel Logout 1.0 §2.6), held against
   * the settings that have its client. Accepted once: its `jti` is kept until it has expired.
   */
  proveLogout(
    settings: readonly OpenIdConnectSetting[],
    logoutToken: string,
    source: AttemptSource,
  ): Promise<LogoutVerdict>;
  /**
   * A sign-in in Apple Messages: what the device sent, or what our callback got (Apple Messages spec §7.5,
   * §9.4). An identity of version 2 is provisional: the device has yet to confirm it (§9.6).
   */
  proveApple(
    setting: AppleOauthSetting,
    evidence: AppleEvidence,
    source: AttemptSource,
  ): Promise<Verdict>;
  /** An Apple sign-in that ended without a proof; `setting` null: it belongs to no request of ours. */
  refuseApple(
    setting: AppleOauthSetting | null,
    refusal: AppleRefusal,
    source: AttemptSource,
  ): Promise<Verdict>;
  /**
   * The client brought a proof, and the deployment has no setting of that kind to hold it against:
   * recorded and refused like any other.
   */
  refuseMissingSetting(
    wanted: 'openid-connect' | 'signed-token',
    source: AttemptSource,
  ): Promise<Verdict>;
  /** What the page did instead of giving a proof. `setting`: that of its deployment, null: none. */
  reportSiteFault(
    setting: SiteSetting | null,
    fault: SiteFault,
    source: AttemptSource,
  ): Promise<Verdict>;
  /** The checks of a sign-in on a token by itself: nothing of it is kept, counted or logged. */
  tryToken(setting: TokenSetting, token: string): Promise<TriedToken>;
  /** The same, with the identity that a sign-in would have got from it. */
  examineToken(setting: TokenSetting, token: string): Promise<ExaminedToken>;
  /** Where a browser signs in by this setting. Fault `provider_unavailable` 502. */
  authorizationUrl(setting: OpenIdConnectSetting, request: AuthorizationRequest): Promise<string>;
  /** How the keys at a public key URL are doing; fetches them when they are not fresh. */
  keySetReport(publicKeyUrl: string): Promise<KeySetReport>;
  /** Newest first. `reference` as people type it; `limit` 1 to 200. */
  attempts(filter: {
    outcome?: string;
    reason?: string;
    settingId?: string;
    reference?: string;
    limit: number;
    cursor?: string;
  }): Promise<{ items: Attempt[]; next?: string }>;
  /** Refused attempts by bucket (ms, from the epoch on); those that were deleted are not counted. */
  refusedAttempts(range: AttemptRange): Promise<{ at: number; count: number }[]>;
  /** How the keys of these settings are doing, as all nodes saw it. Fetches nothing. */
  settingStatuses(settings: readonly TokenSetting[]): Promise<SettingStatus[]>;
  /**
   * Fetches the setting's keys now, here and then on every other node: a key that is gone is refused
   * from then on. Answers what could not be fetched; there the keys read before stay in use.
   */
  refetchKeys(setting: TokenSetting): Promise<{ url: string; problem: string }[]>;
  /**
   * What is to be done from time to time, to be called about once a second: writes what was counted,
   * follows other nodes, deletes old attempts, and tells of keys of these settings that end soon.
   */
  sweep(settings: readonly TokenSetting[]): Promise<void>;
  /** Writes what was counted. */
  close(): Promise<void>;
}

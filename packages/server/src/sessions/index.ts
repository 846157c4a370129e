import type { WouldBeRefused } from '@countersign/protocol';
import type { Deployment } from '../configuration/index.ts';
import type { ProvenIdentity } from '../identity/index.ts';
import type { DeviceSession, PersonAnywhere } from './device-store.ts';
import type { SessionHint } from './hints.ts';
import type { Grant, Session } from './records.ts';
import type { SignOut, SignOutBy } from './sign-out.ts';
import type { Ending } from './store.ts';

export { createSessions, type SessionsParts } from './create-sessions.ts';
export type { DeviceSession, PersonAnywhere } from './device-store.ts';
export { type SessionHint, sessionTopic } from './hints.ts';
export { sessionMigrations } from './migrations.ts';
export { type Grant, hasLapsed, identityOfProof, ownerKeyOf, type Session } from './records.ts';
export { signInFacts } from './sign-in-facts.ts';
export type { SignOutBy } from './sign-out.ts';
export type { SignOutScope } from './sign-out-store.ts';
export type { Ending } from './store.ts';

/** Who asks for a session. */
export interface Client {
  /** The caller's: the other connections of a session that this call replaces are told `closed`. */
  connection?: string;
  /** What it runs on, as in "Firefox on Linux". */
  device?: string;
}

export interface ConfiguredSession {
  session: Session;
  newSession: boolean;
  clearedExistingSession: boolean;
  /** A guest session became this person's in this call: write `signed-in`. */
  steppedUp: boolean;
  /**
   * The token's earlier session, which this call made unreachable (started anew, run out, or another
   * person's): its open conversation is to be ended.
   */
  replaced?: { id: string; ownerKey: string };
}

/** What a visitor holds: issue, refresh, revoke, step up. Faults carry the codes named here. */
export interface Sessions {
  /**
   * Exchanges a proof for our own JWT (typ `countersign-session+jwt`, `exp` in seconds, lifetime
   * 15 min or until the token or the proof ends if sooner; claims `sub` = grant id, `name`, `identity`,
   * `until` = epoch seconds until which the proof stands, left out when that is the session's life)
   * and, for openid-connect, a refresh token that is not single-use (Guest API §9.2). What the provider
   * gave to renew it is kept sealed.
   */
  grant(
    deployment: Deployment,
    identity: ProvenIdentity,
    contactId: string,
    providerRefreshToken?: string | null,
  ): Promise<{ jwt: string; expiresAt: number; refreshToken?: string }>;
  /**
   * Asks the provider where it gave something to ask with, and confirms the conversation. Faults:
   * `invalid_refresh_token` 401; `provider_unavailable` 503: nothing has changed, try again.
   */
  refresh(refreshToken: string, deploymentId?: string): Promise<{ jwt: string }>;
  /** Faults: `unauthorized` 401 (bad, expired, revoked, of another deployment). */
  verify(jwt: string, deploymentId?: string): Promise<Grant>;
  /**
   * The customer signs out: everywhere, or on the device of this JWT alone. See `signOut`.
   * Fault `unauthorized` 401.
   */
  revoke(jwt: string, scope?: 'everywhere' | 'device'): Promise<void>;
  /**
   * Ends sign-ins and their sessions; publishes `logout`, writes `signed-out` and lets the conversation
   * lapse when nobody who was proven is left in it. Answers how many sessions ended.
   */
  signOut: SignOut;
  /** Ends every session at a deployment, guests' too. Answers how many. */
  endAt(deploymentId: string, by: SignOutBy): Promise<number>;
  /** How many live sessions hang on a deployment or a setting. */
  countLive(of: { deploymentId?: string; settingId?: string }): Promise<number>;
  /** The live sessions of these people, the last seen first. */
  devicesOf(people: PersonAnywhere[]): Promise<DeviceSession[]>;
  /** Sessions that ended at or after this time (ms): what lost hints are repaired from. */
  endedSince(since: number): Promise<Ending[]>;
  /** One round: conversations whose proof has run out become `lapsed`. */
  lapse(): Promise<void>;

  /**
   * Guest API §4.1, §5.2: goes on with the token's live session, or makes one (unknown, ended or run out).
   * Faults: `downgrade` 4017, `authentication_required` 403, `invalid_token` 400.
   */
  configureGuest(
    deployment: Deployment,
    token: string,
    startNew: boolean,
    client?: Client,
  ): Promise<ConfiguredSession>;
  /**
   * Guest API §4.2, §5.6. The same person again renews: the session is bound to the new sign-in and their
   * conversation confirmed. Faults: `step_up_not_allowed` 403, `unauthorized` 401,
   * `invalid_token` 400.
   */
  configureAuthenticated(
    deployment: Deployment,
    token: string,
    grant: Grant,
    startNew: boolean,
    client?: Client,
  ): Promise<ConfiguredSession>;
  /** A live session; null: unknown, ended or run out (4006 when the socket knew it, else 4007). */
  read(id: string): Promise<Session | null>;
  /** The conversations whose entries this session may read, oldest first. */
  conversationsOf(id: string): Promise<string[]>;
  link(id: string, conversationId: string): Promise<void>;
  sessionsOf(conversationId: string): Promise<string[]>;
  /** Extends the session (its `expiresAt` too); written once a minute. Answers the new expiry (ms). */
  touch(session: Session): number;
  setReadOnly(id: string, readOnly: boolean): Promise<void>;
  /** Guest API §5.4 / §5.7: nothing of the session can be reached any more; publishes the hint. */
  end(id: string, how: SessionHint): Promise<void>;

  /** For the history endpoint alone; about a minute. */
  historyToken(session: Session): Promise<{ jwt: string; exp: number }>;
  /** Fault `unauthorized` 401. */
  verifyHistoryToken(jwt: string): Promise<string>;
  /** Guests who were admitted since these settings only observe, by setting id. */
  wouldBeRefused(settingIds: string[]): Promise<Map<string, WouldBeRefused>>;
  /** Ends what has run out and publishes `expired`; runs by itself every few seconds. */
  sweep(): Promise<void>;
  close(): Promise<void>;
}

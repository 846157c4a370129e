import type { Deployment } from '../configuration/index.ts';
import type { ProvenIdentity } from '../identity/index.ts';
import type { SessionHint } from './hints.ts';
import type { Grant, Session } from './records.ts';

export { createSessions, type SessionsParts } from './create-sessions.ts';
export { type SessionHint, sessionTopic } from './hints.ts';
export { sessionMigrations } from './migrations.ts';
export { type Grant, ownerKeyOf, type Session } from './records.ts';

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
   * 15 min or the token's remaining life if shorter; claims `sub` = grant id, `name`, `identity`)
   * and, for openid-connect, a refresh token that is not single-use (Guest API §9.2).
   */
  grant(
    deployment: Deployment,
    identity: ProvenIdentity,
    contactId: string,
  ): Promise<{ jwt: string; expiresAt: number; refreshToken?: string }>;
  /** Faults: `invalid_refresh_token` 401. */
  refresh(refreshToken: string, deploymentId?: string): Promise<{ jwt: string }>;
  /** Faults: `unauthorized` 401 (bad, expired, revoked, of another deployment). */
  verify(jwt: string, deploymentId?: string): Promise<Grant>;
  /** Ends the sign-in of this JWT and every session of it; publishes `logout`. Fault `unauthorized` 401. */
  revoke(jwt: string): Promise<void>;

  /**
   * Guest API §4.1, §5.2: goes on with the token's live session, or makes one (unknown, ended or run out).
   * Faults: `downgrade` 4017, `authentication_required` 403, `invalid_token` 400.
   */
  configureGuest(
    deployment: Deployment,
    token: string,
    startNew: boolean,
    /** The caller's: the other connections of a session that this call replaces are told `closed`. */
    connection?: string,
  ): Promise<ConfiguredSession>;
  /** Guest API §4.2, §5.6. Faults: `step_up_not_allowed` 403, `unauthorized` 401, `invalid_token` 400. */
  configureAuthenticated(
    deployment: Deployment,
    token: string,
    grant: Grant,
    startNew: boolean,
    /** The caller's: the other connections of a session that this call replaces are told `closed`. */
    connection?: string,
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
  /** Ends what has run out and publishes `expired`; runs by itself every few seconds. */
  sweep(): Promise<void>;
  close(): Promise<void>;
}

import type { Identity } from '@countersign/protocol';
import type { Deployment } from '../configuration/index.ts';
import type { ProvenIdentity } from '../identity/index.ts';

/** A sign-in: what a proof was exchanged for. Outlives sockets; ended by revoke. */
export interface Grant {
  id: string;
  deploymentId: string;
  identity: ProvenIdentity;
  contactId: string;
}

/** What a visitor's client holds. Times are ms since the epoch. */
export interface Session {
  id: string;
  deploymentId: string;
  /** Null for a guest. */
  grant: Grant | null;
  /** Of this session, as entries and the conversation take it over. */
  identity: Identity;
  ownerKey: string;
  readOnly: boolean;
  createdAt: number;
  expiresAt: number;
}

export interface ConfiguredSession {
  session: Session;
  newSession: boolean;
  clearedExistingSession: boolean;
  /** A guest session became this person's in this call: write `signed-in`. */
  steppedUp: boolean;
  /** The session that this call made unreachable (`startNew`): its conversation is to be ended. */
  replaced?: { id: string; ownerKey: string };
}

/** Published on the bus, topic `session/<id>`; sockets act on it within 1 s on every node. */
export type SessionHint =
  | { type: 'logout' }
  | { type: 'closed'; exceptConnection?: string; reason?: 'signedIn' }
  | { type: 'cleared' }
  | { type: 'expired' }
  | { type: 'read-only' };

export const sessionTopic = (id: string): string => `session/${id}`;

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

  /** Guest API §4.1, §5.2. Faults: `downgrade` 4017, `authentication_required` 403, `session_expired` 4006. */
  configureGuest(
    deployment: Deployment,
    token: string,
    startNew: boolean,
  ): Promise<ConfiguredSession>;
  /** Guest API §4.2, §5.6. Faults: `step_up_not_allowed` 403, `session_expired` 4006. */
  configureAuthenticated(
    deployment: Deployment,
    token: string,
    grant: Grant,
    startNew: boolean,
  ): Promise<ConfiguredSession>;
  read(id: string): Promise<Session | null>;
  /** The conversations whose entries this session may read, oldest first. */
  conversationsOf(id: string): Promise<string[]>;
  link(id: string, conversationId: string): Promise<void>;
  sessionsOf(conversationId: string): Promise<string[]>;
  /** Extends the session; writes at most once a minute a session. Answers the new expiry (ms). */
  touch(session: Session): number;
  setReadOnly(id: string, readOnly: boolean): Promise<void>;
  /** Guest API §5.4 / §5.7: nothing of the session can be reached any more; publishes the hint. */
  end(id: string, how: SessionHint): Promise<void>;

  /** For the history endpoint alone; about a minute. */
  historyToken(session: Session): Promise<{ jwt: string; exp: number }>;
  /** Fault `unauthorized` 401. */
  verifyHistoryToken(jwt: string): Promise<string>;
  close(): Promise<void>;
}

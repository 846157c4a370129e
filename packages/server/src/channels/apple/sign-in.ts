import type { AppleAccount } from '../../configuration/index.ts';

/** What a device says to a request to sign in (§7.4, §9.5). */
export interface AuthenticationReply {
  account: AppleAccount;
  opaqueId: string;
  /** The customer's open conversation; null: they have none. */
  conversationId: string | null;
  requestIdentifier: string;
  /** `data.version`, as it came. */
  version: string;
  /** `data.authenticate`, as it came: it is to be judged. */
  authenticate: unknown;
}

/** A request as the gateway takes it. */
export interface SignInMessage {
  version: 1 | 2;
  /** Of the message to `/authenticate`. */
  body: Record<string, unknown>;
}

/** Why a request reaches no device. `status`: the gateway's, null when it never answered. */
export type NotAsked =
  | { reason: 'gateway_rejected'; status: number | null }
  | { reason: 'capability_missing' | 'sign_in_not_attached' };

export interface SignIn {
  /** Null: the request waits no more, and nothing is sent. */
  toSend(requestIdentifier: string): Promise<SignInMessage | null>;
  /** The gateway has taken it. */
  sent(requestIdentifier: string): Promise<void>;
  /** It ends, and the agent reads why. */
  notSent(requestIdentifier: string, why: NotAsked): Promise<void>;
  /**
   * Resolves once the reply is stored: Apple is answered only then. What takes longer goes on afterwards.
   * The same reply may come more than once.
   */
  replied(reply: AuthenticationReply): Promise<void>;
  /** The customer has closed: what is pending for them is over (§4.6). */
  closed(customer: { account: AppleAccount; opaqueId: string }): Promise<void>;
}

/** Where no sign-in is offered, a reply answers nothing that was asked. */
export const noSignIn: SignIn = {
  toSend: async () => null,
  sent: async () => {},
  notSent: async () => {},
  replied: async () => {},
  closed: async () => {},
};

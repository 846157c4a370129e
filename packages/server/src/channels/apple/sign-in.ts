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

export interface SignIn {
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
  replied: async () => {},
  closed: async () => {},
};

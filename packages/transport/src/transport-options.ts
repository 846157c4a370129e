import type { Environment } from './environment.ts';
import type { Frame } from './frames.ts';
import type { Entry } from './message.ts';
import type { Proof } from './rest.ts';
import type { State } from './state.ts';
import type { TokenStore } from './store.ts';

export interface TransportOptions {
  /** The node's base URL, without a trailing slash. */
  url: string;
  deploymentId: string;
  store: TokenStore;
  /**
   * Asked, without a word to the customer, for a new proof when the sign-in runs out and cannot be
   * refreshed. May reject with `NoProof`.
   */
  getProof?: () => Promise<Proof>;
  /** Shown in the server's log as the client's name and version. */
  application?: string;
  /** `authenticate`: shows it when an agent asks the customer to sign in. */
  capabilities?: readonly 'authenticate'[];
  environment?: Environment;
}

export interface TransportEvents {
  state: State;
  /** Entries that were not known: live, or read after a reconnect. */
  entries: readonly Entry[];
  /** The agent is typing. */
  typing: undefined;
  /** An agent asks the customer to sign in. */
  'authentication-requested': undefined;
  /** A frame that answers nothing and that the transport itself does not read. */
  other: Extract<Frame, { kind: 'other' }>;
  /** The person, and all that was theirs, is gone from here: signed out, or another one signed in. */
  wiped: undefined;
  /** Anything that a view shows has changed. */
  change: undefined;
}

/** What the page (loader) and the panel (iframe) tell each other over their MessagePort. */

/** The first message, with the port: the panel checks where it comes from. */
export const HELLO = 'countersign-chat';

export type ToPanel =
  /** A command of the page API that the panel carries out, or an event of AuthProvider; answered by `reply`. */
  | { t: 'call'; id: number; name: string; data?: unknown }
  /** The answer to an `ask`. */
  | { t: 'answer'; id: number; ok: boolean; data?: unknown }
  /** Whether the customer sees the panel. */
  | { t: 'shown'; open: boolean };

export type ToPage =
  | { t: 'reply'; id: number; ok: boolean; data?: unknown }
  /** A command of a plugin of the site, or `function` with a dotted global name. */
  | { t: 'ask'; id: number; name: string; data?: unknown }
  | { t: 'event'; plugin: string; name: string; data?: unknown }
  | { t: 'unread'; count: number }
  /** Look of the launcher, once the configuration is known. */
  | { t: 'look'; color: string; on: string }
  | { t: 'close' };

/** Why the site gave no proof (Omnichannel §1.6): the codes of the client function's failures. */
export type ProofFault = 'threw' | 'empty' | 'timeout' | 'missing';

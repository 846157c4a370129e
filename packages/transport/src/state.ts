/** How a transport stands: one of these at a time, so that nothing half-way can be shown. */
export type State =
  | { readonly kind: 'idle' }
  | { readonly kind: 'connecting' }
  | { readonly kind: 'open'; readonly readOnly: boolean }
  /** `retryAt`: epoch milliseconds of the next try. */
  | { readonly kind: 'reconnecting'; readonly attempt: number; readonly retryAt: number }
  /** The proof was refused. It never becomes a guest chat. */
  | { readonly kind: 'refused'; readonly message: string; readonly reference?: string }
  | { readonly kind: 'closed'; readonly reason: ClosedReason };

export type ClosedReason =
  /** The session was opened in a fourth place, or ended in another. */
  | 'replaced'
  | 'expired'
  | 'signed-out'
  | 'cleared'
  /** This deployment asks for a sign-in. */
  | 'sign-in-required'
  | 'disconnected';

/** How the proof of who the customer is stands. A line of its own: a proof ends with or without a connection. */
export type Standing =
  | { readonly kind: 'current' }
  /** A new proof takes noticeably long; the old one still stands. */
  | { readonly kind: 'renewing' }
  /** The old proof is over and there is no new one: what the customer sends waits for it. */
  | { readonly kind: 'lapsed'; readonly reference?: string };

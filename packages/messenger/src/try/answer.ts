/** What the callback page hands to the page that waits for a provider's answer. */
export interface SignInAnswer {
  /** Of the sign-in, as the node named it. */
  id: string;
  /** Where to go back to, of a sign-in by redirect; null: it was in a popup. */
  to: string | null;
  /** What `AuthProvider.getAuthCode` resolves with (Guest API spec §14.4). */
  proof?: Record<string, string>;
  /** RFC 6749 §4.1.2.1. */
  error?: string;
  description?: string | null;
}

export const CHANNEL = 'countersign-try';
/** Keeps the answer over a redirect, in this tab alone. */
export const ANSWER_KEY = 'countersign-try';

import type { AuthenticationMethod, Reason } from '@countersign/protocol';

export { type Reason, reasons } from '@countersign/protocol';

/** A person, proven. */
export interface ProvenIdentity {
  settingId: string;
  settingName: string;
  method: AuthenticationMethod;
  issuer: string;
  subject: string;
  keyId: string | null;
  /** When the proof was accepted, ms since the epoch. */
  since: number;
  /** When the token itself ends, ms since the epoch. */
  tokenExpiresAt: number;
  /** Until when the proof stands by the setting's `reproof`, ms since the epoch; null: session life. */
  reproveAt: number | null;
  /** The provider's name of its session (`sid`), for its logout messages; null: none told. */
  providerSession: string | null;
  name: string | null;
  email: string | null;
  locale: string | null;
  /**
   * Facts the proof vouches for, by exact name, as primitives: `lwicontexts` of a signed token, the
   * setting's `contextClaims` of an ID token. Not yet held against a workstream's definitions.
   */
  facts: Record<string, string | number | boolean>;
}

/** One named check of an attempt, in the order they ran. No secret is ever observed or expected. */
export interface Check {
  name: string;
  passed: boolean;
  observed?: string;
  expected?: string;
  /** Of a tried token: what only a whole sign-in can show. */
  judged?: false;
}

export type Verdict =
  | {
      outcome: 'accepted';
      reference: string;
      identity: ProvenIdentity;
      /** What renews the sign-in at the provider; never shown to a browser. */
      providerRefreshToken: string | null;
      checks: Check[];
    }
  | { outcome: 'refused'; reference: string; reason: Reason; hint: string; checks: Check[] };

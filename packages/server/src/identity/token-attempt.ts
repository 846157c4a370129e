import type { CheckLog, Refusal } from './check-log.ts';
import type { CompactJws } from './compact-jws.ts';
import type { JsonObject } from './strict-json.ts';

/** What a token is held against. Everything comes from the setting or the sign-in, never the token. */
export interface TokenRules {
  /** `customer`: a token the site signed. `id`, `logout`: an ID or logout token of an OpenID provider. */
  kind: 'customer' | 'id' | 'logout';
  keysUrl: string;
  /** Null: any. */
  issuer: string | null;
  /** Null: not looked at. */
  audience: string | null;
  /** Seconds. */
  clockTolerance: number;
  /** Longest `exp` − `iat`, seconds; null: any. */
  maxLifetime: number | null;
  /** What the sign-in asked the provider for; null: nothing, and then the token may carry none. */
  nonce: string | null;
  /** Seconds; null: not asked for. */
  maxAge: number | null;
  /** The access token that came with the ID token. */
  accessToken: string | null;
}

/** What is known of the clock behind a key URL, for the hints of refused times. */
export interface IssuerClock {
  /** That clock minus ours, seconds; null: not known. */
  clockSkewSeconds(keysUrl: string): number | null;
}

/** One token under examination. */
export interface TokenAttempt extends CompactJws {
  claims: JsonObject;
  log: CheckLog;
  rules: TokenRules;
  issuerClock: IssuerClock | null;
  /** Milliseconds since the epoch. */
  nowMs: number;
}

/** One named check. It logs what it saw and says null, or the refusal that ends the attempt. */
export type TokenCheck = (attempt: TokenAttempt) => Refusal | null;

/** Runs checks in order until one refuses. */
export function runChecks(checks: readonly TokenCheck[], attempt: TokenAttempt): Refusal | null {
  for (const check of checks) {
    const refusal = check(attempt);
    if (refusal !== null) return refusal;
  }
  return null;
}

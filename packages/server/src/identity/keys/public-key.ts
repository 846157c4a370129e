import type { KeyObject } from 'node:crypto';

/** A key that passed every check at import: RSA, to be used with RS256 alone. */
export interface PublicKey {
  kid: string | null;
  key: KeyObject;
  /** Length of its signatures: that of the modulus. */
  signatureBytes: number;
  /** SHA-256 of its SubjectPublicKeyInfo, hexadecimal. */
  thumbprint: string;
  /** Milliseconds since the epoch; null: no end. */
  expiresAt: number | null;
}

/** A published key that is left out, and why, in words for administrators. */
export interface UnusableKey {
  kid: string | null;
  why: string;
}

export interface KeySet {
  keys: PublicKey[];
  unusable: UnusableKey[];
}

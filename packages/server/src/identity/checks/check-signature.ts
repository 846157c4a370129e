import { verify } from 'node:crypto';
import type { Refusal } from '../check-log.ts';
import type { CompactJws } from '../compact-jws.ts';
import type { PublicKey } from '../keys/public-key.ts';
import { shown } from '../shown.ts';
import type { TokenAttempt } from '../token-attempt.ts';

/**
 * RFC 7518 §3.3, RSASSA-PKCS1-v1_5 with SHA-256, by a key whose type was checked at import. `fits`:
 * what came of it, where that is known already.
 */
export function checkSignature(
  attempt: TokenAttempt,
  key: PublicKey,
  fits = hasSignature(key, attempt),
): Refusal | null {
  const { log, signature } = attempt;
  const expected = `RS256 by ${key.kid === null ? 'the key' : `key ${shown(key.kid)}`}`;
  if (fits) return log.pass('signature', 'valid', expected);
  const observed =
    signature.length === key.signatureBytes
      ? 'does not fit the key'
      : `${signature.length} bytes instead of ${key.signatureBytes}`;
  return log.refuse('signature', 'bad_signature', {
    observed,
    expected,
    hint: `The signature was not made by ${key.kid === null ? 'the key' : `the key ${shown(key.kid)}`} at ${attempt.rules.keysUrl}: sign with the private key that belongs to it, or publish the new public key.`,
  });
}

/** Synchronous on purpose: at 20 µs a check the thread pool costs more than it gives. */
export const hasSignature = (key: PublicKey, { signingInput, signature }: Signed): boolean =>
  signature.length === key.signatureBytes && verify('RSA-SHA256', signingInput, key.key, signature);

type Signed = Pick<CompactJws, 'signingInput' | 'signature'>;

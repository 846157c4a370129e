import { createPublicKey, type KeyObject } from 'node:crypto';
import type { JsonObject } from '../strict-json.ts';
import { rsaKeyProblem } from './check-rsa-key.ts';
import type { PublicKey, UnusableKey } from './public-key.ts';
import { thumbprintOf } from './thumbprint.ts';

export type ImportedKey = { key: PublicKey } | { unusable: UnusableKey };

const PEM = /^-----BEGIN PUBLIC KEY-----([A-Za-z0-9+/=\s]+)-----END PUBLIC KEY-----$/;

/** One SubjectPublicKeyInfo in PEM (RFC 7468 §13). */
export function importPem(pem: string, kid: string | null, expiresAt: number | null): ImportedKey {
  if (/PRIVATE KEY-----/.test(pem)) return unusable(kid, 'a private key: replace it at once');
  const body = PEM.exec(pem.trim())?.[1];
  if (body === undefined) return unusable(kid, 'not one PEM "BEGIN PUBLIC KEY" block');
  const der = Buffer.from(body, 'base64');
  return imported(kid, expiresAt, () => createPublicKey({ key: der, format: 'der', type: 'spki' }));
}

/** One member of a JWK set (RFC 7517 §4, RFC 7518 §6.3.1); only `n` and `e` are taken over. */
export function importJwk(jwk: JsonObject, kid: string | null): ImportedKey {
  const { kty, n, e, use, alg, key_ops: operations } = jwk;
  if (kty !== 'RSA')
    return unusable(kid, `kty ${typeof kty === 'string' ? kty : 'absent'}, not RSA`);
  if (jwk.d !== undefined) return unusable(kid, 'a private key: replace it at once');
  if (use !== undefined && use !== 'sig') return unusable(kid, `use ${String(use)}, not sig`);
  if (alg !== undefined && alg !== 'RS256') return unusable(kid, `alg ${String(alg)}, not RS256`);
  if (operations !== undefined && !(Array.isArray(operations) && operations.includes('verify')))
    return unusable(kid, 'key_ops without verify');
  if (typeof n !== 'string' || typeof e !== 'string') return unusable(kid, 'n or e is missing');
  return imported(kid, null, () => createPublicKey({ key: { kty, n, e }, format: 'jwk' }));
}

export const unusable = (kid: string | null, why: string): ImportedKey => ({
  unusable: { kid, why },
});

function imported(
  kid: string | null,
  expiresAt: number | null,
  read: () => KeyObject,
): ImportedKey {
  let key: KeyObject;
  try {
    key = read();
  } catch {
    return unusable(kid, 'cannot be read as a key');
  }
  const problem = rsaKeyProblem(key);
  if (problem !== null) return unusable(kid, problem);
  const signatureBytes = Math.ceil((key.asymmetricKeyDetails?.modulusLength ?? 0) / 8);
  return { key: { kid, key, signatureBytes, thumbprint: thumbprintOf(key), expiresAt } };
}

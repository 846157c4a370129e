import { createPublicKey, type KeyObject } from 'node:crypto';
import type { JsonObject } from '../strict-json.ts';
import { rsaKeyProblem } from './check-rsa-key.ts';
import type { PublicKey, UnusableKey } from './public-key.ts';

export type ImportedKey = { key: PublicKey } | { unusable: UnusableKey };

const PEM = /^-----BEGIN PUBLIC KEY-----([A-Za-z0-9+/=\s]+)-----END PUBLIC KEY-----$/;

/** One SubjectPublicKeyInfo in PEM (RFC 7468 §13). */
export function importPem(pem: string, kid: string | null, expiresAt: number | null): ImportedKey {
  if (/PRIVATE KEY-----/.test(pem)) return unusable(kid, 'a private key: replace it at once');
  const body = PEM.exec(pem.trim())?.[1];
  if (body === undefined) return unusable(kid, otherBlock(pem));
  const der = Buffer.from(body, 'base64');
  const read = () => createPublicKey({ key: der, format: 'der', type: 'spki' });
  return imported({ kid, expiresAt, damaged: DAMAGED_PEM }, read);
}

const DAMAGED_PEM = 'the PEM cannot be parsed; a character or a line is missing or changed';

function otherBlock(pem: string): string {
  if (pem.includes('-----BEGIN CERTIFICATE'))
    return 'a certificate, not a public key; publish the key within it (openssl x509 -pubkey -noout)';
  if (pem.includes('-----BEGIN RSA PUBLIC KEY'))
    return 'PKCS #1; publish it as "BEGIN PUBLIC KEY" (openssl rsa -RSAPublicKey_in -pubout)';
  return 'not one PEM "BEGIN PUBLIC KEY" block';
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
  const read = () => createPublicKey({ key: { kty, n, e }, format: 'jwk' });
  return imported({ kid, expiresAt: null, damaged: 'cannot be read as a key' }, read);
}

export const unusable = (kid: string | null, why: string): ImportedKey => ({
  unusable: { kid, why },
});

function imported(
  published: { kid: string | null; expiresAt: number | null; damaged: string },
  read: () => KeyObject,
): ImportedKey {
  const { kid, expiresAt, damaged } = published;
  let key: KeyObject;
  try {
    key = read();
  } catch {
    return unusable(kid, damaged);
  }
  const problem = rsaKeyProblem(key);
  if (problem !== null) return unusable(kid, problem);
  const signatureBytes = Math.ceil((key.asymmetricKeyDetails?.modulusLength ?? 0) / 8);
  return { key: { kid, key, signatureBytes, expiresAt } };
}

import { generateKeyPair, type KeyObject, sign, type webcrypto } from 'node:crypto';
import { promisify } from 'node:util';

const generate = promisify(generateKeyPair);

/** An RSA key pair of an issuer. */
export interface SigningKey {
  kid: string;
  privateKey: KeyObject;
  publicKey: KeyObject;
  /** SubjectPublicKeyInfo in PEM, as a public key URL publishes it. */
  publicKeyPem: string;
  /** The public key as a JWKS publishes it: `kid`, `alg: RS256`, `use: sig`. */
  jwk: webcrypto.JsonWebKey & { kid: string; alg: 'RS256'; use: 'sig' };
  /** The private key as JWK, for programs that want a key set to sign with. */
  privateJwk: webcrypto.JsonWebKey & { kid: string; alg: 'RS256'; use: 'sig' };
}

/** Makes an RSA key pair. 2048 bits unless told; smaller ones are for tests of what is refused. */
export async function signingKey(options: {
  kid: string;
  modulusLength?: number;
}): Promise<SigningKey> {
  const { kid, modulusLength = 2048 } = options;
  const { privateKey, publicKey } = await generate('rsa', { modulusLength });
  const named = { kid, alg: 'RS256', use: 'sig' } as const;
  return {
    kid,
    privateKey,
    publicKey,
    publicKeyPem: publicKey.export({ type: 'spki', format: 'pem' }).toString(),
    jwk: { ...publicKey.export({ format: 'jwk' }), ...named },
    privateJwk: { ...privateKey.export({ format: 'jwk' }), ...named },
  };
}

/**
 * A JWS in compact form (RFC 7515 §7.1), signed with RS256 whatever the header claims: `header`
 * overrides members of `{ alg: RS256, typ: JWT, kid }`, and a member set to `undefined` is left out.
 */
export function signToken(
  key: Pick<SigningKey, 'kid' | 'privateKey'>,
  claims: Record<string, unknown>,
  header: Record<string, unknown> = {},
): string {
  const input = [{ alg: 'RS256', typ: 'JWT', kid: key.kid, ...header }, claims]
    .map((part) => Buffer.from(JSON.stringify(part)).toString('base64url'))
    .join('.');
  return `${input}.${sign('sha256', Buffer.from(input), key.privateKey).toString('base64url')}`;
}

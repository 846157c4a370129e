import { createHmac, generateKeyPairSync, sign } from 'node:crypto';
import { CompactEncrypt } from 'jose';
import { signToken } from '../keys/signing-key.ts';
import type { Claims, Signer } from './module.ts';

/** Ways to make a token that a relying party is not to take. */

export function unsigned(claims: Claims, { typ }: Signer): string {
  return `${segment({ alg: 'none', typ })}.${segment(claims)}.`;
}

/** RS256 with one bit of the signature turned. */
export function brokenSignature(claims: Claims, { ring }: Signer): string {
  const [header, payload, signature = ''] = signToken(ring.signing, claims).split('.');
  const bytes = Buffer.from(signature, 'base64url');
  bytes.writeUInt8(bytes.readUInt8(0) ^ 1, 0);
  return `${header}.${payload}.${bytes.toString('base64url')}`;
}

/** A MAC with the client's secret, which the client could check: the algorithm is what is wrong. */
export function byClientSecret(claims: Claims, { ring, client, typ }: Signer): string {
  const input = `${segment({ alg: 'HS256', typ, kid: ring.signing.kid })}.${segment(claims)}`;
  const mac = createHmac('sha256', client.clientSecret ?? '').update(input);
  return `${input}.${mac.digest('base64url')}`;
}

/** ES256 by a key that nobody publishes, under the name of one that is published. */
export function byEllipticCurve(claims: Claims, { ring }: Signer): string {
  const { privateKey: key } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const input = `${segment({ alg: 'ES256', typ: 'JWT', kid: ring.signing.kid })}.${segment(claims)}`;
  const signature = sign('sha256', Buffer.from(input), { key, dsaEncoding: 'ieee-p1363' });
  return `${input}.${signature.toString('base64url')}`;
}

/** Signed, then encrypted (Core §16.14): five segments. */
export function encrypted(claims: Claims, { ring }: Signer): Promise<string> {
  return new CompactEncrypt(Buffer.from(signToken(ring.signing, claims)))
    .setProtectedHeader({ alg: 'RSA-OAEP-256', enc: 'A256GCM', cty: 'JWT' })
    .encrypt(ring.signing.publicKey);
}

export function withoutKeyId(claims: Claims, { ring }: Signer): string {
  return signToken(ring.signing, claims, { kid: undefined });
}

const segment = (value: Claims): string => Buffer.from(JSON.stringify(value)).toString('base64url');

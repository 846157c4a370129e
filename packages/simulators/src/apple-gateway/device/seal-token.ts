import { base64, concat, fromBase64, randomBytes } from '../crypto/bytes.ts';
import { encryptToken } from '../crypto/token-encryption.ts';

/** Ways in which a version 1 token can be unreadable (§8, §17.4). */
export type SealFault =
  | 'key-of-previous-request'
  | 'corrupted-tag'
  | 'p256-point'
  /** 97 bytes of the right form that are no point of the curve. */
  | 'point-off-curve'
  | 'short-token'
  | 'not-base64';

/** Encrypts an access token for the request's key; with a fault, so that nobody can open it. */
export async function sealToken(
  accessToken: string,
  key: string,
  fault: string | undefined,
  previousKey: string | undefined,
): Promise<string> {
  if (fault === 'key-of-previous-request') {
    if (previousKey === undefined) throw new Error('there is no previous request on this device');
    return encryptToken(accessToken, previousKey);
  }
  const bytes = fromBase64(await encryptToken(accessToken, key));
  switch (fault) {
    case 'corrupted-tag':
      return base64(concat(bytes.slice(0, -1), Uint8Array.of((bytes.at(-1) ?? 0) ^ 1)));
    case 'p256-point':
      return base64(concat(await pointOnP256(), bytes.slice(97)));
    case 'point-off-curve':
      return base64(concat(Uint8Array.of(4), randomBytes(96), bytes.slice(97)));
    case 'short-token':
      return base64(bytes.slice(0, 97 + 16));
    case 'not-base64':
      return `${base64(bytes).slice(0, -4)}*!*=`;
    default:
      return base64(bytes);
  }
}

async function pointOnP256(): Promise<Uint8Array> {
  const curve = { name: 'ECDH', namedCurve: 'P-256' };
  const { publicKey } = await crypto.subtle.generateKey(curve, true, ['deriveBits']);
  return new Uint8Array(await crypto.subtle.exportKey('raw', publicKey));
}

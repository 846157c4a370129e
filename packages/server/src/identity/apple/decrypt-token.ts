/**
 * The access token of a device, encrypted for one request (Apple Messages spec §8): ECIES over P-384,
 * `eciesEncryptionCofactorVariableIVX963SHA256AESGCM`. A point is on the curve or nothing is computed
 * with it, and nothing is read before the tag fits.
 */
import { isUtf8 } from 'node:buffer';
import { createDecipheriv, createECDH, hash } from 'node:crypto';

const CURVE = 'secp384r1';
const SCALAR_BYTES = 48;
const POINT_BYTES = 97;
const UNCOMPRESSED = 0x04;
const KEY_BYTES = 32;
/** Not the usual 12: both key and IV come from the derivation. */
const IV_BYTES = 16;
const TAG_BYTES = 16;
const MAX_TOKEN_BYTES = 16 * 1024;
/** A multiple of three, so that exactly a longer token is longer. */
const MAX_BASE64 = Math.ceil((POINT_BYTES + MAX_TOKEN_BYTES + TAG_BYTES) / 3) * 4;

export type Decrypted = { accessToken: string } | { problem: string };

/** A key pair for one request. `publicKey` is the `responseEncryptionKey`, `scalar` has 48 bytes. */
export function newEncryptionKey(): { scalar: Buffer; publicKey: string } {
  const pair = createECDH(CURVE);
  const publicKey = pair.generateKeys('base64', 'uncompressed');
  return { scalar: padded(pair.getPrivateKey()), publicKey };
}

/** The `responseEncryptionKey` of a scalar. */
export function publicKeyOf(scalar: Uint8Array): string {
  const pair = createECDH(CURVE);
  pair.setPrivateKey(padded(scalar));
  return pair.getPublicKey('base64', 'uncompressed');
}

/** `problem` says which step refused, and nothing of the token. */
export function decryptToken(token: string, scalar: Uint8Array): Decrypted {
  if (token.length > MAX_BASE64) return { problem: 'longer than 16 KiB' };
  const bytes = Buffer.from(token, 'base64');
  if (token === '' || bytes.toString('base64') !== token) return { problem: 'not Base64' };
  if (bytes.length < POINT_BYTES + 1 + TAG_BYTES) return { problem: `only ${bytes.length} bytes` };
  if (bytes[0] !== UNCOMPRESSED) return { problem: 'no uncompressed point at its beginning' };
  const point = bytes.subarray(0, POINT_BYTES);
  const shared = sharedSecret(point, scalar);
  if (shared === null) return { problem: 'the point is not on P-384' };
  const plain = decipher(bytes.subarray(POINT_BYTES), deriveKey(shared, point));
  if (plain === null) return { problem: 'the tag does not fit' };
  return isUtf8(plain) ? { accessToken: plain.toString('utf8') } : { problem: 'not UTF-8' };
}

/** The X-coordinate, 48 bytes with its leading zeros; null: not a point of the curve. */
function sharedSecret(point: Buffer, scalar: Uint8Array): Buffer | null {
  const own = createECDH(CURVE);
  own.setPrivateKey(padded(scalar));
  try {
    return own.computeSecret(point);
  } catch {
    return null;
  }
}

/** ANSI X9.63 with SHA-256, the ephemeral point as shared information. */
function deriveKey(shared: Buffer, point: Buffer): { key: Buffer; iv: Buffer } {
  const block = (counter: number): Buffer =>
    hash('sha256', Buffer.concat([shared, Buffer.from([0, 0, 0, counter]), point]), 'buffer');
  const derived = Buffer.concat([block(1), block(2)]);
  const key = derived.subarray(0, KEY_BYTES);
  return { key, iv: derived.subarray(KEY_BYTES, KEY_BYTES + IV_BYTES) };
}

function decipher(sealed: Buffer, { key, iv }: { key: Buffer; iv: Buffer }): Buffer | null {
  const gcm = createDecipheriv('aes-256-gcm', key, iv, { authTagLength: TAG_BYTES });
  gcm.setAuthTag(sealed.subarray(-TAG_BYTES));
  try {
    return Buffer.concat([gcm.update(sealed.subarray(0, -TAG_BYTES)), gcm.final()]);
  } catch {
    return null;
  }
}

/** The engine drops leading zeros of a scalar; one in 256 has one. */
function padded(scalar: Uint8Array): Buffer {
  const whole = Buffer.alloc(SCALAR_BYTES);
  whole.set(scalar, SCALAR_BYTES - scalar.length);
  return whole;
}

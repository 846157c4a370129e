// The way an access token travels in version 1 (§8): ephemeral ECDH on P-384, the X9.63 key derivation
// with SHA-256, AES-256-GCM with an IV of 16 bytes.
import { type Bytes, base64, concat, fromBase64, sha256, utf8 } from './bytes.ts';

const CURVE = { name: 'ECDH', namedCurve: 'P-384' };
/** `04`, X and Y. */
const POINT_LENGTH = 97;
const TAG_LENGTH = 16;

/** The public key of a `responseEncryptionKey`: throws unless it is 97 bytes and lies on P-384. */
export async function importEncryptionKey(text: string): Promise<CryptoKey> {
  const bytes = fromBase64(text);
  if (bytes.length !== POINT_LENGTH || bytes[0] !== 4) throw new Error('not a point of 97 bytes');
  return importPoint(bytes);
}

export function newEphemeralKey(): Promise<CryptoKeyPair> {
  return crypto.subtle.generateKey(CURVE, true, ['deriveBits']);
}

/** The Base64 `token` of a version 1 reply. `ephemeral` is for test vectors; default: a fresh one. */
export async function encryptToken(
  accessToken: string,
  responseEncryptionKey: string,
  ephemeral?: CryptoKeyPair,
): Promise<string> {
  const recipient = await importEncryptionKey(responseEncryptionKey);
  const { privateKey, publicKey } = ephemeral ?? (await newEphemeralKey());
  const point = new Uint8Array(await crypto.subtle.exportKey('raw', publicKey));
  const { key, iv } = await sessionKey(await sharedSecret(privateKey, recipient), point);
  const sealed = await crypto.subtle.encrypt(gcm(iv), key, utf8(accessToken));
  return base64(concat(point, new Uint8Array(sealed)));
}

/** Opens what `encryptToken` made, so that a test can play the receiver. Throws on any change. */
export async function decryptToken(token: string, privateKey: CryptoKey): Promise<string> {
  const bytes = fromBase64(token);
  const point = bytes.slice(0, POINT_LENGTH);
  const shared = await sharedSecret(privateKey, await importPoint(point));
  const { key, iv } = await sessionKey(shared, point);
  const clear = await crypto.subtle.decrypt(gcm(iv), key, bytes.slice(POINT_LENGTH));
  return new TextDecoder('utf-8', { fatal: true }).decode(clear);
}

/** Z: the X coordinate alone, 48 bytes with its leading zeros. */
export async function sharedSecret(privateKey: CryptoKey, publicKey: CryptoKey): Promise<Bytes> {
  const algorithm = { name: 'ECDH', public: publicKey };
  return new Uint8Array(await crypto.subtle.deriveBits(algorithm, privateKey, 384));
}

/** K: the 48 bytes from which key and IV are cut (ANSI X9.63, the ephemeral point as shared info). */
export async function deriveKeyBytes(shared: Bytes, point: Bytes): Promise<Bytes> {
  const blocks = [1, 2].map((count) => sha256(shared, Uint8Array.of(0, 0, 0, count), point));
  return concat(...(await Promise.all(blocks))).slice(0, 48);
}

async function sessionKey(shared: Bytes, point: Bytes): Promise<{ key: CryptoKey; iv: Bytes }> {
  const bytes = await deriveKeyBytes(shared, point);
  const usages: KeyUsage[] = ['encrypt', 'decrypt'];
  const key = await crypto.subtle.importKey('raw', bytes.slice(0, 32), 'AES-GCM', false, usages);
  return { key, iv: bytes.slice(32) };
}

type KeyUsage = 'encrypt' | 'decrypt';

const gcm = (iv: Bytes) => ({ name: 'AES-GCM', iv, tagLength: TAG_LENGTH * 8 });

function importPoint(point: Bytes): Promise<CryptoKey> {
  return crypto.subtle.importKey('raw', point, CURVE, true, []);
}

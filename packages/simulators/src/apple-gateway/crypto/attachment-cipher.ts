import { type Bytes, fromHex, hex, randomBytes } from './bytes.ts';

/** How a file's key is written: `00` and 64 hex digits (§4.2). */
export const ATTACHMENT_KEY = /^00[0-9A-Fa-f]{64}$/;

export const newAttachmentKey = (): string => `00${hex(randomBytes(32))}`;

/**
 * AES-256-CTR with a 128-bit counter that starts at zero (§4.2). The same in both directions; the
 * length stays. Throws when the key is not `00` and 64 hex digits.
 */
export async function applyAttachmentCipher(bytes: Bytes, key: string): Promise<Bytes> {
  if (!ATTACHMENT_KEY.test(key)) throw new Error('an attachment key is 00 and 64 hex digits');
  const aesKey = await crypto.subtle.importKey('raw', fromHex(key.slice(2)), 'AES-CTR', false, [
    'encrypt',
  ]);
  const counter = { name: 'AES-CTR', counter: new Uint8Array(16), length: 128 };
  return new Uint8Array(await crypto.subtle.encrypt(counter, aesKey, bytes));
}

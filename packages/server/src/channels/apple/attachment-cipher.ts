/**
 * AES-256-CTR as attachments of Apple Messages for Business are encrypted (§4.2): the counter begins at
 * zero, which is safe since a key is used once. There is no MAC: length and content are checked elsewhere.
 */
import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';

const ALGORITHM = 'aes-256-ctr';
const KEY = /^00[0-9A-Fa-f]{64}$/;
const ZERO_COUNTER = Buffer.alloc(16);

/** Encrypted with a key of its own, which is written as Apple writes it. */
export function encryptAttachment(
  clear: Uint8Array,
  randomness: (size: number) => Buffer = randomBytes,
): { key: string; bytes: Buffer } {
  const key = randomness(32);
  const cipher = createCipheriv(ALGORITHM, key, ZERO_COUNTER);
  const bytes = Buffer.concat([cipher.update(clear), cipher.final()]);
  return { key: `00${key.toString('hex')}`, bytes };
}

/** Null: the key is none. */
export function decryptAttachment(encrypted: Uint8Array, key: string): Buffer | null {
  if (!isAttachmentKey(key)) return null;
  const decipher = createDecipheriv(ALGORITHM, Buffer.from(key.slice(2), 'hex'), ZERO_COUNTER);
  return Buffer.concat([decipher.update(encrypted), decipher.final()]);
}

/** `00` and 32 bytes in hexadecimal digits. */
export const isAttachmentKey = (key: string): boolean => KEY.test(key);

import { createHash, hkdfSync } from 'node:crypto';
import { CompactEncrypt, compactDecrypt, decodeProtectedHeader } from 'jose';
import { Fault } from './fault.ts';

/** Seals secrets at rest: compact JWE, `dir` with A256GCM, `kid` kept so that keys can rotate. */
export interface Seal {
  seal(plain: string): Promise<string>;
  open(sealed: string): Promise<string>;
  /** A key for another purpose, derived by HKDF-SHA256 from the sealing key. 32 bytes. */
  derive(purpose: string): Uint8Array;
}

export const SEALING_KEY_BYTES = 32;

/**
 * `key` seals and derives; `olderKeys` only open what they sealed. 32 bytes each.
 * `open` throws `Fault` `sealed_with_other_key`, or `sealed_damaged` when it was changed.
 */
export function createSeal(options: { key: Uint8Array; olderKeys?: Uint8Array[] }): Seal {
  const { key, olderKeys = [] } = options;
  const keys = new Map([key, ...olderKeys].map((each) => [keyId(each), each]));
  const kid = keyId(key);
  return {
    seal: (plain) =>
      new CompactEncrypt(new TextEncoder().encode(plain))
        .setProtectedHeader({ alg: 'dir', enc: 'A256GCM', kid })
        .encrypt(key),
    async open(sealed) {
      const opening = keys.get(keyIdOf(sealed));
      if (opening === undefined) throw otherKey();
      const allowed = {
        keyManagementAlgorithms: ['dir'],
        contentEncryptionAlgorithms: ['A256GCM'],
      };
      const opened = await compactDecrypt(sealed, opening, allowed).catch((cause: unknown) => {
        throw damaged(cause);
      });
      return new TextDecoder().decode(opened.plaintext);
    },
    derive: (purpose) =>
      new Uint8Array(
        hkdfSync('sha256', key, new Uint8Array(), `countersign/${purpose}`, SEALING_KEY_BYTES),
      ),
  };
}

/** Tells keys apart without saying anything about them: the start of a hash of 32 random bytes. */
function keyId(key: Uint8Array): string {
  if (key.byteLength !== SEALING_KEY_BYTES) throw new Error('a sealing key has 32 bytes');
  return createHash('sha256')
    .update('countersign kid')
    .update(key)
    .digest('base64url')
    .slice(0, 11);
}

function keyIdOf(sealed: string): string {
  try {
    const { kid } = decodeProtectedHeader(sealed);
    return typeof kid === 'string' ? kid : '';
  } catch (cause) {
    throw damaged(cause);
  }
}

const otherKey = (): Fault =>
  new Fault(
    'sealed_with_other_key',
    500,
    'A stored secret was sealed with another key. Add that key to COUNTERSIGN_KEY, after the present ' +
      'one and a comma, or enter the secret again.',
  );

const damaged = (cause: unknown): Fault =>
  new Fault('sealed_damaged', 500, 'A stored secret is damaged. Enter it again.', { cause });

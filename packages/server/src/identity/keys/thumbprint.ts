import { createHash, type KeyObject } from 'node:crypto';

/** SHA-256 of the SubjectPublicKeyInfo in DER, hexadecimal: the same key has it in every format. */
export const thumbprintOf = (key: KeyObject): string =>
  createHash('sha256')
    .update(key.export({ type: 'spki', format: 'der' }))
    .digest('hex');

const SHORT = 16;

/** As people compare it. */
export const shortThumbprint = (thumbprint: string): string => thumbprint.slice(0, SHORT);

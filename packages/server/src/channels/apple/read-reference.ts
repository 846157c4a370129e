/** What lies at Apple for us: attachments (§4.2) and answers that are too long for a message (§4.4). */

/** Encrypted bytes, and what it takes to get and to open them. */
export interface BlobReference {
  url: string;
  owner: string;
  /** Base64. */
  signature: string;
  /** `00` and 64 hexadecimal digits: to be checked. */
  key: string;
  /** Bytes. */
  size: number;
}

export interface FileReference extends BlobReference {
  name: string;
  mimeType: string;
}

export interface DataReference extends BlobReference {
  bid: string;
}

const MAX_FIELD_LENGTH = 4096;
/** It goes into headers of a request. */
const IN_HEADER = /^[\x21-\x7e]+$/;

/** In each spelling that has been seen; null: it cannot be fetched. */
export function readFile(value: unknown): FileReference | null {
  const blob = readBlob(value);
  if (!blob) return null;
  const name = textAt(value, 'name') ?? '';
  const mimeType = textAt(value, 'mimeType', 'mime-type') ?? '';
  return { ...blob, name, mimeType };
}

export function readReference(value: unknown): DataReference | null {
  const blob = readBlob(value);
  const bid = headerAt(value, 'bid');
  return blob && bid !== null ? { ...blob, bid } : null;
}

function readBlob(value: unknown): BlobReference | null {
  const url = headerAt(value, 'url', 'mmcs-url');
  const owner = headerAt(value, 'owner', 'mmcs-owner');
  const key = textAt(value, 'key', 'decryption-key');
  const signature = signatureOf(value);
  const size = sizeOf(at(value, 'size', 'file-size'));
  if (url === null || owner === null || key === null || signature === null || size === null)
    return null;
  return { url, owner, key, signature, size };
}

function signatureOf(value: unknown): string | null {
  const base64 = headerAt(value, 'signature-base64');
  if (base64 !== null) return base64;
  const hex = textAt(value, 'signature', 'mmcs-signature-hex');
  const isHex = hex !== null && hex.length % 2 === 0 && /^[0-9A-Fa-f]+$/.test(hex);
  return isHex ? Buffer.from(hex, 'hex').toString('base64') : null;
}

function sizeOf(value: unknown): number | null {
  const size = typeof value === 'string' && /^\d{1,15}$/.test(value) ? Number(value) : value;
  return typeof size === 'number' && Number.isSafeInteger(size) && size > 0 ? size : null;
}

function at(value: unknown, ...names: string[]): unknown {
  if (typeof value !== 'object' || value === null) return undefined;
  for (const name of names) {
    const found: unknown = Object.getOwnPropertyDescriptor(value, name)?.value;
    if (found !== undefined) return found;
  }
  return undefined;
}

function textAt(value: unknown, ...names: string[]): string | null {
  const text = at(value, ...names);
  return typeof text === 'string' && text !== '' && text.length <= MAX_FIELD_LENGTH ? text : null;
}

function headerAt(value: unknown, ...names: string[]): string | null {
  const text = textAt(value, ...names);
  return text !== null && IN_HEADER.test(text) ? text : null;
}

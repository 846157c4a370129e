import { createHmac, type KeyObject, sign } from 'node:crypto';

/** A segment: an object as JSON, text or bytes as they are. */
export type Part = Record<string, unknown> | string | Buffer;

export const segment = (part: Part): string =>
  (Buffer.isBuffer(part)
    ? part
    : Buffer.from(typeof part === 'string' ? part : JSON.stringify(part))
  ).toString('base64url');

/** A compact JWS with whatever header and payload, signed over exactly those by `signer`. */
export function forge(header: Part, payload: Part, signer: (input: Buffer) => Buffer): string {
  const input = `${segment(header)}.${segment(payload)}`;
  return `${input}.${signer(Buffer.from(input)).toString('base64url')}`;
}

export const byRsa =
  (key: KeyObject, hash = 'sha256') =>
  (input: Buffer): Buffer =>
    sign(hash, input, key);

export const byHmac =
  (secret: string | Buffer) =>
  (input: Buffer): Buffer =>
    createHmac('sha256', secret).update(input).digest();

export const unsigned = (): Buffer => Buffer.alloc(0);

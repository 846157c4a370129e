import { promisify } from 'node:util';
import { gunzip } from 'node:zlib';
import { Fault } from '../../platform/index.ts';

const inflate = promisify(gunzip);
const GZIP = Buffer.from([0x1f, 0x8b]);
/** §3.3 step 5. */
const MAX_CLEAR_BYTES = 8 * 1024 * 1024;

/**
 * The JSON object of a webhook request, whether or not its headers say that it is compressed.
 * Faults: `payload_too_large` 413, `malformed` 400.
 */
export async function readBody(
  body: Buffer,
  contentEncoding: string | undefined,
): Promise<Record<string, unknown>> {
  const isGzip = contentEncoding?.trim().toLowerCase() === 'gzip' || startsAsGzip(body);
  const clear = isGzip ? await inflated(body) : body;
  if (clear.length > MAX_CLEAR_BYTES) throw tooLarge();
  const value = parse(clear);
  if (typeof value !== 'object' || value === null || Array.isArray(value)) throw malformed();
  return Object.fromEntries(Object.entries(value));
}

const startsAsGzip = (body: Buffer): boolean => body.subarray(0, 2).equals(GZIP);

/** Stops as soon as there is more than is read: a bomb is never unfolded. */
async function inflated(body: Buffer): Promise<Buffer> {
  try {
    return await inflate(body, { maxOutputLength: MAX_CLEAR_BYTES });
  } catch (cause) {
    const code = cause instanceof Error && 'code' in cause ? cause.code : null;
    throw code === 'ERR_BUFFER_TOO_LARGE' ? tooLarge() : malformed();
  }
}

function parse(bytes: Buffer): unknown {
  try {
    return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes));
  } catch {
    throw malformed();
  }
}

const tooLarge = (): Fault => new Fault('payload_too_large', 413, 'The body is too large.');
export const malformed = (): Fault => new Fault('malformed', 400, 'The body is no message.');

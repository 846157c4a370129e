import { type JsonObject, parseStrictJson, type StrictJson } from './strict-json.ts';

/** A signed token taken apart; nothing of it is believed yet. */
export interface CompactJws {
  header: JsonObject;
  payload: Buffer;
  /** What the signature covers: the first two segments as sent (RFC 7515 §5.1). */
  signingInput: Buffer;
  signature: Buffer;
}

/** Bytes. A token travels in headers, which end between 8 and 16 KiB. */
export const MAX_TOKEN_BYTES = 16_384;

/**
 * RFC 7515 §3.1 and nothing else: three base64url segments, canonical, without padding; the header
 * a strict JSON object. The problem names the part, never its content.
 */
export function parseCompactJws(token: string): CompactJws | { problem: string } {
  if (token.length > MAX_TOKEN_BYTES)
    return { problem: `${token.length} characters, more than ${MAX_TOKEN_BYTES}` };
  const first = token.indexOf('.');
  const second = token.indexOf('.', first + 1);
  if (first < 0 || second < 0 || token.includes('.', second + 1)) return wrongShape(token);

  const header = parseHeader(token.slice(0, first));
  if ('problem' in header) return { problem: `header: ${header.problem}` };
  const payload = decodeSegment(token.slice(first + 1, second));
  if (payload === null) return { problem: `payload: ${NOT_CANONICAL}` };
  const signature = decodeSegment(token.slice(second + 1));
  if (signature === null) return { problem: `signature: ${NOT_CANONICAL}` };
  const signingInput = Buffer.from(token.slice(0, second), 'latin1');
  return { header: header.value, payload, signingInput, signature };
}

const parsedHeaders = new Map<string, StrictJson>();
const MOST_HEADERS = 256;
const LONGEST_KEPT_HEADER = 256;

/** An issuer's tokens share their header to the letter, so the last ones are kept as parsed. */
function parseHeader(segment: string): StrictJson {
  const known = parsedHeaders.get(segment);
  if (known !== undefined) return known;
  const bytes = decodeSegment(segment);
  if (bytes === null) return { problem: NOT_CANONICAL };
  const parsed = parseStrictJson(bytes);
  if ('problem' in parsed || segment.length > LONGEST_KEPT_HEADER) return parsed;
  if (parsedHeaders.size === MOST_HEADERS) parsedHeaders.clear();
  // A copy: a slice would keep the whole token in memory.
  parsedHeaders.set(bytes.toString('base64url'), { value: Object.freeze(parsed.value) });
  return parsed;
}

const NOT_CANONICAL = 'not canonical base64url';

function wrongShape(token: string): { problem: string } {
  const segments = token.split('.').length;
  if (token.trimStart().startsWith('{')) return { problem: 'JSON serialisation' };
  if (segments === 5) return { problem: '5 segments, an encrypted token (JWE)' };
  return { problem: `${segments} segment${segments === 1 ? '' : 's'}` };
}

/**
 * Encoding again must give the same text: that refuses every foreign character, padding, and trailing
 * bits that are not zero, so that one signature has exactly one spelling (row T21).
 */
function decodeSegment(segment: string): Buffer | null {
  const bytes = Buffer.from(segment, 'base64url');
  return bytes.toString('base64url') === segment ? bytes : null;
}

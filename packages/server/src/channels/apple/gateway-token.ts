/**
 * JSON Web Tokens of the gateway, both ways (spec/apple-messages-for-business.md §2.3): HS256 with the
 * bytes that the MSP secret stands for, and nothing else whatever a header says.
 */
import { createHmac, timingSafeEqual } from 'node:crypto';

/** How far the `iat` of a token may be from our clock (§3.3 step 4). */
const IAT_WINDOW_S = 3600;
const MAX_TOKEN_LENGTH = 8192;
const PART = /^[A-Za-z0-9_-]+$/;

interface Owner {
  mspId: string;
  /** Base64. */
  mspSecrets: string[];
}

/** Signed with the first secret. `nowMs` becomes `iat`, in seconds. */
export function signGatewayToken({ mspId, mspSecrets }: Owner, nowMs: number): string {
  const claims = { iss: mspId, iat: Math.floor(nowMs / 1000) };
  const signed = `${encode({ alg: 'HS256' })}.${encode(claims)}`;
  return `${signed}.${mac(mspSecrets[0] ?? '', signed).toString('base64url')}`;
}

/** Whether Apple's gateway signed this token for this MSP a short while ago. */
export function isGatewayToken(
  token: string,
  { mspId, mspSecrets }: Owner,
  nowMs: number,
  windowSeconds = IAT_WINDOW_S,
): boolean {
  const [header = '', claims = '', signature = '', ...more] = token.split('.');
  const parts = [header, claims, signature];
  if (token.length > MAX_TOKEN_LENGTH || more.length > 0 || !parts.every((part) => PART.test(part)))
    return false;
  if (decode(header)?.alg !== 'HS256') return false;
  const given = Buffer.from(signature, 'base64url');
  // No early end: which secret fits is not to be told from the time it takes
  const fits = mspSecrets.map((secret) => isSame(given, mac(secret, `${header}.${claims}`)));
  if (!fits.includes(true)) return false;
  const { aud, iat } = decode(claims) ?? {};
  const isForUs = Array.isArray(aud) ? aud.includes(mspId) : aud === mspId;
  return isForUs && typeof iat === 'number' && Math.abs(iat - nowMs / 1000) <= windowSeconds;
}

const mac = (secret: string, text: string): Buffer =>
  createHmac('sha256', Buffer.from(secret, 'base64')).update(text).digest();

const isSame = (a: Buffer, b: Buffer): boolean => a.length === b.length && timingSafeEqual(a, b);

const encode = (value: object): string => Buffer.from(JSON.stringify(value)).toString('base64url');

function decode(part: string): Record<string, unknown> | null {
  try {
    const value: unknown = JSON.parse(Buffer.from(part, 'base64url').toString());
    const isMap = typeof value === 'object' && value !== null && !Array.isArray(value);
    return isMap ? Object.fromEntries(Object.entries(value)) : null;
  } catch {
    return null;
  }
}

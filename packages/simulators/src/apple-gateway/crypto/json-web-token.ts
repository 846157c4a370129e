import { base64Url, fromBase64, fromBase64Url, utf8 } from './bytes.ts';

export type Claims = Readonly<Record<string, unknown>>;

/** Why a token is not believed, in the order of the checks. */
export type TokenFault = 'not_three_parts' | 'not_json' | 'wrong_algorithm' | 'bad_signature';

export type TokenVerdict =
  | { kind: 'claims'; claims: Claims }
  | { kind: 'refused'; fault: TokenFault };

const HMAC = { name: 'HMAC', hash: 'SHA-256' };

/** The key of an MSP secret: its Base64-decoded bytes (§2.3). */
export const keyOfSecret = (secret: string): Uint8Array<ArrayBuffer> => fromBase64(secret);

/** A compact JWT signed with HMAC-SHA-256 (§2.3; RFC 7515 §7.1). */
export async function signToken(
  key: Uint8Array<ArrayBuffer>,
  claims: Claims,
  header: Claims = { alg: 'HS256' },
): Promise<string> {
  const signed = signingInput(header, claims);
  const signature = await crypto.subtle.sign(HMAC.name, await hmacKey(key), utf8(signed));
  return `${signed}.${base64Url(new Uint8Array(signature))}`;
}

/** What is signed of a token: header and claims, each as base64url JSON. */
export function signingInput(header: Claims, claims: Claims): string {
  return [header, claims].map((part) => base64Url(utf8(JSON.stringify(part)))).join('.');
}

/** The claims of a token that was signed with `key`; the algorithm must be the literal `HS256`. */
export async function verifyToken(
  token: string,
  key: Uint8Array<ArrayBuffer>,
): Promise<TokenVerdict> {
  const parts = token.split('.');
  const [header = '', claims = '', signature = ''] = parts;
  if (parts.length !== 3 || parts.includes('')) return refused('not_three_parts');
  const [headerRead, claimsRead] = [readPart(header), readPart(claims)];
  const signatureRead = readBytes(signature);
  if (!headerRead || !claimsRead || !signatureRead) return refused('not_json');
  if (headerRead.alg !== 'HS256') return refused('wrong_algorithm');
  const isGenuine = await crypto.subtle.verify(
    HMAC.name,
    await hmacKey(key),
    signatureRead,
    utf8(`${header}.${claims}`),
  );
  return isGenuine ? { kind: 'claims', claims: claimsRead } : refused('bad_signature');
}

const refused = (fault: TokenFault): TokenVerdict => ({ kind: 'refused', fault });

function hmacKey(key: Uint8Array<ArrayBuffer>): Promise<CryptoKey> {
  return crypto.subtle.importKey('raw', key, HMAC, false, ['sign', 'verify']);
}

function readBytes(part: string): Uint8Array<ArrayBuffer> | undefined {
  try {
    return fromBase64Url(part);
  } catch {
    return undefined;
  }
}

function readPart(part: string): Claims | undefined {
  const bytes = readBytes(part);
  if (!bytes) return undefined;
  try {
    const value: unknown = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes));
    return typeof value === 'object' && value !== null ? { ...value } : undefined;
  } catch {
    return undefined;
  }
}

/**
 * Our own JWTs (RFC 7519), HS256 with a key of this node's deployment alone. Each kind has its own `typ`
 * (RFC 8725 §3.11), and the header must be ours byte for byte: nothing in it is obeyed.
 */
import { createHmac, randomUUID, timingSafeEqual } from 'node:crypto';
import type { Clock } from '../platform/index.ts';

export type TokenKind = 'session' | 'history';

export interface TokenClaims {
  sub: string;
  deployment: string;
  [claim: string]: unknown;
}

const header = (kind: TokenKind): string =>
  Buffer.from(JSON.stringify({ alg: 'HS256', typ: `countersign-${kind}+jwt` })).toString(
    'base64url',
  );
const HEADERS: Record<TokenKind, string> = {
  session: header('session'),
  history: header('history'),
};
/** Longer than any of ours. */
const MAX_LENGTH = 8192;

export interface Tokens {
  /** `expiresAt`: seconds since the epoch. */
  sign(kind: TokenKind, claims: TokenClaims, expiresAt: number): string;
  /** The claims of an unexpired token of this kind that we signed; null: anything else. */
  verify(kind: TokenKind, token: string): TokenClaims | null;
}

export function createTokens(key: Uint8Array, clock: Clock): Tokens {
  const signature = (input: string): string =>
    createHmac('sha256', key).update(input).digest('base64url');
  const nowSeconds = () => Math.floor(clock.now() / 1000);
  return {
    sign(kind, claims, expiresAt) {
      const all = { ...claims, iat: nowSeconds(), exp: expiresAt, jti: randomUUID() };
      const input = `${HEADERS[kind]}.${Buffer.from(JSON.stringify(all)).toString('base64url')}`;
      return `${input}.${signature(input)}`;
    },
    verify(kind, token) {
      if (typeof token !== 'string' || token.length > MAX_LENGTH) return null;
      const [head, payload, given, ...rest] = token.split('.');
      if (head !== HEADERS[kind] || !payload || !given || rest.length > 0) return null;
      if (!equal(given, signature(`${head}.${payload}`))) return null;
      const claims = parse(payload);
      return claims && claims.exp > nowSeconds() ? claims : null;
    },
  };
}

/** As text: a signature has one spelling. */
function equal(given: string, expected: string): boolean {
  const [a, b] = [Buffer.from(given), Buffer.from(expected)];
  return a.length === b.length && timingSafeEqual(a, b);
}

function parse(payload: string): (TokenClaims & { exp: number }) | null {
  try {
    const claims: unknown = JSON.parse(Buffer.from(payload, 'base64url').toString());
    return isClaims(claims) ? claims : null;
  } catch {
    return null;
  }
}

const isClaims = (claims: unknown): claims is TokenClaims & { exp: number } =>
  typeof claims === 'object' &&
  claims !== null &&
  'sub' in claims &&
  typeof claims.sub === 'string' &&
  'deployment' in claims &&
  typeof claims.deployment === 'string' &&
  'exp' in claims &&
  typeof claims.exp === 'number';

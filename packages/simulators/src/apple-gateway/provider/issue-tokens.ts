import { base64Url, randomToken, utf8 } from '../crypto/bytes.ts';
import { signingInput } from '../crypto/json-web-token.ts';
import type { Grant, ProviderState } from './provider-state.ts';

const RS256 = {
  name: 'RSASSA-PKCS1-v1_5',
  hash: 'SHA-256',
  modulusLength: 2048,
  publicExponent: Uint8Array.of(1, 0, 1),
};
const KEY_ID = 'provider-1';

/** An opaque access token: random, and known to this provider alone. */
export function issueAccessToken(state: ProviderState, grant: Grant): string {
  const token = randomToken();
  const expiresAt = state.now() + state.accessTokenSeconds * 1000;
  state.accessTokens.set(token, { ...grant, expiresAt });
  return token;
}

export function newIdTokenKey(): Promise<CryptoKeyPair> {
  return crypto.subtle.generateKey(RS256, true, ['sign', 'verify']);
}

/** OpenID Connect Core §2. */
export async function makeIdToken(
  state: ProviderState,
  { clientId, subject }: Grant,
  nonce: string | null,
  changes: Readonly<Record<string, unknown>>,
): Promise<string> {
  const issuedAt = Math.floor(state.now() / 1000);
  const claims = {
    iss: state.issuer,
    sub: subject,
    aud: clientId,
    iat: issuedAt,
    exp: issuedAt + state.accessTokenSeconds,
    ...(nonce === null ? {} : { nonce }),
    ...changes,
  };
  const signed = signingInput({ alg: 'RS256', kid: KEY_ID }, claims);
  const signature = await crypto.subtle.sign(RS256.name, state.key.privateKey, utf8(signed));
  return `${signed}.${base64Url(new Uint8Array(signature))}`;
}

/** The JWK set that ID tokens are verified with (RFC 7517 §5). */
export async function publicKeys(state: ProviderState): Promise<object> {
  const { kty, n, e } = await crypto.subtle.exportKey('jwk', state.key.publicKey);
  return { keys: [{ kty, n, e, kid: KEY_ID, alg: 'RS256', use: 'sig' }] };
}

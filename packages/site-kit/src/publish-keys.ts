import type { SigningKey } from './signing-key.ts';

/**
 * `jwks`: a JWK set (RFC 7517). `list`: an array of `{kid, publicKey, expiry}`, as Dynamics 365 takes it
 * (Omnichannel spec §1.2). `pem`: one bare PEM, so that a rotation has no overlap.
 */
export type KeyFormat = 'jwks' | 'list' | 'pem';

export interface PublishedKeys {
  contentType: string;
  body: string;
}

/** `keys` are all that are published now, `signing` the one of them that signs. */
export function publishKeys(
  format: KeyFormat,
  keys: readonly SigningKey[],
  signing: SigningKey,
): PublishedKeys {
  if (format === 'pem') return { contentType: 'application/x-pem-file', body: pemOf(signing) };
  const value = format === 'jwks' ? { keys: keys.map(jwkOf) } : keys.map(memberOf);
  return { contentType: 'application/json', body: JSON.stringify(value) };
}

/** By name, so that nothing private can come along. */
function jwkOf({ id, publicKey }: SigningKey) {
  const { kty, n, e } = publicKey.export({ format: 'jwk' });
  return { kty, n, e, kid: id, use: 'sig', alg: 'RS256' };
}

function memberOf(key: SigningKey) {
  const expiry = Math.floor(key.retireAt / 1000);
  return {
    kid: key.id,
    publicKey: Buffer.from(pemOf(key)).toString('base64'),
    ...(Number.isFinite(expiry) && { expiry }),
  };
}

const pemOf = ({ publicKey }: SigningKey): string =>
  publicKey.export({ type: 'spki', format: 'pem' }).toString();

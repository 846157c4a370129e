import type { SigningKey } from './signing-key.ts';

/**
 * The array form of a public key URL's body (spec/omnichannel-chat.md §1.2): `kid`, Base64 of the
 * whole PEM text, end of life in Unix seconds.
 */
export function publicKeyArray(
  keys: readonly { key: Pick<SigningKey, 'kid' | 'publicKeyPem'>; expiry: number }[],
): { kid: string; publicKey: string; expiry: number }[] {
  return keys.map(({ key, expiry }) => ({
    kid: key.kid,
    publicKey: Buffer.from(key.publicKeyPem).toString('base64'),
    expiry,
  }));
}

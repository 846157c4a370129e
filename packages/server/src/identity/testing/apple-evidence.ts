import { createCipheriv, createECDH, hash } from 'node:crypto';
import type { AppleOauthSetting } from '../index.ts';

/** Encrypts as a device does (Apple Messages spec §8); its key is used for this token alone. */
export function encryptForRequest(plain: string | Uint8Array, publicKey: string): string {
  const ephemeral = createECDH('secp384r1');
  const point = ephemeral.generateKeys();
  const shared = ephemeral.computeSecret(Buffer.from(publicKey, 'base64'));
  const block = (counter: number) =>
    hash('sha256', Buffer.concat([shared, Buffer.from([0, 0, 0, counter]), point]), 'buffer');
  const derived = Buffer.concat([block(1), block(2)]);
  const gcm = createCipheriv('aes-256-gcm', derived.subarray(0, 32), derived.subarray(32, 48));
  const sealed = Buffer.concat([gcm.update(Buffer.from(plain)), gcm.final()]);
  return Buffer.concat([point, sealed, gcm.getAuthTag()]).toString('base64');
}

export const appleSetting = (
  provider: string,
  changes: Partial<AppleOauthSetting> = {},
): AppleOauthSetting => ({
  id: 'a5d1f0a0-0000-4000-8000-000000000003',
  name: 'Apple sign-in',
  type: 'apple-oauth',
  clientId: 'countersign-apple',
  clientSecret: 'the-apple-secret-of-the-tests',
  scopes: ['openid', 'profile', 'email'],
  accessTokenUrl: `${provider}/token`,
  decryptedTokenUrl: `${provider}/me`,
  additionalParameters: null,
  accessTokenExpiry: 3600,
  richMessageIds: ['a5d1f0a0-0000-4000-8000-000000000004'],
  ...changes,
});

/**
 * What an API key is exchanged for at `/oauth/token`: a JWT of ours (RFC 7519, HS256) that stands for the
 * key for an hour. It holds no right: roles are those that the key has when it is used, and it ends with it.
 */
import { createHash } from 'node:crypto';
import { jwtVerify, SignJWT } from 'jose';
import type { ApiKey, Configuration } from '../../configuration/index.ts';
import type { Clock } from '../../platform/index.ts';

export const ACCESS_TOKEN_SECONDS = 3600;
const TYPE = 'countersign-administration+jwt';

export interface AccessTokens {
  issue(key: ApiKey): Promise<string>;
  /** The key that it stands for; null: it is none of ours, has run out, or its key is gone or another. */
  keyOf(token: string): Promise<ApiKey | null>;
}

export function createAccessTokens(
  secret: Uint8Array,
  configuration: Configuration,
  clock: Clock,
): AccessTokens {
  return {
    issue(key) {
      const now = Math.floor(clock.now() / 1000);
      return new SignJWT({ key: fingerprint(key) })
        .setProtectedHeader({ alg: 'HS256', typ: TYPE })
        .setSubject(key.id)
        .setIssuedAt(now)
        .setExpirationTime(now + ACCESS_TOKEN_SECONDS)
        .sign(secret);
    },
    async keyOf(token) {
      const options = { algorithms: ['HS256'], typ: TYPE, currentDate: new Date(clock.now()) };
      const verified = await jwtVerify(token, secret, options).catch(() => null);
      if (!verified) return null;
      const { sub, key: given } = verified.payload;
      const keys = [...configuration.current().apiKeysByHash.values()];
      const key = keys.find(({ id }) => id === sub);
      return key && fingerprint(key) === given ? key : null;
    },
  };
}

/** Of the hash that is stored: a key that is given another secret ends its tokens. */
const fingerprint = ({ hash }: ApiKey): string =>
  createHash('sha256').update(`access token of ${hash}`).digest('base64url').slice(0, 22);

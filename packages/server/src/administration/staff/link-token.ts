import { createHash, randomBytes } from 'node:crypto';

export const newToken = (): string => randomBytes(32).toString('base64url');

/** Tokens are random, so a fast hash will do. */
export const hashToken = (token: string): string =>
  createHash('sha256').update(token).digest('base64url');

/** After `#`: browsers send it to nobody, so that it is in no log and no `Referer`. */
export const welcomeUrl = (publicUrl: string, token: string): string =>
  `${new URL(publicUrl).origin}/welcome#${token}`;

import type { KeyFormat } from '../publish-keys.ts';

export interface Paths {
  /** Gives the signed-in customer's browser a token. Default `/chat-token`. */
  tokenPath?: string | undefined;
  /** The public key URL of the authentication setting. Default `/chat-keys`. */
  keysPath?: string | undefined;
  /** Default `jwks`. */
  keyFormat?: KeyFormat | undefined;
}

export const STANDARD_PATHS = { tokenPath: '/chat-token', keysPath: '/chat-keys' } as const;

export const pathsOf = ({ tokenPath, keysPath }: Paths) => ({
  tokenPath: tokenPath ?? STANDARD_PATHS.tokenPath,
  keysPath: keysPath ?? STANDARD_PATHS.keysPath,
});

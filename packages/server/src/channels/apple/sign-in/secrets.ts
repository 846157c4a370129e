/** What binds a request to its answer: new for each, sealed at rest (§7.1, §9.1). */
import { createHash, randomBytes } from 'node:crypto';
import { newEncryptionKey } from '../../../identity/index.ts';
import type { Seal } from '../../../platform/index.ts';

const RANDOM_BYTES = 32;

export type SignInSecrets =
  | {
      version: 1;
      state: string;
      /** 48 bytes, Base64. */
      scalar: string;
    }
  | {
      version: 2;
      state: string;
      /** RFC 7636; null: the setting goes without. */
      verifier: string | null;
      /** Null: no ID token is asked for. */
      nonce: string | null;
    };

export function newSecrets(
  version: 1 | 2,
  { scopes, pkce = true }: { scopes: readonly string[]; pkce?: boolean },
): SignInSecrets {
  const state = random();
  if (version === 1)
    return { version, state, scalar: newEncryptionKey().scalar.toString('base64') };
  const nonce = scopes.includes('openid') ? random() : null;
  return { version, state, verifier: pkce ? random() : null, nonce };
}

export const stateHash = (state: string): Buffer => createHash('sha256').update(state).digest();

export const codeChallenge = (verifier: string): string =>
  createHash('sha256').update(verifier).digest('base64url');

export const sealSecrets = (seal: Pick<Seal, 'seal'>, secrets: SignInSecrets): Promise<string> =>
  seal.seal(JSON.stringify(secrets));

export async function openSecrets(
  seal: Pick<Seal, 'open'>,
  sealed: string,
): Promise<SignInSecrets> {
  const secrets: SignInSecrets = JSON.parse(await seal.open(sealed));
  return secrets;
}

const random = (): string => randomBytes(RANDOM_BYTES).toString('base64url');

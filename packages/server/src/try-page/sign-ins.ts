/**
 * The authorization-code flow of the try page (OpenID Connect Core §3.1, RFC 7636): state, nonce and
 * verifier are made here and kept sealed, and leave for the browser that began with the code alone.
 */
import { createHash, randomBytes } from 'node:crypto';
import type { IdentityModule, OpenIdConnectSetting } from '../identity/index.ts';
import { type Clock, type Database, newId, type Seal } from '../platform/index.ts';
import { keepSignIn, takeSignIn } from './store.ts';

const LIFE_MS = 600_000;
export const CALLBACK_PATH = '/try/callback';

interface Secrets {
  id: string;
  nonce: string;
  codeVerifier: string;
  redirect: boolean;
}

export interface Begun {
  /** Names this sign-in to the page. */
  id: string;
  /** Where the browser goes. */
  url: string;
}

export interface SignInParts {
  database: Pick<Database, 'kysely'>;
  seal: Seal;
  clock: Clock;
  identity: Pick<IdentityModule, 'authorizationUrl'>;
  publicUrl: string;
}

interface Beginner {
  /** The value of the browser's cookie. */
  browser: string;
  userId: string;
}

export function createSignIns({ database, seal, clock, identity, publicUrl }: SignInParts) {
  const db = database.kysely;
  const redirectUri = `${publicUrl}${CALLBACK_PATH}`;
  return {
    redirectUri,
    /** `again`: the provider is to ask for the password even if it knows who is there. */
    async begin(
      setting: OpenIdConnectSetting,
      by: Beginner & { deploymentId: string; redirect: boolean; again: boolean },
    ): Promise<Begun> {
      const state = random();
      const secrets: Secrets = {
        id: newId(),
        nonce: random(),
        codeVerifier: random(),
        redirect: by.redirect,
      };
      const url = await identity.authorizationUrl(setting, {
        redirectUri,
        state,
        nonce: secrets.nonce,
        codeChallenge: hash(secrets.codeVerifier).toString('base64url'),
        ...(by.again && { prompt: 'login' }),
      });
      const now = clock.now();
      const signIn = {
        stateHash: hash(state),
        browserHash: hash(by.browser),
        userId: by.userId,
        deploymentId: by.deploymentId,
        secrets: await seal.seal(JSON.stringify(secrets)),
        expiresAt: now + LIFE_MS,
      };
      await keepSignIn(db, signIn, now);
      return { id: secrets.id, url };
    },
    /** Null: it was not begun so, took too long, or has been answered before. */
    async take(
      state: string,
      { browser, userId }: Beginner,
    ): Promise<(Secrets & { deploymentId: string }) | null> {
      const by = { stateHash: hash(state), browserHash: hash(browser), userId };
      const taken = await takeSignIn(db, by, clock.now());
      if (taken === null) return null;
      const secrets: Secrets = JSON.parse(await seal.open(taken.secrets));
      return { ...secrets, deploymentId: taken.deploymentId };
    },
  };
}

const random = (): string => randomBytes(32).toString('base64url');
const hash = (text: string): Buffer => createHash('sha256').update(text).digest();

import { randomBytes } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { readCookie } from '../site/request.ts';
import type { TokenVariant } from './site-token.ts';

/** What the shop remembers of one browser. Its two sign-ins stand side by side, to be compared. */
export interface Session {
  /** Product ids; one entry a piece. */
  cart: string[];
  /** An authorization request that waits for its response. */
  signingIn?: { state: string; nonce: string; codeVerifier: string; returnTo: string };
  /** A sign-out at the provider that waits for the way back. */
  signingOut?: { state: string };
  /** Signed in at the identity provider. */
  account?: Account;
  /** Signed in at the shop itself. */
  customer?: Customer;
}

/** What the provider said of who signed in. */
export interface Account {
  id: string;
  name: string;
  givenName: string;
  email: string;
  idToken: string;
  /** The provider's name of its session (`sid`); empty when it tells none. */
  providerSession: string;
}

/** A record of the shop's own customer portal: what its token says. */
export interface Customer {
  /** The subject of the token. */
  number: string;
  givenName: string;
  familyName: string;
  email: string;
  cartValue: number;
  isVip: boolean;
  /** What is wrong with the tokens it gets, for testing. */
  variant: TokenVariant;
}

export interface Sessions {
  find(request: IncomingMessage): Session | undefined;
  /** The browser's session, made and its cookie set when there is none. */
  keep(request: IncomingMessage, response: ServerResponse): Session;
  /** Moves the browser's session to a fresh id, so that one planted before a sign-in is worth nothing. */
  renew(request: IncomingMessage, response: ServerResponse): Session;
  /** Of every browser. */
  all(): Session[];
}

const LIFETIME_MS = 24 * 60 * 60 * 1000;

/** Sessions in memory. Cookies ignore ports, so the cookie's name tells shops on one host apart. */
export function createSessions(cookieName: string, now: () => number = Date.now): Sessions {
  const kept = new Map<string, { session: Session; until: number }>();

  const find = (request: IncomingMessage) => {
    const entry = kept.get(readCookie(request, cookieName) ?? '');
    return entry && entry.until > now() ? entry.session : undefined;
  };

  const put = (session: Session, response: ServerResponse) => {
    for (const [id, { until }] of kept) if (until <= now()) kept.delete(id);
    const id = randomBytes(32).toString('base64url');
    kept.set(id, { session, until: now() + LIFETIME_MS });
    response.appendHeader('set-cookie', `${cookieName}=${id}; Path=/; HttpOnly; SameSite=Lax`);
    return session;
  };

  return {
    find,
    keep: (request, response) => find(request) ?? put({ cart: [] }, response),
    renew(request, response) {
      const session = find(request) ?? { cart: [] };
      kept.delete(readCookie(request, cookieName) ?? '');
      return put(session, response);
    },
    all: () => [...kept.values()].map(({ session }) => session),
  };
}

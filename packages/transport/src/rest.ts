/** The HTTP half of the Guest API (sections 7 and 9). */
import type { Environment } from './environment.ts';
import { type Entry, readBody } from './message.ts';
import { isRecord, type Json, listAt, numberAt, parseJson, textAt } from './read.ts';
import { RestError } from './rest-error.ts';

/** What proves who the customer is: the provider's answer, or a token that the site signed. */
export type Proof =
  | {
      readonly kind: 'code';
      readonly authCode?: string;
      readonly idToken?: string;
      readonly redirectUri?: string;
      readonly codeVerifier?: string;
      readonly nonce?: string;
      /** Seconds. */
      readonly maxAge?: number | string;
      readonly iss?: string;
    }
  | { readonly kind: 'signed-token'; readonly token: string };

export interface Tokens {
  readonly jwt: string;
  readonly refreshToken?: string;
}

export interface Rest {
  exchange(proof: Proof): Promise<Tokens>;
  refresh(refreshToken: string): Promise<Tokens>;
  /** Everywhere: on every device of the person. */
  revoke(jwt: string, everywhere: boolean): Promise<void>;
  /** Rejects always: with the reference of the attempt that the node has recorded. */
  siteFault(fault: SiteFault): Promise<void>;
  /** Newest first; `pageNumber` from 1. */
  history(jwt: string, pageNumber: number): Promise<{ entries: Entry[]; total: number }>;
}

/** What a page did in place of giving a proof (Omnichannel §1.6). */
export type SiteFault = 'missing' | 'threw' | 'empty' | 'timeout';

/** Longer than the node may take to ask a provider; after it the answer no longer counts. */
const ANSWER_MS = 30_000;
export const HISTORY_PAGE_SIZE = 50;

/** Rejects with `RestError`. */
export function createRest(url: string, deploymentId: string, environment: Environment): Rest {
  return {
    async exchange(proof) {
      const [name, body] =
        proof.kind === 'code'
          ? ['oauthcodegrantjwtexchange', { deploymentId, oauth: oauthOf(proof) }]
          : ['signedtokenexchange', { deploymentId, token: proof.token }];
      return readTokens(await post(`/api/v2/webdeployments/token/${name}`, body));
    },
    async refresh(refreshToken) {
      const body = { refreshToken, deploymentId };
      return readTokens(await post('/api/v2/webdeployments/token/refresh', body));
    },
    async revoke(jwt, everywhere) {
      const path = `/api/v2/webdeployments/token/revoke${everywhere ? '' : '?scope=device'}`;
      const headers = { authorization: `bearer ${jwt}` };
      // A site that signs somebody out goes to another page at once
      await call(path, { method: 'DELETE', headers, keepalive: true });
    },
    async siteFault(fault) {
      await post('/api/v2/webdeployments/token/sitefault', { deploymentId, fault });
    },
    async history(jwt, pageNumber) {
      const query = `pageNumber=${pageNumber}&pageSize=${HISTORY_PAGE_SIZE}`;
      const headers = { authorization: `bearer ${jwt}` };
      const page = await call(`/api/v2/webmessaging/messages?${query}`, { headers });
      const bodies = listAt(page, 'entities').map(readBody);
      const entries = bodies.filter((entry) => typeof entry === 'object' && entry !== null);
      return { entries, total: numberAt(page, 'total') ?? entries.length };
    },
  };

  function post(path: string, body: object): Promise<Json> {
    const headers = { 'content-type': 'application/json' };
    return call(path, { method: 'POST', headers, body: JSON.stringify(body) });
  }

  async function call(path: string, init: RequestInit): Promise<Json> {
    const abort = new AbortController();
    const cancelTimer = environment.after(ANSWER_MS, () => abort.abort());
    try {
      const response = await environment.fetch(url + path, { ...init, signal: abort.signal });
      const parsed = parseJson(await response.text().catch(() => ''));
      const body = isRecord(parsed) ? parsed : {};
      if (!response.ok) throw new RestError(response.status, body);
      return body;
    } catch (error) {
      throw error instanceof RestError ? error : new RestError(0, {});
    } finally {
      cancelTimer();
    }
  }
}

/** Names of the page's AuthProvider to names of the Guest API (section 14.4). */
function oauthOf({ kind, authCode, ...rest }: Extract<Proof, { kind: 'code' }>): object {
  return { ...rest, ...(authCode !== undefined && { code: authCode }) };
}

function readTokens(body: Json): Tokens {
  const jwt = textAt(body, 'jwt');
  if (jwt === undefined) throw new RestError(502, { message: 'The server sent no token.' });
  const refreshToken = textAt(body, 'refreshToken');
  return { jwt, ...(refreshToken !== undefined && { refreshToken }) };
}

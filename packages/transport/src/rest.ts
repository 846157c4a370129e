/** The HTTP half of the Guest API (sections 7 and 9). */
import type { Environment } from './environment.ts';
import { type Entry, readBody } from './message.ts';
import { isRecord, type Json, listAt, numberAt, parseJson, textAt } from './read.ts';

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

/** A request that was refused, or (status 0) never answered. */
export class RestError extends Error {
  readonly status: number;
  readonly code: string;
  /** What the customer can give to support; the administrator finds the attempt by it. */
  readonly reference: string | undefined;

  constructor(status: number, body: Json) {
    super(textAt(body, 'message') ?? 'The server could not be reached.');
    this.status = status;
    this.code = textAt(body, 'code') ?? 'unreachable';
    this.reference = textAt(body, 'reference');
  }
}

export interface Rest {
  exchange(proof: Proof): Promise<Tokens>;
  refresh(refreshToken: string): Promise<Tokens>;
  revoke(jwt: string): Promise<void>;
  /** Newest first; `pageNumber` from 1. */
  history(jwt: string, pageNumber: number): Promise<{ entries: Entry[]; total: number }>;
}

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
    async revoke(jwt) {
      const headers = { authorization: `bearer ${jwt}` };
      await call('/api/v2/webdeployments/token/revoke', { method: 'DELETE', headers });
    },
    async history(jwt, pageNumber) {
      const query = `pageNumber=${pageNumber}&pageSize=${HISTORY_PAGE_SIZE}`;
      const headers = { authorization: `bearer ${jwt}` };
      const page = await call(`/api/v2/webmessaging/messages?${query}`, { headers });
      const bodies = listAt(page, 'entities').map(readBody);
      const entries = bodies.filter((entry) => entry !== null && entry !== 'typing');
      return { entries, total: numberAt(page, 'total') ?? entries.length };
    },
  };

  function post(path: string, body: object): Promise<Json> {
    const headers = { 'content-type': 'application/json' };
    return call(path, { method: 'POST', headers, body: JSON.stringify(body) });
  }

  async function call(path: string, init: RequestInit): Promise<Json> {
    const response = await environment.fetch(url + path, init).catch(() => null);
    if (response === null) throw new RestError(0, {});
    const parsed = parseJson(await response.text().catch(() => ''));
    const body = isRecord(parsed) ? parsed : {};
    if (!response.ok) throw new RestError(response.status, body);
    return body;
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

/** Who a JWT of the exchange is for, as far as the client shows it. Not a check: the server checks. */
export function readPerson(jwt: string): Person {
  const claims = parseJson(decode(jwt.split('.')[1] ?? ''));
  const json = isRecord(claims) ? claims : {};
  return { name: textAt(json, 'name') ?? '', identity: textAt(json, 'identity') ?? '' };
}

export interface Person {
  readonly name: string;
  /** Tells two people apart without naming them. */
  readonly identity: string;
}

function decode(segment: string): string {
  try {
    const binary = atob(segment.replace(/-/g, '+').replace(/_/g, '/'));
    return new TextDecoder().decode(
      Uint8Array.from(binary, (character) => character.charCodeAt(0)),
    );
  } catch {
    return '';
  }
}

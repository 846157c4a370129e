import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Html } from '../site/html.ts';
import type { RelyingParty } from './relying-party.ts';
import type { Sessions } from './sessions.ts';
import type { TokenKeys, TokenTerms } from './site-token.ts';

/** The parts of a running shop that its handlers share. */
export interface Shop {
  /** Its own origin. */
  url: string;
  nodeUrl: string;
  providerOrigin: string;
  deployments: Deployments;
  loaderIntegrity: string | undefined;
  /** The client that the messenger's authorization codes are for. */
  clientId: string;
  tokenTerms: TokenTerms;
  keys: TokenKeys;
  sessions: Sessions;
  relyingParty: RelyingParty;
}

/** Which deployment of the messenger each page embeds. */
export interface Deployments {
  openIdConnect: string;
  signedToken: string;
  guest: string;
}

/** One request and everything a handler needs to answer it. */
export interface Visit {
  shop: Shop;
  request: IncomingMessage;
  response: ServerResponse;
  url: URL;
}

export type Handle = (visit: Visit) => Promise<void> | void;

export const PLAIN_HEADERS = {
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'no-referrer',
  'cache-control': 'no-store',
};

/** After a form: the browser gets the page anew (303). */
export function redirect({ response }: Visit, location: string): void {
  response.writeHead(303, { ...PLAIN_HEADERS, location }).end();
}

export function sendJson({ response }: Visit, status: number, value: unknown): void {
  const headers = { ...PLAIN_HEADERS, 'content-type': 'application/json; charset=utf-8' };
  response.writeHead(status, headers).end(JSON.stringify(value));
}

export function sendHtml(
  { response }: Visit,
  page: { body: Html; policy: string; status?: number },
): void {
  response
    .writeHead(page.status ?? 200, {
      ...PLAIN_HEADERS,
      'content-type': 'text/html; charset=utf-8',
      'content-security-policy': page.policy,
    })
    .end(page.body.text);
}

import type { ServerResponse } from 'node:http';
import { errorPage, type Page, signInPage } from '../../identity-provider/provider-pages.ts';
import { findPerson, SAMPLE_PASSWORD } from '../../people.ts';
import { html } from '../../site/html.ts';
import { randomToken } from '../crypto/bytes.ts';
import { issueAccessToken } from './issue-tokens.ts';
import type { OAuthClient, ProviderRequest, ProviderState } from './provider-state.ts';

export const USUAL_SCOPES: readonly string[] = ['openid', 'profile', 'email'];

/** An authorization request of a known client that may be answered (RFC 6749 §4.1.1, §4.2.1). */
interface Request {
  client: OAuthClient;
  redirectUri: string;
  query: URLSearchParams;
}

/** `GET` shows the sign-in page, `POST` is the person's answer to it. */
export function answerAuthorize(
  state: ProviderState,
  { method, query, form }: ProviderRequest,
  response: ServerResponse,
  scriptedError: string | undefined,
): void {
  const client = state.clients.get(query.get('client_id') ?? '');
  const redirectUri = query.get('redirect_uri') ?? '';
  if (!client?.redirectUris.includes(redirectUri))
    return sendPage(response, 400, errorPage('invalid_client', 'Unknown client or redirect URI.'));
  const request = { client, redirectUri, query };
  const error = scriptedError ?? errorOf(request);
  if (error !== undefined) return sendBack(state, request, { error }, response);
  if (method !== 'POST') return sendPage(response, 200, pageFor(state, request, false));
  if (form.has('cancel')) return sendBack(state, request, { error: 'access_denied' }, response);
  const person = findPerson(state.people, form.get('person'));
  if (!person || form.get('password') !== SAMPLE_PASSWORD)
    return sendPage(response, 422, pageFor(state, request, true));
  sendBack(state, request, grant(state, request, person.id), response);
}

function errorOf({ client, query }: Request): string | undefined {
  const type = query.get('response_type');
  if (type !== 'code' && type !== 'token') return 'unsupported_response_type';
  const scopes = scopesIn(query);
  const allowed = client.scopes ?? USUAL_SCOPES;
  if (scopes.length === 0 || scopes.some((scope) => !allowed.includes(scope)))
    return 'invalid_scope';
  const challenge = query.get('code_challenge');
  const isPkce =
    query.get('code_challenge_method') === 'S256' && /^[\w-]{43}$/.test(challenge ?? '');
  if (challenge !== null && !isPkce) return 'invalid_request';
  return query.get('prompt') === 'none' ? 'login_required' : undefined;
}

function scopesIn(query: URLSearchParams): string[] {
  return (query.get('scope') ?? '').split(' ').filter((scope) => scope !== '');
}

function pageFor(state: ProviderState, { client, query, redirectUri }: Request, refused: boolean) {
  return signInPage({
    people: state.people,
    clientName: client.name ?? client.clientId,
    redirectUri,
    chosen: query.get('login_hint'),
    refused,
  });
}

function grant(
  state: ProviderState,
  { client, query, redirectUri }: Request,
  subject: string,
): Record<string, string> {
  const granted = { clientId: client.clientId, subject, scopes: scopesIn(query) };
  const type = state.answer.responseType ?? query.get('response_type');
  if (type === 'token')
    return { access_token: issueAccessToken(state, granted), token_type: 'Bearer' };
  const code = randomToken();
  state.codes.set(code, {
    ...granted,
    redirectUri,
    codeChallenge: query.get('code_challenge'),
    nonce: query.get('nonce'),
    expiresAt: state.now() + state.codeLifetimeMs,
  });
  return { code };
}

/** In the query; a token in the fragment (RFC 6749 §4.2.2), unless another place is set. */
function sendBack(
  state: ProviderState,
  { redirectUri, query }: Request,
  answer: Record<string, string>,
  response: ServerResponse,
): void {
  const asked = query.get('state');
  const all = { ...answer, ...(asked === null ? {} : { state: asked }) };
  const mode = state.answer.mode ?? ('access_token' in answer ? 'fragment' : 'query');
  if (mode === 'form_post') return sendForm(redirectUri, all, response);
  const url = new URL(redirectUri);
  if (mode === 'fragment') url.hash = new URLSearchParams(all).toString();
  else for (const [name, value] of Object.entries(all)) url.searchParams.set(name, value);
  response.writeHead(303, { location: url.href, 'cache-control': 'no-store' }).end();
}

/** OAuth 2.0 Form Post Response Mode. */
function sendForm(action: string, fields: Record<string, string>, response: ServerResponse): void {
  const inputs = Object.entries(fields).map(
    ([name, value]) => html`<input type="hidden" name="${name}" value="${value}">`,
  );
  const body = html`<!doctype html><html lang="en"><title>Signing in</title>
<body onload="document.forms[0].submit()"><form method="post" action="${action}">${inputs}<button>Go on</button></form></body></html>`;
  sendPage(response, 200, { body: body.text, headers: { 'content-type': 'text/html' } });
}

function sendPage(response: ServerResponse, status: number, page: Page): void {
  response.writeHead(status, page.headers).end(page.body);
}

import { randomBytes } from 'node:crypto';
import type { ServerResponse } from 'node:http';
import { findPerson } from '../../people.ts';
import { html } from '../../site/html.ts';
import { sendPage } from '../answers.ts';
import { makeIdToken } from '../id-token.ts';
import { type IssuedCode, type IssuerState, nowSeconds } from '../issuer-state.ts';

const FORM_POST_ERROR = 'oidcc-client-test-form-post-error';

/**
 * RFC 6749 §4.1.1 with PKCE S256 (RFC 7636 §4.3). Whoever comes is signed in at once: the person of
 * `?person=` or `login_hint`, else the first. A request whose answer nobody may get ends on a page.
 */
export async function authorize(
  state: IssuerState,
  query: URLSearchParams,
  response: ServerResponse,
): Promise<void> {
  const client = state.clients.get(query.get('client_id') ?? '');
  const redirectUri = query.get('redirect_uri') ?? '';
  if (!client?.redirectUris.includes(redirectUri)) {
    const main = html`<h1>This sign-in cannot go on</h1><p>The client or its redirect_uri is not registered.</p>`;
    return sendPage(response, 400, 'Error', main);
  }
  state.requests += 1;
  if (state.requests > 1) await state.module.behaviour.betweenSignIns?.(state.keys);
  const error = errorOf(state, query);
  const answer = error ? { error } : await signIn(state, query, client.clientId, redirectUri);
  const asked = query.get('state');
  sendAnswer(state, query, redirectUri, response, {
    ...answer,
    iss: state.issuer,
    ...(asked === null ? {} : { state: asked }),
  });
}

/** Nobody is ever signed in here before they come, so `prompt=none` with `max_age=0` cannot be met. */
function errorOf({ name, module }: IssuerState, query: URLSearchParams): string | null {
  const isSilent = query.get('prompt') === 'none' && query.get('max_age') === '0';
  if (name === FORM_POST_ERROR || isSilent) return 'login_required';
  const type = query.get('response_type');
  if (type !== 'code' && !(module.behaviour.isHybrid && type === 'code id_token'))
    return 'unsupported_response_type';
  const isPkce =
    query.get('code_challenge_method') === 'S256' &&
    /^[\w-]{43}$/.test(query.get('code_challenge') ?? '');
  return isPkce ? null : 'invalid_request';
}

async function signIn(
  state: IssuerState,
  query: URLSearchParams,
  clientId: string,
  redirectUri: string,
): Promise<Record<string, string>> {
  const hint = query.get('person') ?? query.get('login_hint');
  const subject = (findPerson(state.people, hint) ?? state.people[0])?.id ?? '';
  const issued: IssuedCode = {
    clientId,
    subject,
    redirectUri,
    codeChallenge: query.get('code_challenge') ?? '',
    scope: query.get('scope') ?? '',
    nonce: query.get('nonce'),
    sid: random(),
    authTime: nowSeconds(),
  };
  state.lastSession = issued.sid;
  const code = random();
  state.codes.set(code, issued);
  if (!state.module.behaviour.isHybrid) return { code };
  const idToken = await makeIdToken(state, issued, { accessToken: null, isRefreshed: false });
  return { code, id_token: idToken };
}

/** In the query, in the fragment, or as a form that posts itself (OAuth 2.0 Form Post Response Mode). */
function sendAnswer(
  { name, module }: IssuerState,
  query: URLSearchParams,
  redirectUri: string,
  response: ServerResponse,
  answer: Record<string, string>,
): void {
  const mode = query.get('response_mode');
  if (mode === 'form_post' || name === FORM_POST_ERROR) {
    const inputs = Object.entries(answer).map(
      ([field, value]) => html`<input type="hidden" name="${field}" value="${value}">`,
    );
    const main = html`<form method="post" action="${redirectUri}">${inputs}<button type="submit">Go on</button></form>
<script>document.forms[0].submit()</script>`;
    return sendPage(response, 200, 'Signing in', main);
  }
  const url = new URL(redirectUri);
  const isFragment = mode === 'fragment' || module.behaviour.isHybrid;
  if (isFragment) url.hash = new URLSearchParams(answer).toString();
  else for (const [field, value] of Object.entries(answer)) url.searchParams.set(field, value);
  response.writeHead(303, { location: url.href, 'cache-control': 'no-store' }).end();
}

const random = (): string => randomBytes(24).toString('base64url');

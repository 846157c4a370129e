import type { ServerResponse } from 'node:http';
import { decodeJwt } from 'jose';
import { type Html, html } from '../../site/html.ts';
import { sendPage } from '../answers.ts';
import type { IssuerState } from '../issuer-state.ts';
import { sendLogoutToken } from '../logout-token.ts';

/** RP-Initiated Logout 1.0: tells the client's back channel and its frame, then goes back to it. */
export async function endSession(
  state: IssuerState,
  query: URLSearchParams,
  response: ServerResponse,
): Promise<void> {
  const { aud, sub, sid } = readHint(query.get('id_token_hint'));
  const client = state.clients.get(query.get('client_id') ?? aud);
  const returnTo = query.get('post_logout_redirect_uri');
  if (!client || (returnTo !== null && !client.postLogoutRedirectUris?.includes(returnTo))) {
    const main = html`<h1>This sign-out cannot go on</h1><p>The client or its post_logout_redirect_uri is not registered.</p>`;
    return sendPage(response, 400, 'Error', main);
  }
  endRefreshTokens(state, sid);
  if (client.backchannelLogoutUri !== undefined) {
    // That the client cannot be reached keeps nobody signed in here
    await sendLogoutToken(state, { clientId: client.clientId, subject: sub, sid }).catch(
      () => null,
    );
  }
  const back = returnTo === null ? null : wayBack(state, returnTo, query.get('state'));
  const frames = framesOf(state, sid, [client.frontchannelLogoutUri]);
  if (back === null || frames.length > 0)
    return sendPage(response, 200, 'Signed out', page(frames, back));
  response.writeHead(303, { location: back, 'cache-control': 'no-store' }).end();
}

/** `/sign-out?sid=`: a person signs out at the provider itself; every client is told in a frame. */
export function signOutHere(
  state: IssuerState,
  query: URLSearchParams,
  response: ServerResponse,
): void {
  const sid = query.get('sid') ?? '';
  endRefreshTokens(state, sid);
  const uris = [...state.clients.values()].map((client) => client.frontchannelLogoutUri);
  sendPage(response, 200, 'Signed out', page(framesOf(state, sid, uris), null));
}

function endRefreshTokens(state: IssuerState, sid: string): void {
  for (const [token, signIn] of state.refreshTokens)
    if (signIn.sid === sid) state.refreshTokens.delete(token);
}

function wayBack({ module }: IssuerState, returnTo: string, asked: string | null): string {
  const { stateAfterSignOut } = module.behaviour;
  const returned = stateAfterSignOut ? stateAfterSignOut(asked) : asked;
  const url = new URL(returnTo);
  if (returned !== null) url.searchParams.set('state', returned);
  return url.href;
}

/** Front-Channel Logout 1.0 §3: `iss` and `sid` go with each. */
function framesOf({ issuer }: IssuerState, sid: string, uris: (string | undefined)[]): Html[] {
  return uris.flatMap((uri) => {
    if (uri === undefined) return [];
    const url = new URL(uri);
    url.searchParams.set('iss', issuer);
    url.searchParams.set('sid', sid);
    return [html`<iframe hidden title="Signing out" src="${url.href}"></iframe>`];
  });
}

function page(frames: Html[], back: string | null): Html {
  return html`<h1>You are signed out</h1>
${frames}
${back !== null && html`<p><a id="back" href="${back}">Go back</a></p><script>addEventListener('load', () => document.getElementById('back').click())</script>`}`;
}

/** The hint is our own token; it only says whom the sign-out is about. */
function readHint(token: string | null): { aud: string; sub: string; sid: string } {
  try {
    const { aud, sub, sid } = decodeJwt(token ?? '');
    return { aud: String(aud), sub: String(sub), sid: String(sid) };
  } catch {
    return { aud: '', sub: '', sid: '' };
  }
}

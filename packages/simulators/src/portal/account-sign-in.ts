import { AuthorizationResponseError } from 'openid-client';
import { readFields } from '../site/request.ts';
import { keptCarts } from './products.ts';
import type { SignInOptions } from './relying-party.ts';
import { PLAIN_HEADERS, redirect, type Visit } from './visit.ts';

/** `GET /account/sign-in`: to the provider. `?again=yes` asks for the password anew. */
export async function startSignIn(visit: Visit): Promise<void> {
  const again = visit.url.searchParams.get('again') === 'yes';
  await leaveForProvider(visit, { again, returnTo: '/account' });
}

async function leaveForProvider(visit: Visit, options: SignInOptions): Promise<void> {
  const { url, signingIn } = await visit.shop.relyingParty.startSignIn(options);
  visit.shop.sessions.keep(visit.request, visit.response).signingIn = signingIn;
  redirect(visit, url);
}

/**
 * `/account/initiate`, GET or POST: the provider, or anybody, asks the shop to start a sign-in (OpenID
 * Connect Core §4). Only at the shop's own provider, and only on to a page of the shop (RFC 9700 §4.11).
 */
export async function initiateSignIn(visit: Visit): Promise<void> {
  const { shop, request, url } = visit;
  const asked = request.method === 'POST' ? await readFields(request) : url.searchParams;
  const target = URL.parse(asked.get('target_link_uri') ?? '/account', shop.url);
  if (asked.get('iss') !== shop.relyingParty.issuer)
    return refuse(visit, 'The shop does not know this identity provider.');
  if (target === null || target.origin !== new URL(shop.url).origin)
    return refuse(visit, 'The sign-in may only lead to a page of the shop.');
  await leaveForProvider(visit, {
    again: false,
    returnTo: target.pathname + target.search,
    loginHint: asked.get('login_hint') ?? undefined,
  });
}

function refuse({ response }: Visit, why: string): void {
  response.writeHead(400, { ...PLAIN_HEADERS, 'content-type': 'text/plain' }).end(why);
}

/** `GET /account/callback`: the provider's answer to it. */
export async function finishSignIn(visit: Visit): Promise<void> {
  const { shop, request, response, url } = visit;
  const signingIn = shop.sessions.find(request)?.signingIn;
  if (!signingIn) return redirect(visit, '/account?sign-in=failed');
  try {
    const account = await shop.relyingParty.finishSignIn(url, signingIn);
    const session = shop.sessions.renew(request, response);
    session.account = account;
    if (session.cart.length === 0) session.cart = [...(keptCarts[account.id] ?? [])];
    delete session.signingIn;
    redirect(visit, signingIn.returnTo);
  } catch (cause) {
    redirect(visit, `/account?sign-in=${outcomeOf(cause)}`);
  }
}

function outcomeOf(cause: unknown): 'cancelled' | 'failed' {
  const cancelled = cause instanceof AuthorizationResponseError && cause.error === 'access_denied';
  return cancelled ? 'cancelled' : 'failed';
}

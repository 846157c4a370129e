import { AuthorizationResponseError } from 'openid-client';
import { keptCarts } from './products.ts';
import { redirect, type Visit } from './visit.ts';

/** `GET /account/sign-in`: to the provider. `?again=yes` asks for the password anew. */
export async function startSignIn(visit: Visit): Promise<void> {
  const again = visit.url.searchParams.get('again') === 'yes';
  const { url, signingIn } = await visit.shop.relyingParty.startSignIn({ again });
  visit.shop.sessions.keep(visit.request, visit.response).signingIn = signingIn;
  redirect(visit, url);
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
    redirect(visit, '/account');
  } catch (cause) {
    redirect(visit, `/account?sign-in=${outcomeOf(cause)}`);
  }
}

function outcomeOf(cause: unknown): 'cancelled' | 'failed' {
  const cancelled = cause instanceof AuthorizationResponseError && cause.error === 'access_denied';
  return cancelled ? 'cancelled' : 'failed';
}

/** `POST /account/sign-out`: of the shop, then of the provider (RP-Initiated Logout 1.0). */
export async function signOut(visit: Visit): Promise<void> {
  const session = visit.shop.sessions.find(visit.request);
  const account = session?.account;
  if (!account) return redirect(visit, '/account');
  delete session.account;
  session.cart = [];
  redirect(visit, await visit.shop.relyingParty.signOutUrl(account.idToken));
}

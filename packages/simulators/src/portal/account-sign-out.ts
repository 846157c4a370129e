import type { Session } from './sessions.ts';
import { PLAIN_HEADERS, redirect, type Visit } from './visit.ts';

/** `POST /account/sign-out`: of the shop at once, then of the provider (RP-Initiated Logout 1.0). */
export async function signOut(visit: Visit): Promise<void> {
  const session = visit.shop.sessions.find(visit.request);
  const account = session?.account;
  if (!account) return redirect(visit, '/account');
  forget(session);
  const { url, state } = await visit.shop.relyingParty.startSignOut(account.idToken);
  session.signingOut = { state };
  redirect(visit, url);
}

/**
 * `GET /account/signed-out`: the way back. A wrong or missing `state` is not the answer to what this
 * browser asked (RP-Initiated Logout 1.0 §3), so it confirms nothing.
 */
export function finishSignOut(visit: Visit): void {
  const session = visit.shop.sessions.find(visit.request);
  const expected = session?.signingOut?.state;
  if (session) delete session.signingOut;
  const isConfirmed = expected !== undefined && visit.url.searchParams.get('state') === expected;
  redirect(visit, `/account?sign-out=${isConfirmed ? 'done' : 'unconfirmed'}`);
}

/**
 * `GET /account/front-channel-logout`: in a frame of the provider's page. Whose session it is says `sid`
 * and no cookie, which browsers keep from foreign frames.
 */
export function endProviderSession({ shop, url, response }: Visit): void {
  const sid = url.searchParams.get('sid');
  if (url.searchParams.get('iss') === shop.relyingParty.issuer && sid)
    for (const session of shop.sessions.all())
      if (session.account?.providerSession === sid) forget(session);
  response.writeHead(200, { ...PLAIN_HEADERS, 'content-type': 'text/plain' }).end('Done.');
}

function forget(session: Session): void {
  delete session.account;
  session.cart = [];
}

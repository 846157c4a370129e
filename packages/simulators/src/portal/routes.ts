import { html } from '../site/html.ts';
import { isFromOwnPage } from '../site/request.ts';
import { showAccount } from './account.ts';
import { finishSignIn, initiateSignIn, startSignIn } from './account-sign-in.ts';
import { endProviderSession, finishSignOut, signOut } from './account-sign-out.ts';
import { sendAsset } from './assets.ts';
import { issueToken, PUBLIC_KEY_PATH, publishKey } from './auth-services.ts';
import { changeCart, showCart } from './cart.ts';
import { prepareChatCode, showChatCallback } from './chat-code.ts';
import { changeRecord, changeVariant, signInCustomer, signOutCustomer } from './customer-forms.ts';
import { showPortal } from './customer-portal.ts';
import { sendPage } from './page.ts';
import {
  CALLBACK_PATH,
  CHAT_CALLBACK_PATH,
  FRONT_CHANNEL_LOGOUT_PATH,
  SIGNED_OUT_PATH,
} from './relying-party.ts';
import { showFront } from './shop-front.ts';
import { type Handle, PLAIN_HEADERS, type Visit } from './visit.ts';

/** Anybody may ask for a sign-in, by a link or by a form (OpenID Connect Core §4). */
const INITIATE_PATH = '/account/initiate';

const routes: Readonly<Record<string, Handle>> = {
  'GET /': showFront,
  'GET /cart': showCart,
  'POST /cart': changeCart,
  'GET /account': showAccount,
  'GET /account/sign-in': startSignIn,
  [`GET ${CALLBACK_PATH}`]: finishSignIn,
  'POST /account/chat-request': prepareChatCode,
  [`GET ${CHAT_CALLBACK_PATH}`]: showChatCallback,
  'POST /account/sign-out': signOut,
  [`GET ${SIGNED_OUT_PATH}`]: finishSignOut,
  [`GET ${FRONT_CHANNEL_LOGOUT_PATH}`]: endProviderSession,
  [`GET ${INITIATE_PATH}`]: initiateSignIn,
  [`POST ${INITIATE_PATH}`]: initiateSignIn,
  'GET /portal': showPortal,
  'POST /portal/sign-in': signInCustomer,
  'POST /portal/record': changeRecord,
  'POST /portal/testing': changeVariant,
  'POST /portal/sign-out': signOutCustomer,
  [`GET ${PUBLIC_KEY_PATH}`]: publishKey,
  'POST /_services/auth/token': issueToken,
};

/** Finds who answers. What changes something has to come from a page of the shop (no CSRF). */
export async function answer(visit: Visit): Promise<void> {
  const { request, response, url, shop } = visit;
  const method = request.method === 'HEAD' ? 'GET' : (request.method ?? 'GET');
  const isOpen = url.pathname === INITIATE_PATH;
  if (method === 'POST' && !isOpen && !isFromOwnPage(request, shop.url)) {
    response.writeHead(403, { ...PLAIN_HEADERS, 'content-type': 'text/plain' });
    response.end('This has to come from a page of the shop.');
    return;
  }
  if (url.pathname.startsWith('/assets/') && sendAsset(visit)) return;
  const handle = routes[`${method} ${url.pathname}`] ?? showNotFound;
  await handle(visit);
}

function showNotFound(visit: Visit): void {
  sendPage(visit, {
    name: 'front',
    title: 'Not found',
    status: 404,
    deploymentId: visit.shop.deployments.guest,
    main: html`<section class="narrow centred"><h1>No path leads here</h1><p class="lead">The page may have moved.</p><p><a class="button" href="/">Back to the shop</a></p></section>`,
  });
}

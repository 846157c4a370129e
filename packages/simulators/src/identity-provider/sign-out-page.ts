import type { KoaContextWithOIDC } from 'oidc-provider';
import { type Html, html, trusted } from '../site/html.ts';
import type { ClientRegistry } from './client-registry.ts';
import { page, send } from './provider-pages.ts';

/** Sends the form only when the frames are loaded, or have had their time. */
const SCRIPT = `
const form = document.getElementById('op.logoutForm');
const frames = [...document.querySelectorAll('iframe')];
form.addEventListener('submit', (event) => {
  if (event.submitter?.name !== 'logout' || frames.length === 0) return;
  event.preventDefault();
  const loaded = frames.map((frame) => new Promise((done) => {
    frame.onload = done;
    frame.src = frame.dataset.src;
  }));
  const timeUp = new Promise((done) => setTimeout(done, 2000));
  Promise.race([Promise.all(loaded), timeUp]).then(() => {
    const yes = Object.assign(document.createElement('input'), { name: 'logout', value: 'yes' });
    yes.type = 'hidden';
    form.append(yes);
    form.submit();
  });
});
`;
const ANSWER_ITSELF = "document.getElementById('sign-out').click();";

/**
 * The question before RP-initiated logout; answers itself when the client showed an ID token. With the
 * answer, the clients that asked for it are told through frames (Front-Channel Logout 1.0 §3).
 */
export function signOutPage(clients: ClientRegistry) {
  return async (context: KoaContextWithOIDC, form: string): Promise<void> => {
    const returnTo = context.oidc.params?.post_logout_redirect_uri;
    const addresses = frontchannelAddresses(context, clients);
    const content = html`<h1>Sign out</h1>
<p>of your Fjell & Fern account on this device?</p>
${trusted(form)}
<div class="actions">
<button class="button" type="submit" form="op.logoutForm" name="logout" value="yes" id="sign-out">Sign out</button>
<button class="button quiet" type="submit" form="op.logoutForm">Stay signed in</button>
</div>
${addresses.map(frame)}`;
    const isOwnRequest = context.oidc.entities.IdTokenHint !== undefined;
    const script = SCRIPT + (isOwnRequest ? ANSWER_ITSELF : '');
    const frameOrigins = [...new Set(addresses.map(({ origin }) => origin))];
    const formOrigin = typeof returnTo === 'string' ? { formOrigin: new URL(returnTo).origin } : {};
    send(context, page('Sign out', content, { ...formOrigin, frameOrigins, script }));
  };
}

const frame = ({ href }: URL): Html =>
  html`<iframe hidden title="Signing out" data-src="${href}"></iframe>`;

/** Of every client that the person is signed in to in this browser, with `iss` and `sid` (§2). */
function frontchannelAddresses({ oidc }: KoaContextWithOIDC, clients: ClientRegistry): URL[] {
  const { session, provider } = oidc;
  return Object.keys(session?.authorizations ?? {}).flatMap((clientId) => {
    const uri = clients.frontchannelLogoutUri(clientId);
    if (uri === undefined) return [];
    const address = new URL(uri);
    address.searchParams.set('iss', provider.issuer);
    address.searchParams.set('sid', session?.sidFor(clientId) ?? '');
    return [address];
  });
}

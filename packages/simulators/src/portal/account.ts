import { type Html, html } from '../site/html.ts';
import { personIcon, productArt } from './art.ts';
import { type Order, orders } from './orders.ts';
import { sendPage } from './page.ts';
import { findProduct, kroner } from './products.ts';
import type { Account } from './sessions.ts';
import type { Visit } from './visit.ts';

/** What became of a sign-in or a sign-out, from the redirect of its callback. */
const OUTCOMES: Readonly<Record<string, { role: 'alert' | 'status'; text: string }>> = {
  'sign-in=cancelled': {
    role: 'alert',
    text: 'You are not signed in: the sign-in was cancelled.',
  },
  'sign-in=failed': { role: 'alert', text: 'The sign-in did not work. Please try again.' },
  'sign-out=done': { role: 'status', text: 'You are signed out.' },
  'sign-out=unconfirmed': {
    role: 'alert',
    text: 'You are signed out of the shop. Whether you are signed out of your account too, it did not say.',
  },
};

/** `/account`: orders, for whoever is signed in through OpenID Connect. */
export function showAccount(visit: Visit): void {
  const account = visit.shop.sessions.find(visit.request)?.account;
  sendPage(visit, {
    name: 'account',
    title: 'My account',
    deploymentId: visit.shop.deployments.openIdConnect,
    scripts: ['account.js'],
    data: { 'signed-in': account ? 'yes' : 'no' },
    person: account && { name: account.name, signOut: '/account/sign-out' },
    main: account ? signedIn(account) : signedOut(visit.url.search.slice(1)),
  });
}

function signedIn(account: Account): Html {
  const own = orders[account.id] ?? [];
  return html`<section class="wide">
<h1>Good to see you, ${account.givenName || account.name}</h1>
<p class="lead">Signed in with your Fjell & Fern account.</p>
<div class="columns">
<section class="panel" aria-labelledby="orders"><h2 id="orders">Your orders</h2>
${own.length === 0 ? html`<p>You have not ordered anything yet.</p>` : html`<ul class="rows">${own.map(orderRow)}</ul>`}
</section>
<section class="panel" aria-labelledby="details"><h2 id="details">Your details</h2>
<dl class="facts"><dt>Name</dt><dd>${account.name}</dd><dt>E-mail</dt><dd>${account.email}</dd><dt>Customer number</dt><dd>${account.id}</dd></dl>
<form method="post" action="/account/sign-out" data-leaves-chat><button class="button quiet" type="submit">Sign out</button></form>
</section>
</div>
</section>`;
}

function orderRow(order: Order): Html | null {
  const product = findProduct(order.productId);
  if (!product) return null;
  return html`<li>${productArt(product)}<div><strong>${product.name}</strong><p>${order.number} · ${order.placed}</p><span class="status${order.isOpen && ' open'}">${order.status}</span></div>
<span class="price">${kroner(product.price)}</span></li>`;
}

function signedOut(query: string): Html {
  const outcome = Object.hasOwn(OUTCOMES, query) ? OUTCOMES[query] : undefined;
  return html`<section class="narrow centred">
<span class="medallion">${personIcon}</span>
<h1>My account</h1>
${outcome && html`<p class="${outcome.role === 'alert' ? 'refused' : 'told'}" role="${outcome.role}">${outcome.text}</p>`}
<p class="lead">Sign in to see your orders. You may also chat right away and sign in later: the conversation goes on.</p>
<p><a class="button" href="/account/sign-in">Sign in</a></p>
</section>`;
}

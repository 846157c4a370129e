import { type Html, html } from '../site/html.ts';
import { readFields } from '../site/request.ts';
import { productArt } from './art.ts';
import { cartLabel, sendPage } from './page.ts';
import { findProduct, kroner, totalOf } from './products.ts';
import { redirect, sendJson, type Visit } from './visit.ts';

const MOST_PIECES = 50;

/** `/cart`: what the visitor means to buy. */
export function showCart(visit: Visit): void {
  const session = visit.shop.sessions.find(visit.request);
  const cart = session?.cart ?? [];
  const account = session?.account;
  sendPage(visit, {
    name: 'front',
    title: 'Cart',
    deploymentId: visit.shop.deployments.guest,
    person: account && { name: account.name, signOut: '/account/sign-out' },
    main: html`<section class="narrow"><h1>Your cart</h1>${cart.length === 0 ? empty : filled(cart)}</section>`,
  });
}

const empty = html`<p class="lead">There is nothing in it yet.</p><p><a class="button" href="/#tents">Look around</a></p>`;

function filled(cart: readonly string[]): Html {
  return html`<ul class="rows">${cart.map(line)}</ul>
<p class="total"><span>Total</span><strong>${kroner(totalOf(cart))}</strong></p>
<p class="lead">Free delivery from ${kroner(1_000)}. This is a sample shop: there is no checkout.</p>`;
}

function line(id: string, place: number): Html | null {
  const product = findProduct(id);
  if (!product) return null;
  return html`<li>${productArt(product)}<div><strong>${product.name}</strong><p>${product.about}</p></div>
<span class="price">${kroner(product.price)}</span>
<form method="post" action="/cart"><button class="plain" type="submit" name="remove" value="${place}" aria-label="Remove ${product.name}">Remove</button></form></li>`;
}

/** `POST /cart`: `add` a product or `remove` a line; a script gets the new state, a form the page. */
export async function changeCart(visit: Visit): Promise<void> {
  const fields = await readFields(visit.request);
  const { cart } = visit.shop.sessions.keep(visit.request, visit.response);
  const added = findProduct(fields.get('add'));
  if (added && cart.length < MOST_PIECES) cart.push(added.id);
  const removed = Number(fields.get('remove') ?? Number.NaN);
  if (Number.isInteger(removed) && removed >= 0) cart.splice(removed, 1);
  if (visit.request.headers.accept !== 'application/json') return redirect(visit, '/cart');
  sendJson(visit, 200, { pieces: cart.length, label: cartLabel(totalOf(cart)) });
}

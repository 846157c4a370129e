import { type Html, html } from '../site/html.ts';
import { landscape, productArt } from './art.ts';
import { sendPage } from './page.ts';
import { KINDS, type Kind, kroner, type Product, products } from './products.ts';
import type { Visit } from './visit.ts';

const DEPARTMENTS: Record<Kind, { title: string; about: string }> = {
  tents: { title: 'Tents', about: 'Pitched in wind before they are sold.' },
  boots: { title: 'Boots', about: 'Leather that is worth a new sole.' },
  packs: { title: 'Packs', about: 'From a morning to a fortnight.' },
};

/** `/`: the shop front, where anyone may chat as a guest. */
export function showFront(visit: Visit): void {
  sendPage(visit, {
    name: 'front',
    title: 'Tents, boots and packs',
    deploymentId: visit.shop.deployments.guest,
    main: html`<section class="hero" aria-labelledby="hero-title">
${landscape}
<div class="pitch">
<h1 id="hero-title">The long way round</h1>
<p>Tents, boots and packs that are made in the north, tested above the tree line, and repaired for as long as you walk.</p>
<a class="button light" href="#tents">See what is new</a>
</div>
</section>
${KINDS.map(department)}`,
  });
}

function department(kind: Kind): Html {
  const { title, about } = DEPARTMENTS[kind];
  return html`<section class="department" id="${kind}" aria-labelledby="${kind}-title">
<div class="heading"><h2 id="${kind}-title">${title}</h2><p>${about}</p></div>
<ul class="products">${products.filter((each) => each.kind === kind).map(card)}</ul>
</section>`;
}

function card(product: Product): Html {
  return html`<li class="product">
${productArt(product)}
<div class="words"><h3>${product.name}</h3><p>${product.about}</p></div>
<form class="buy" method="post" action="/cart">
<strong>${kroner(product.price)}</strong>
<button class="button quiet" type="submit" name="add" value="${product.id}" aria-label="Add ${product.name} to the cart">Add to cart</button>
</form>
</li>`;
}

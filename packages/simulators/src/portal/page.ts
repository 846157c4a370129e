import { randomBytes } from 'node:crypto';
import { fernMark } from '../site/fern-mark.ts';
import { type Html, html, trusted } from '../site/html.ts';
import { readCookie } from '../site/request.ts';
import { cartIcon, closeIcon, personIcon } from './art.ts';
import { messengerSnippet } from './messenger-snippet.ts';
import { kroner, totalOf } from './products.ts';
import { type Shop, sendHtml, type Visit } from './visit.ts';

/** The three ways a customer can be known, and the page that shows each. */
export type PageName = 'front' | 'account' | 'portal';

const NOTES: Record<PageName, string> = {
  front: 'Here anyone may chat as a guest: the agent knows no more than what the visitor says.',
  account:
    'Here the sign-in of the shop’s identity provider (OpenID Connect) proves to the agent who is writing.',
  portal: 'Here a token that the shop itself signs proves to the agent who is writing.',
};
const PLACES: readonly { name: PageName; path: string; label: string; way: string }[] = [
  { name: 'front', path: '/', label: 'Shop front', way: 'chat as a guest' },
  { name: 'account', path: '/account', label: 'My account', way: 'OpenID Connect' },
  { name: 'portal', path: '/portal', label: 'Customer portal', way: 'site-signed token' },
];

export interface PageContent {
  name: PageName;
  title: string;
  main: Html;
  /** The deployment that the messenger of this page uses. */
  deploymentId: string;
  /** Scripts of `browser/`, beside `shop.js`. */
  scripts?: readonly string[];
  /** Data attributes of the body, for those scripts. */
  data?: Readonly<Record<string, string>>;
  /** Shown in the header. */
  person?: { name: string; cartValue?: number; signOut: string } | undefined;
  status?: number;
}

export function sendPage(visit: Visit, content: PageContent): void {
  const nonce = randomBytes(16).toString('base64');
  const status = content.status ?? 200;
  sendHtml(visit, {
    status,
    body: render(visit, content, nonce),
    policy: policyOf(visit.shop, nonce),
  });
}

/** Only what is ours, the messenger's loader, and the two frames; nothing inline without the nonce. */
function policyOf(shop: Shop, nonce: string): string {
  return [
    "default-src 'self'",
    `script-src 'self' 'nonce-${nonce}' ${shop.nodeUrl}`,
    `frame-src ${shop.nodeUrl} ${shop.providerOrigin} 'self'`,
    "connect-src 'self'",
    "style-src 'self'",
    "img-src 'self' data:",
    `form-action 'self' ${shop.providerOrigin}`,
    "object-src 'none'",
    "base-uri 'none'",
    "frame-ancestors 'none'",
  ].join('; ');
}

function render(visit: Visit, content: PageContent, nonce: string): Html {
  const data = Object.entries(content.data ?? {});
  return html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="description" content="Fjell & Fern: tents, boots and packs for the long way round.">
<title>${content.title} · Fjell & Fern</title>
<link rel="icon" href="/assets/fern.svg" type="image/svg+xml">
<link rel="stylesheet" href="/assets/shop.css">
<script src="/assets/shop.js" defer></script>
${(content.scripts ?? []).map((name) => html`<script src="/assets/${name}" defer></script>`)}
</head>
<body data-page="${content.name}"${data.map(([name, value]) => html` data-${trusted(name)}="${value}"`)}>
<a class="skip" href="#main">Skip to the content</a>
${noteLine(visit, content.name)}
${header(visit, content)}
<main id="main">
${content.main}
</main>
${footer(content.name)}
<p class="toast" role="status" aria-live="polite" id="toast"></p>
${messengerSnippet(visit.shop, content.deploymentId, nonce)}
</body>
</html>`;
}

/** Says what the page demonstrates, until it is dismissed; `shop.js` keeps that in a cookie. */
function noteLine({ request }: Visit, name: PageName): Html | false {
  const dismissed = (readCookie(request, 'fjell_notes') ?? '').split('.').includes(name);
  return (
    !dismissed &&
    html`<aside class="note" aria-label="About this page"><p>${NOTES[name]}</p>
<button type="button" class="plain" data-dismiss="${name}" aria-label="Dismiss">${closeIcon}</button></aside>`
  );
}

function header(visit: Visit, { name, person }: PageContent): Html {
  const cart = visit.shop.sessions.find(visit.request)?.cart ?? [];
  return html`<header class="top">
<a class="brand" href="/">${fernMark}<span>Fjell & Fern</span></a>
<nav class="kinds" aria-label="Departments"><a href="/#tents">Tents</a><a href="/#boots">Boots</a><a href="/#packs">Packs</a></nav>
<div class="mine">
<button type="button" class="who" popovertarget="places">${personIcon}<span class="word">${person?.name ?? 'Account'}</span></button>
<nav class="menu" id="places" popover aria-label="Account">
<ul>
${PLACES.map((place) => placeLink(place, name))}
${
  person &&
  html`<li class="apart"><form method="post" action="${person.signOut}" data-leaves-chat><button class="plain" type="submit">Sign out</button></form></li>`
}
</ul>
</nav>
<a class="cart" href="/cart">${cartIcon}<span><span class="word">Cart</span> <span id="cart-value">${cartLabel(person?.cartValue ?? totalOf(cart))}</span></span></a>
</div>
</header>`;
}

export function cartLabel(value: number): string {
  return value > 0 ? kroner(value) : '';
}

function placeLink(place: (typeof PLACES)[number], current: PageName): Html {
  return html`<li><a href="${place.path}"${place.name === current && html` aria-current="page"`}>${place.label}<small>${place.way}</small></a></li>`;
}

function footer(current: PageName): Html {
  return html`<footer class="bottom">
<p>Fjell & Fern AS, Storgata 1, Tromsø. A sample shop: nothing here is for sale.</p>
<nav aria-label="Sample pages"><ul>${PLACES.map((place) => placeLink(place, current))}</ul></nav>
</footer>`;
}

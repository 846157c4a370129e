import { fullName, type Person, people } from '../people.ts';
import { type Html, html } from '../site/html.ts';
import { sendPage } from './page.ts';
import { kroner } from './products.ts';
import type { Customer } from './sessions.ts';
import { TOKEN_VARIANTS, tokenClaims } from './site-token.ts';
import type { Visit } from './visit.ts';

/** `/portal`: for whoever is signed in at the shop itself. */
export function showPortal(visit: Visit): void {
  const customer = visit.shop.sessions.find(visit.request)?.customer;
  sendPage(visit, {
    name: 'portal',
    title: 'Customer portal',
    deploymentId: visit.shop.deployments.signedToken,
    scripts: customer?.variant === 'function-missing' ? [] : ['portal.js'],
    data: { 'signed-in': customer ? 'yes' : 'no', ...delayOf(customer) },
    person: customer && {
      name: fullName(customer),
      cartValue: customer.cartValue,
      signOut: '/portal/sign-out',
    },
    main: customer ? signedIn(visit, customer) : signedOut,
  });
}

/** How long `portal.js` waits: longer than the messenger does. */
const delayOf = (customer: Customer | undefined): Record<string, string> =>
  customer?.variant === 'slow' ? { 'token-delay-ms': '11000' } : {};

const signedOut = html`<section class="narrow">
<h1>Customer portal</h1>
<p class="lead">Who are you? The shop’s own sign-in, without a password in this sample.</p>
<form class="choices" method="post" action="/portal/sign-in">${people.map(choice)}</form>
</section>`;

function choice(person: Person): Html {
  return html`<button type="submit" name="person" value="${person.id}"><span class="initials" aria-hidden="true">${person.givenName[0]}${person.familyName[0]}</span>
<span><strong>${fullName(person)}</strong><small>${person.id} · cart ${kroner(person.cartValue)}</small></span>${person.isVip && html`<span class="vip">VIP</span>`}</button>`;
}

function signedIn(visit: Visit, customer: Customer): Html {
  return html`<section class="wide">
<h1>Hello, ${customer.givenName}</h1>
<p class="lead">This is your record at the shop. The chat gets it in a token that the shop signs.</p>
<div class="columns">
<section class="panel" aria-labelledby="record"><h2 id="record">Your record</h2>${recordForm(customer)}</section>
${drawer(visit, customer)}
</div>
</section>`;
}

function recordForm(customer: Customer): Html {
  return html`<form class="fields" method="post" action="/portal/record" data-leaves-chat>
<label for="number">Customer number</label>
<input id="number" name="number" value="${customer.number}" required maxlength="36" pattern="[A-Za-z0-9\\-]+" title="Letters, digits and hyphens" autocomplete="off">
<label for="cart-value-field">Cart value, in kroner</label>
<input id="cart-value-field" name="cartValue" type="number" min="0" max="1000000" step="1" value="${customer.cartValue}" required>
<label class="switch"><input type="checkbox" name="isVip" value="yes" role="switch"${customer.isVip && html` checked`}><span>VIP customer</span></label>
<div class="actions"><button class="button" type="submit">Save</button></div>
</form>
<p class="hint">Saving signs the chat in anew, with a token that says this.</p>`;
}

/** Not of the shop's world, and drawn so: in what way its tokens are to be wrong. */
function drawer({ shop }: Visit, customer: Customer): Html {
  const claims = tokenClaims(customer, shop.tokenTerms, Math.floor(Date.now() / 1000));
  return html`<details class="drawer" open>
<summary>For testing</summary>
<form class="fields" method="post" action="/portal/testing" data-leaves-chat>
<label for="variant">The next token</label>
<select id="variant" name="variant">${Object.entries(TOKEN_VARIANTS).map(
    ([name, label]) =>
      html`<option value="${name}"${name === customer.variant && html` selected`}>${label}</option>`,
  )}</select>
<div class="actions"><button class="button quiet" type="submit">Use it, and sign the chat in again</button></div>
</form>
<h3 id="claims">What it says</h3>
<pre aria-labelledby="claims" tabindex="0">${customer.variant === 'none' ? 'Nothing: the shop gives no token.' : JSON.stringify(claims, null, 2)}</pre>
</details>`;
}

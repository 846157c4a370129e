import { randomBytes } from 'node:crypto';
import type { ErrorOut, KoaContextWithOIDC } from 'oidc-provider';
import { fullName, type Person, SAMPLE_PASSWORD } from '../people.ts';
import { baseStyle, readBeside } from '../site/assets.ts';
import { fernMark } from '../site/fern-mark.ts';
import { type Html, html, trusted } from '../site/html.ts';

const style = baseStyle + readBeside(import.meta.url, './provider.css');

export interface Page {
  body: string;
  headers: Record<string, string>;
}

/**
 * A page of the provider. `formOrigin` is where a form on it may end up: browsers hold the redirects
 * that follow a form against `form-action` as well.
 */
export function page(
  title: string,
  content: Html,
  options: { formOrigin?: string; frameOrigins?: readonly string[]; script?: string },
): Page {
  const nonce = randomBytes(16).toString('base64');
  const body = html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${title} · Fjell & Fern account</title>
<link rel="icon" href="data:,">
<style nonce="${nonce}">${trusted(style)}</style>
</head>
<body>
<main>
<p class="brand">${fernMark} Fjell & Fern account</p>
${content}
</main>
${options.script && html`<script nonce="${nonce}">${trusted(options.script)}</script>`}
</body>
</html>`;
  const policy = [
    "default-src 'none'",
    `style-src 'nonce-${nonce}'`,
    `script-src 'nonce-${nonce}'`,
    'img-src data:',
    ...(options.frameOrigins?.length ? [`frame-src ${options.frameOrigins.join(' ')}`] : []),
    `form-action 'self' ${options.formOrigin ?? ''}`.trim(),
    "frame-ancestors 'none'",
    "base-uri 'none'",
  ].join('; ');
  return {
    body: body.text,
    headers: {
      'content-type': 'text/html; charset=utf-8',
      'content-security-policy': policy,
      'cache-control': 'no-store',
      'referrer-policy': 'no-referrer',
      'x-content-type-options': 'nosniff',
    },
  };
}

export interface SignIn {
  people: readonly Person[];
  /** The relying party's name. */
  clientName: string;
  redirectUri: string;
  /** Subject or e-mail address of the person to preselect. */
  chosen?: string | null;
  refused?: boolean;
}

export function signInPage(signIn: SignIn): Page {
  const content = html`<h1>Sign in</h1>
<p>to continue to ${signIn.clientName}</p>
${
  signIn.refused &&
  html`<p class="refused" role="alert" id="refused">That password does not match. The sample password is “${SAMPLE_PASSWORD}”.</p>`
}
<form method="post">
<fieldset>
<legend>Who are you?</legend>
${signIn.people.map((person, index) => personChoice(person, isChosen(signIn, person, index)))}
</fieldset>
<label class="field" for="password">Password</label>
<input type="password" id="password" name="password" autocomplete="current-password" required aria-describedby="hint"${signIn.refused && html` aria-invalid="true"`}>
<p class="hint" id="hint">Everybody’s sample password is “${SAMPLE_PASSWORD}”.</p>
<div class="actions">
<button class="button" type="submit">Sign in</button>
<button class="button quiet" type="submit" name="cancel" value="yes" formnovalidate>Cancel</button>
</div>
</form>`;
  return page('Sign in', content, { formOrigin: new URL(signIn.redirectUri).origin });
}

function isChosen(signIn: SignIn, person: Person, index: number): boolean {
  const { chosen } = signIn;
  return chosen ? chosen === person.id || chosen === person.email : index === 0;
}

function personChoice(person: Person, checked: boolean): Html {
  return html`<label class="person">
<input type="radio" name="person" value="${person.id}"${checked && html` checked`} required>
<span>${fullName(person)}<small> ${person.email}</small></span>
${person.isVip && html`<span class="vip">VIP</span>`}
</label>`;
}

export async function renderSignedOut(context: KoaContextWithOIDC): Promise<void> {
  const content = html`<h1>You are signed out</h1><p>You may close this page.</p>`;
  send(context, page('Signed out', content, {}));
}

export async function renderError(context: KoaContextWithOIDC, out: ErrorOut): Promise<void> {
  send(context, errorPage(out.error, out.error_description));
}

export function errorPage(code: string, description: string | undefined): Page {
  const content = html`<h1>This sign-in cannot go on</h1>
<p>Go back to the shop and try again.</p>
<dl><dt>Error</dt><dd>${code}</dd>${description && html`<dt>Detail</dt><dd>${description}</dd>`}</dl>`;
  return page('Error', content, {});
}

export function send(context: KoaContextWithOIDC, { body, headers }: Page): void {
  context.set(headers);
  context.body = body;
}

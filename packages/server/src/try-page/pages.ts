/** The pages by their text: no script and no style stands in them. */
import type { Deployment, WebAuthenticationSetting } from '../configuration/index.ts';

const page = (title: string, head: string, body: string): string =>
  `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${text(title)}</title>
<link rel="stylesheet" href="/try/assets/try.css">
${head}</head>
<body>
${body}
</body>
</html>
`;

/** Says why there is nothing to try. */
export const sorryPage = (title: string, sentence: string, link: { to: string; text: string }) =>
  page(
    title,
    '',
    `<main><h1>${text(title)}</h1><p>${text(sentence)}</p><p><a href="${text(link.to)}">${text(link.text)}</a></p></main>`,
  );

/** Hands the provider's answer to the page that waits for it; the script reads it from `data-answer`. */
export const callbackPage = (answer: object): string =>
  page(
    'Signing in',
    '<script src="/try/assets/callback.js" defer></script>\n',
    `<main data-answer="${text(JSON.stringify(answer))}"><h1>Signing in</h1><p>This window can be closed.</p></main>`,
  );

export function tryPage(deployment: Deployment, redirectUri: string): string {
  const { setting } = deployment;
  const facts = [
    ['Deployment', deployment.name],
    ['Messenger configuration', deployment.configuration.name],
    ['Authentication', setting ? `${setting.name} (${setting.type})` : 'off: guests only'],
    ['Enforcement', setting?.enforcement ?? 'none'],
    ['Status', deployment.status],
  ];
  const data = {
    deployment: deployment.id,
    setting: setting?.id ?? '',
    type: setting?.type ?? '',
    function: setting?.type === 'signed-token' ? setting.clientFunction : '',
  };
  const attributes = Object.entries(data).map(([name, value]) => `data-${name}="${text(value)}"`);
  return page(
    `Try ${deployment.name}`,
    '<script src="/try/assets/try.js" defer></script>\n',
    `<main id="try" ${attributes.join(' ')}>
<h1>Try “${text(deployment.name)}”</h1>
<p>The messenger stands on this page as on any site. A conversation that begins here is a real one: agents get it.</p>
<dl>${facts.map(([name = '', value = '']) => `<div><dt>${text(name)}</dt><dd>${text(value)}</dd></div>`).join('')}</dl>
${controls(setting, redirectUri)}
<p id="standing" role="status">The customer is not verified.</p>
<h2>What happens</h2>
<ol id="log" role="log" aria-label="What happens"></ol>
</main>`,
  );
}

function controls(setting: WebAuthenticationSetting | null, redirectUri: string): string {
  const guest = '<button type="button" id="open">Open the chat without signing in</button>';
  if (setting === null) return `<p class="actions">${guest}</p>`;
  if (setting.type === 'signed-token')
    return `<p>The messenger calls the client function <code>${text(setting.clientFunction)}</code>, which your site defines. Here it answers the token that you paste; the token is not stored.</p>
<p><label for="token">Token (JWT)</label><textarea id="token" rows="5" spellcheck="false" autocomplete="off"></textarea></p>
<p class="actions"><button type="button" id="sign-in">Sign in with this token</button> ${guest} <button type="button" id="sign-out">Sign out</button></p>`;
  return `<p>Register this redirect URI at the provider for the client <code>${text(setting.clientId)}</code>:<br><code id="redirect-uri">${text(redirectUri)}</code></p>
<p><label><input type="checkbox" id="redirect"> Sign in by redirect instead of in a popup</label><br><label><input type="checkbox" id="again"> Let the provider ask for the password again</label></p>
<p class="actions"><button type="button" id="sign-in">Sign in at the provider</button> ${guest} <button type="button" id="sign-out">Sign out</button></p>`;
}

const ENTITIES: Record<string, string> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

const text = (value: string): string => value.replace(/[&<>"']/g, (one) => ENTITIES[one] ?? one);

import type { ServerResponse } from 'node:http';
import { type Html, html } from '../site/html.ts';
import { sendPage } from './answers.ts';
import type { Module } from './module.ts';
import { modules } from './modules.ts';

const OUTCOMES: Readonly<Record<Module['must'], string>> = {
  accept: 'accept',
  reject: 'reject',
  'refuse-deliberately': 'refuse, on purpose',
};

/** `/`: every module, and what a relying party has to do. */
export function showModules(url: string, response: ServerResponse): void {
  const main = html`<h1>Hostile provider</h1>
<p>Each line is an OpenID provider of its own. Everybody who comes is signed in at once; <code>?person=</code> says as whom.</p>
<table>
<thead><tr><th scope="col">Plan</th><th scope="col">Discovery URI</th><th scope="col">What it does</th><th scope="col">You must</th></tr></thead>
<tbody>${Object.entries(modules).map(([name, module]) => row(url, name, module))}</tbody>
</table>`;
  sendPage(response, 200, 'Hostile provider', main);
}

function row(url: string, name: string, { plan, what, must }: Module): Html {
  const address = `${url}/${name}/.well-known/openid-configuration`;
  return html`<tr><td>${plan}</td><td><a href="${address}"><code>${address}</code></a></td><td>${what}</td><td>${OUTCOMES[must]}</td></tr>`;
}

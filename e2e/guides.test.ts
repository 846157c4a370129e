// The page's code of docs/guides/openid-connect.md, as it stands there, on a site of its own.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import {
  type IdentityProvider,
  type KeyServer,
  people,
  SAMPLE_PASSWORD,
  startIdentityProvider,
  startKeyServer,
} from '@countersign/simulators';
import type { Browser } from 'playwright-core';
import { startTestNode, type TestNode } from '../packages/server/test/start-node.ts';
import { launchBrowser, openContext } from './browser.ts';
import { CustomerPage } from './customer-page.ts';

const GUIDES = join(import.meta.dirname, '../docs/guides');
const DEPLOYMENT = '6c0c2f0e-5a51-4d0e-9d6e-0d6a3c1f7a11';
const SECRET = 'the-secret-of-the-guide';

const block = (guide: string, language: string): string =>
  new RegExp(`\`\`\`${language}\\n(.*?)\`\`\``, 's').exec(
    readFileSync(join(GUIDES, guide), 'utf8'),
  )?.[1] ?? '';

let provider: IdentityProvider;
let site: KeyServer;
let node: TestNode;
let browser: Browser;
before(async () => {
  provider = await startIdentityProvider();
  site = await startKeyServer({ respond: () => ({ kind: 'body', body: '' }) });
  const redirectUris = [`${site.url}/chat-callback.html`];
  provider.registerClient({ clientId: 'countersign', clientSecret: SECRET, redirectUris });
  node = await startTestNode({
    configuration: configuration(provider),
    environment: { COUNTERSIGN_ALLOW_PRIVATE_HOSTS: new URL(provider.issuer).host, SECRET },
  });
  const pages: Record<string, [type: string, body: string]> = {
    '/': ['text/html', page(node.url)],
    '/chat-sign-in.js': ['text/javascript', script(provider)],
    '/chat-callback.html': ['text/html', block('openid-connect.md', 'html')],
  };
  site.respondWith(({ path }) => {
    const [type, body] = pages[path.split('?')[0] ?? ''] ?? ['text/plain', ''];
    return { kind: 'body', body, headers: { 'content-type': type } };
  });
  browser = await launchBrowser();
});
after(async () => {
  await browser.close();
  await node.close();
  await Promise.all([provider.close(), site.close()]);
});

describe('the page of the OpenID Connect guide', () => {
  test('signs in by redirect, and without a word once the provider knows the customer', async () => {
    const { context, errors } = await openContext(browser);
    const customer = new CustomerPage(await context.newPage());
    await customer.page.goto(site.url);
    await customer.openChat();
    await customer.chat.getByRole('button', { name: 'Sign in' }).click();
    const [person] = people;
    await customer.signInAtProvider(person?.givenName ?? '', SAMPLE_PASSWORD);
    const name = `Signed in as ${person?.givenName} ${person?.familyName}`;
    await customer.chat.getByText(name).waitFor();
    await customer.say('The guide works');

    await customer.page.evaluate(() => sessionStorage.clear());
    await customer.page.goto(site.url);
    await customer.page.evaluate(() => {
      const { Countersign } = window as unknown as { Countersign: (...args: unknown[]) => void };
      return new Promise((resolve, reject) =>
        Countersign('command', 'Auth.getTokens', {}, resolve, reject),
      );
    });
    await customer.openChat();
    await customer.chat.getByText(name).waitFor();
    assert.deepEqual(errors, []);
    await context.close();
  });
});

const script = ({ issuer }: IdentityProvider): string =>
  block('openid-connect.md', 'js').replace('https://id.shop.example/authorize', `${issuer}/auth`);

function page(nodeUrl: string): string {
  const snippet = block('site-developer.md', 'html')
    .replaceAll('NODE', nodeUrl)
    .replace(/\{ deploymentId: .*? \}/, `{ deploymentId: '${DEPLOYMENT}' }`);
  return `<!doctype html><title>A site</title><h1>A site</h1>${snippet}
    <script type="module" src="/chat-sign-in.js"></script>`;
}

const configuration = ({ discoveryUri }: IdentityProvider): string => `
authenticationSettings:
  - { name: Sign-in, type: openid-connect, discoveryUri: "${discoveryUri}", clientId: countersign, clientSecret: { env: SECRET } }
queues: [{ name: Guests }]
workstreams: [{ name: Web chat, fallbackQueue: Guests }]
messengerConfigurations:
  - { name: Messenger, authentication: { enabled: true, setting: Sign-in, allowSessionUpgrade: true } }
deployments:
  - { id: ${DEPLOYMENT}, name: site, configuration: Messenger, workstream: Web chat, allowAllDomains: true }
`;

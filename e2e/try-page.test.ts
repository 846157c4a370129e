// Staff try a deployment's messenger on the node's own page, before any site has it.
import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { after, before, test } from 'node:test';
import {
  type IdentityProvider,
  type KeyServer,
  SAMPLE_PASSWORD,
  type SigningKey,
  signingKey,
  signToken,
  startIdentityProvider,
  startKeyServer,
} from '@countersign/simulators';
import type { Browser, Page } from 'playwright-core';
import { startTestNode, type TestNode } from '../packages/server/test/start-node.ts';
import { launchBrowser, openContext } from './browser.ts';
import { CustomerPage } from './customer-page.ts';

const SHOP = '6c0c2f0e-5a51-4d0e-9d6e-0d6a3c1f7c11';
const PORTAL = '6c0c2f0e-5a51-4d0e-9d6e-0d6a3c1f7c12';
const API_KEY = 'cs-test-key-of-the-try-page-0123456789ab';
const SECRET = 'marker-client-secret';
const PASSWORD = 'correct horse battery';

let provider: IdentityProvider;
let keys: KeyServer;
let key: SigningKey;
let node: TestNode;
let browser: Browser;
before(async () => {
  provider = await startIdentityProvider();
  key = await signingKey({ kid: 'portal-1' });
  keys = await startKeyServer({ respond: () => ({ kind: 'body', body: key.publicKeyPem }) });
  node = await startTestNode({
    configuration: configuration(),
    environment: {
      COUNTERSIGN_KEY: randomBytes(32).toString('base64'),
      COUNTERSIGN_ALLOW_PRIVATE_HOSTS: `127.0.0.1:${provider.port},127.0.0.1:${keys.port}`,
    },
  });
  provider.registerClient({
    clientId: 'countersign',
    clientSecret: SECRET,
    redirectUris: [`${node.url}/try/callback`],
  });
  browser = await launchBrowser();
});
after(async () => {
  await browser?.close();
  await node?.close();
  await Promise.all([provider?.close(), keys?.close()]);
});

const configuration = (): string => `
authenticationSettings:
  - name: Shop sign-in
    type: openid-connect
    discoveryUri: ${provider.discoveryUri}
    clientId: countersign
    clientSecret: ${SECRET}
  - name: Portal token
    type: signed-token
    publicKeyUrl: ${keys.url}/publickey
    clientFunction: portal.auth.getToken
    enforcement: observe
queues: [{ name: All, priority: 1 }]
workstreams: [{ name: Web chat, fallbackQueue: All }]
messengerConfigurations:
  - { name: Shop messenger, authentication: { enabled: true, setting: Shop sign-in } }
  - { name: Portal messenger, authentication: { enabled: true, setting: Portal token } }
deployments:
  - { id: ${SHOP}, name: shop, configuration: Shop messenger, workstream: Web chat, allowedDomains: [shop.example] }
  - { id: ${PORTAL}, name: portal, configuration: Portal messenger, workstream: Web chat, allowedDomains: [shop.example] }
users: [{ email: dev@shop.example, name: Devi, roles: [developer], password: ${PASSWORD} }]
apiKeys: [{ name: tests, token: ${API_KEY}, roles: [supervisor] }]
`;

async function openTry(deployment: string) {
  const { context, errors } = await openContext(browser);
  const answer = await context.request.post(`${node.url}/auth/sign-in/email`, {
    headers: { origin: node.url },
    data: { email: 'dev@shop.example', password: PASSWORD },
  });
  assert.equal(answer.status(), 200);
  const page = await context.newPage();
  await page.goto(`${node.url}/try/${deployment}`);
  return { context, page, errors, customer: new CustomerPage(page) };
}

const logged = (page: Page, text: RegExp) => page.locator('#log li', { hasText: text }).last();

/** Messages of the newest conversation, as agents have them. */
async function messages(): Promise<{ text: string; authenticated: boolean }[]> {
  const ask = async (path: string) => {
    const headers = { authorization: `Bearer ${API_KEY}` };
    return (await fetch(`${node.url}${path}`, { headers })).json();
  };
  const [newest] = (await ask('/api/inbox?view=all&sort=newest')).items;
  const { items } = await ask(`/api/conversations/${newest.id}/entries`);
  return items
    .filter((entry: { kind: string }) => entry.kind === 'message')
    .map(({ text, authenticated }: { text: string; authenticated: boolean }) => ({
      text,
      authenticated,
    }));
}

test('a developer signs in at the provider, and the first message arrives verified', async () => {
  const { context, page, errors, customer } = await openTry(SHOP);
  await page.getByText(`${node.url}/try/callback`).waitFor();
  assert.doesNotMatch(await page.content(), new RegExp(SECRET));
  await page.getByText('The customer is not verified.').waitFor();
  const opening = page.waitForEvent('popup');
  await page.getByRole('button', { name: 'Sign in at the provider' }).click();
  const popup = await opening;
  const closed = popup.waitForEvent('close');
  await new CustomerPage(popup).signInAtProvider('Ada Ng', SAMPLE_PASSWORD);
  await closed;
  await page.getByText(/^The customer is verified: u-1007, by http/).waitFor();
  const attempt = logged(page, /The proof was accepted/).getByRole('link');
  assert.match((await attempt.getAttribute('href')) ?? '', /^\/attempts\?reference=[A-Z0-9-]{9}$/);
  await customer.chat.getByText('Signed in as Ada Ng').waitFor();
  await customer.say('Is it me?');
  assert.deepEqual(await messages(), [{ text: 'Is it me?', authenticated: true }]);

  await page.getByRole('button', { name: 'Sign out' }).click();
  await page.getByText('The customer is not verified.').waitFor();
  await page.getByLabel('Sign in by redirect').check();
  await page.getByRole('button', { name: 'Sign in at the provider' }).click();
  await page.getByText(/^The customer is verified: u-1007/).waitFor();
  assert.equal(new URL(page.url()).search, '');
  await customer.said('Is it me?').waitFor();
  assert.deepEqual(errors, []);
  await context.close();
});

test('Invariant 6: where the setting observes, guests chat, and a bad token is refused with its reason', async () => {
  const { context, page, errors, customer } = await openTry(PORTAL);
  const now = Math.floor(Date.now() / 1000);
  const token = (claims: object) =>
    signToken(key, { iss: 'portal.example', sub: 'p-1', iat: now, exp: now + 60, ...claims });
  await page.getByRole('button', { name: 'Open the chat without signing in' }).click();
  await customer.chat.getByText('You are chatting as a guest').waitFor();
  await customer.say('As a guest');
  assert.deepEqual(await messages(), [{ text: 'As a guest', authenticated: false }]);

  await page.getByLabel('Token (JWT)').fill(token({ iat: now - 900, exp: now - 600 }));
  await page.getByRole('button', { name: 'Sign in with this token' }).click();
  await logged(page, /The proof was refused: expired/).waitFor();
  await page.getByText('The customer is not verified.').waitFor();
  assert.equal(
    (await messages()).some(({ authenticated }) => authenticated),
    false,
  );

  await page.getByLabel('Token (JWT)').fill(token({}));
  await page.getByRole('button', { name: 'Sign in with this token' }).click();
  await page.getByText('The customer is verified: p-1').waitFor();
  await customer.said('As a guest').waitFor();
  await customer.say('Proven now');
  let said: string[] = [];
  while (said.length < 2)
    said = (await messages()).map(({ text, authenticated }) => `${text} ${authenticated}`);
  assert.deepEqual(said, ['As a guest false', 'Proven now true']);
  assert.deepEqual(errors, []);
  await context.close();
});

/** The sample shop and its identity provider in Chromium, without a node: sign-out with its frames. */
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import type { Browser } from 'playwright-core';
import {
  type IdentityProvider,
  type Portal,
  SAMPLE_PASSWORD,
  startIdentityProvider,
  startPortal,
} from '../packages/simulators/src/index.ts';
import { launchBrowser } from './browser.ts';

let browser: Browser;
let provider: IdentityProvider;
let shop: Portal;

before(async () => {
  browser = await launchBrowser();
  provider = await startIdentityProvider({
    clients: [{ clientId: 'countersign', clientSecret: 'sample', redirectUris: [] }],
  });
  shop = await startPortal({
    nodeUrl: 'http://127.0.0.1:65000',
    provider,
    clientId: 'countersign',
    deployments: { openIdConnect: 'd-oidc', signedToken: 'd-token', guest: 'd-guest' },
  });
  for (const client of shop.clients) provider.registerClient(client);
});
after(async () => {
  await browser.close();
  await shop.close();
  await provider.close();
});

test('a sign-out passes by the provider, whose page tells the shop in a frame, and is confirmed', async () => {
  const page = await browser.newPage();
  const frames: string[] = [];
  page.on('response', (response) => {
    const { pathname } = new URL(response.url());
    if (pathname === '/account/front-channel-logout') frames.push(`${response.status()}`);
  });
  await page.goto(`${shop.url}/account/sign-in`);
  await page.getByLabel('Password').fill(SAMPLE_PASSWORD);
  await page.getByRole('button', { name: 'Sign in' }).click();
  await page.getByRole('heading', { name: /Good to see you/ }).waitFor();
  await page.getByRole('main').getByRole('button', { name: 'Sign out' }).click();
  await page.getByRole('status').getByText('You are signed out.').waitFor();
  assert.deepEqual(frames, ['200']);
  await page.close();
});

/**
 * A new administrator on an empty data directory: by the link to the setup, by its steps alone to the first
 * authenticated chat. No file is edited. With COUNTERSIGN_PICTURES each step is kept as a picture there.
 */
import assert from 'node:assert/strict';
import { createServer, type Server } from 'node:http';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import {
  type IdentityProvider,
  SAMPLE_PASSWORD,
  startIdentityProvider,
} from '@countersign/simulators';
import type { Browser, Page } from 'playwright-core';
import { AgentDesk } from './agent-desk.ts';
import { launchBrowser, openContext } from './browser.ts';
import { CustomerPage } from './customer-page.ts';
import { freePort, type NodeProcess, startNodeProcess } from './node-process.ts';

const CLIENT = { clientId: 'countersign', clientSecret: 'a-secret-of-the-shop' };
const PICTURES = process.env.COUNTERSIGN_PICTURES;

let provider: IdentityProvider;
let node: NodeProcess;
let browser: Browser;
/** The company's site: what the administrator pastes into it. */
let site: Server;
let snippet = '';
let sitePort: number;

before(async () => {
  const port = await freePort();
  sitePort = await freePort();
  provider = await startIdentityProvider({
    clients: [{ ...CLIENT, redirectUris: [`http://127.0.0.1:${port}/try/callback`] }],
  });
  site = createServer((_, response) => {
    response.setHeader('content-type', 'text/html');
    response.end(`<!doctype html><title>Shop</title><h1>Fjell &amp; Fern</h1>${snippet}`);
  }).listen(sitePort, '127.0.0.1');
  node = await startNodeProcess({
    configuration: '',
    port,
    environment: {
      COUNTERSIGN_ALLOW_PRIVATE_HOSTS: `127.0.0.1:${provider.port},127.0.0.1:${sitePort}`,
    },
  });
  browser = await launchBrowser();
});

after(async () => {
  await browser?.close();
  await node?.stop();
  node?.remove();
  site?.close();
  await provider?.close();
});

const picture = async (page: Page, name: string): Promise<void> => {
  if (PICTURES) await page.screenshot({ path: join(PICTURES, `${name}.png`) });
};

test('from an empty directory to the first authenticated chat by the steps of the setup alone', async () => {
  const { context, errors } = await openContext(browser, {
    viewport: { width: 1180, height: 820 },
  });
  const page = await context.newPage();
  const button = (name: string) => page.getByRole('button', { name, exact: true });
  const link = (name: string) => page.getByRole('link', { name, exact: true });
  const step = (title: string) => page.getByRole('region', { name: title });
  const stepIs = (title: string, state: string) =>
    step(title).getByText(state, { exact: true }).waitFor();
  const home = async () => {
    await link('Getting started').click();
    await page.getByRole('heading', { name: 'Getting started', level: 1 }).waitFor();
  };

  await page.goto(await node.printed(/^first administrator .*(http\S+)$/m));
  await page.getByLabel('Your name').fill('Sam Okafor');
  await page.getByLabel('Email').fill('sam@shop.example');
  await page.getByLabel('Password').first().fill('correct horse battery');
  await button('Create the administrator').click();
  await link('Administration').click();
  await page.getByRole('heading', { name: 'Getting started', level: 1 }).waitFor();
  await picture(page, 'setup-2-start');

  await link('Add an authentication setting').click();
  await page.getByLabel('Name', { exact: true }).fill('Shop sign-in');
  await page.getByLabel('Discovery URI').fill(provider.discoveryUri);
  await page.getByLabel('Client id').fill(CLIENT.clientId);
  await page.getByLabel('Client secret').fill(CLIENT.clientSecret);
  await picture(page, 'setup-3-provider');
  await button('Create').click();
  await page.getByRole('heading', { name: 'Shop sign-in', level: 1 }).waitFor();
  await home();
  await step('1. Who your customers are').getByRole('button', { name: 'Test now' }).click();
  await stepIs('1. Who your customers are', 'Done');

  await link('Make a messenger').click();
  await page.getByText('What is shown').waitFor();
  await button('Publish').click();
  await page.getByRole('heading', { name: 'Our service', level: 1 }).waitFor();
  await home();
  await stepIs('2. The messenger', 'Done');

  await button('Make a queue and a workstream').click();
  await link('Make a deployment').click();
  await page.getByLabel('Name', { exact: true }).fill('Shop');
  await page.getByRole('combobox', { name: 'Domains' }).fill('127.0.0.1');
  await page.keyboard.press('Enter');
  await button('Create').click();
  await page.getByRole('heading', { name: 'Shop', level: 1 }).waitFor();
  await home();
  await stepIs('3. A place for it', 'Done');

  await link('Copy the snippet').click();
  const code = page.locator('pre', { hasText: '<script' }).first();
  await code.waitFor();
  await picture(page, 'setup-5-snippet');
  snippet = await code.innerText();
  await home();
  const address = `http://127.0.0.1:${sitePort}/`;
  await page.getByLabel('Address of a page with the snippet').fill(address);
  await button('Test a page').click();
  await step('4. The snippet on your site')
    .getByText(/snippet/i)
    .first()
    .waitFor();
  const visitor = await context.newPage();
  await visitor.goto(address);
  await new CustomerPage(visitor).openChat();
  await visitor.close();
  await stepIs('4. The snippet on your site', 'Done');

  const opening = page.waitForEvent('popup');
  await step('5. Try it as a customer')
    .getByRole('link', { name: /test page|Try/i })
    .click();
  const tried = await opening;
  const signingIn = tried.waitForEvent('popup');
  await tried.getByRole('button', { name: 'Sign in at the provider' }).click();
  await new CustomerPage(await signingIn).signInAtProvider('Ada Ng', SAMPLE_PASSWORD);
  const ada = new CustomerPage(tried);
  await ada.chat.getByText('Signed in as Ada Ng').waitFor();
  await ada.say('Where is my parcel?');
  await picture(tried, 'setup-6-customer');
  await stepIs('5. Try it as a customer', 'Done');

  await step('6. Agents and queues').getByRole('link', { name: 'Answer in the inbox' }).click();
  const desk = new AgentDesk(page);
  await page.getByRole('button', { name: /Open your menu/ }).click();
  await page.getByRole('menuitemradio', { name: /^Available/ }).click();
  await page.keyboard.press('Escape');
  await desk.accept('Ada Ng');
  await desk.authenticated('Yes').waitFor();
  await desk.answer('It is on its way.');
  await ada.said('It is on its way.').waitFor();
  await picture(page, 'setup-7-agent');
  await link('Administration').click();
  await page.getByText('Everything is set up.').waitFor();
  assert.deepEqual(errors, []);
  await context.close();
});

// Every screen of the console and of the panel, in light and dark: no violation that a machine can be sure of.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import type { Browser, Frame, Page } from 'playwright-core';
import { STAFF_PASSWORD } from '../packages/server/src/demo.ts';
import { beyondTheEdge, contrastOn, violationsOn } from './accessibility-checker.ts';
import { AgentDesk } from './agent-desk.ts';
import { launchBrowser, openContext } from './browser.ts';
import { CustomerPage } from './customer-page.ts';
import { openSampleWorld, type SampleWorld } from './sample-world.ts';

const MARIA = 'maria.santos@fjellfern.example';
const SAM = 'sam.okafor@fjellfern.example';
/** A deployment of the sample world. */
const ACCOUNT_PAGES = '6c0c2f0e-5a51-4d0e-9d6e-0d6a3c1f7a11';
const PORTAL = '6c0c2f0e-5a51-4d0e-9d6e-0d6a3c1f7a12';
const SCHEMES = ['light', 'dark'] as const;

/** What an administrator can open. */
const screens = [
  ['/inbox/mine', 'Nothing is waiting for you'],
  ['/inbox/all', 'Hello Lena'],
  ['/supervision', 'Maria Santos'],
  ['/reports', 'Conversations by identity state'],
  ['/routing', 'Values that the customer sends'],
  ['/attempts', 'Portal token'],
  ['/keys', 'Where the keys come from'],
  ['/admin', '1. Who your customers are'],
  ['/admin/authenticationSettings', 'Portal token'],
  ['/admin/messengerConfigurations/new', 'What is shown'],
  [`/admin/deployments/${PORTAL}`, 'Where it may be'],
  [`/admin/deployments/${PORTAL}?tab=site`, 'integrity'],
  ['/admin/webhooks', 'No webhook yet'],
  ['/admin/workstreams', 'Web chat'],
  ['/admin/workstreams/new', 'Where conversations go'],
  ['/admin/queues/new', 'When it is too much'],
  ['/admin/operatingHours/new', 'Same until Friday'],
  ['/admin/quickReplies/new', 'Nothing written yet'],
  ['/admin/richMessages/new', 'About as the device shows it'],
  ['/admin/appleAccounts/new', 'At Apple Business Register'],
  ['/admin/users/new', 'What they may do'],
  ['/admin/apiKeys/new', 'Made on this device'],
  ['/admin/webhooks/new', 'What it is told'],
  ['/admin/audit', 'Download the configuration'],
  ['/nothing-here', 'There is nothing at this address.'],
  ['/account', 'this device'],
  ['/welcome#used', 'This link does not work any more'],
] as const;

let world: SampleWorld;
let browser: Browser;
let lena: CustomerPage;

before(async () => {
  world = await openSampleWorld();
  browser = await launchBrowser();
  lena = new CustomerPage(await (await openContext(browser)).context.newPage());
  await lena.page.goto(`${world.shop}/portal`);
  await lena.page.getByRole('button', { name: /Lena/ }).click();
  await lena.openChat();
  await lena.say('Ich warte schon');
  const { context } = await openContext(browser);
  const maria = await AgentDesk.open(await context.newPage(), world.url, MARIA, STAFF_PASSWORD);
  await openScreen(maria.page, ['/inbox/all', 'Ich warte schon']);
  await maria.page.getByText('Ich warte schon').first().click();
  await maria.page.getByRole('button', { name: 'Pick' }).click();
  await maria.answer('Hello Lena');
  await context.close();
});

after(async () => {
  await browser?.close();
  await world?.close();
});

/** By its address and a text that is there once it is loaded. */
type Screen = readonly [path: string, text: string];

const clean = async (page: Page | Frame, where: string): Promise<void> => {
  assert.deepEqual(await violationsOn(page), [], where);
};

/** In a landmark, and with nothing in it that has the focus but an item. */
async function menuHasFocus(page: Page): Promise<void> {
  await page.locator('main, nav').getByRole('menu').locator('[role^=menuitem]:focus').waitFor();
}

/** A dialog is named by its title: a banner of its own would be a second one. */
async function hasNoBanner(page: Page): Promise<void> {
  assert.equal(await page.getByRole('dialog').locator('header:not([role=none])').count(), 0);
}

async function openScreen(page: Page, [path, text]: Screen): Promise<void> {
  await page.goto(`${world.url}${path}`);
  await page.getByText(text).first().waitFor();
}

type Options = Parameters<Browser['newContext']>[0];

async function signedIn(email: string, options: Options): Promise<Page> {
  const { context } = await openContext(browser, options);
  const page = await context.newPage();
  await AgentDesk.open(page, world.url, email, STAFF_PASSWORD);
  return page;
}

test('the checker finds a contrast that is too low', async () => {
  const { context } = await openContext(browser);
  const page = await context.newPage();
  await page.setContent('<html lang="en"><title>Low</title><main><p style="color:#ccc">Low</p>');
  assert.match((await contrastOn(page)).join(), /^text_contrast_sufficient: /);
  await context.close();
});

/** Each screen is opened once, and looked at in every way that it is read. */
test("the console's screens have no violation, light and dark, at 320 px and with everything at 200 %", async () => {
  const { context } = await openContext(browser, { viewport: USUAL });
  const page = await context.newPage();
  await page.goto(world.url);
  await page.getByRole('button', { name: 'Sign in' }).waitFor();
  await looksRight(page, 'sign-in');
  await page.getByRole('button', { name: 'Sign in' }).click();
  await page.getByText('Enter your email address.').waitFor();
  await looksRight(page, 'sign-in with faults');
  await AgentDesk.open(page, world.url, SAM, STAFF_PASSWORD);
  for (const screen of screens) {
    await openScreen(page, screen);
    await looksRight(page, screen[0]);
  }
  await context.close();
});

const USUAL = { width: 1440, height: 900 };

async function looksRight(page: Page, where: string): Promise<void> {
  await clean(page, where);
  await page.emulateMedia({ colorScheme: 'dark' });
  assert.deepEqual(await contrastOn(page), [], `${where}, dark`);
  await page.emulateMedia({ colorScheme: 'light' });
  // 1440 px with everything twice as large are 720
  for (const width of [320, 720]) {
    await page.setViewportSize({ width, height: 640 });
    assert.deepEqual(await beyondTheEdge(page), [], `${where} at ${width} px`);
  }
  await page.setViewportSize(USUAL);
}

for (const colorScheme of SCHEMES) {
  test(`a conversation, its menus and its dialogs have no violation, ${colorScheme}`, async () => {
    const page = await signedIn(MARIA, { colorScheme });
    await openScreen(page, screens[1]);
    await page.getByText('Hello Lena').first().click();
    await page.getByRole('log').getByText('Ich warte schon').waitFor();
    await clean(page, 'conversation');
    await page.getByRole('button', { name: 'Transfer', exact: true }).click();
    await page.getByRole('dialog').getByRole('button', { name: 'Transfer' }).waitFor();
    await clean(page, 'transfer');
    await hasNoBanner(page);
    await page.getByRole('dialog').getByRole('button', { name: 'Cancel' }).click();
    await page.getByRole('dialog').waitFor({ state: 'hidden' });
    await page.getByRole('button', { name: 'More about this conversation' }).click();
    await menuHasFocus(page);
    await clean(page, 'more');
    await page.keyboard.press('Escape');
    await page.getByRole('menu').waitFor({ state: 'hidden' });
    await page.getByRole('button', { name: /Open your menu/ }).click();
    await menuHasFocus(page);
    await clean(page, 'own menu');
    await page.keyboard.press('Escape');
    await page.getByRole('menu').waitFor({ state: 'hidden' });
    await page.context().close();
  });

  test(`the details of other screens have no violation, ${colorScheme}`, async () => {
    const page = await signedIn(SAM, { colorScheme });
    await openScreen(page, ['/attempts', 'Portal token']);
    await page.getByRole('row').nth(1).getByRole('button').click();
    await page.getByRole('dialog').getByText('Checks, in the order they ran').waitFor();
    await clean(page, 'attempt');
    await hasNoBanner(page);
    await page.keyboard.press('Escape');
    await openScreen(page, screens[3]);
    await page.getByText('Show as a table').first().click();
    await clean(page, 'report as a table');
    await openScreen(page, screens[4]);
    await page.getByRole('button', { name: 'Try', exact: true }).click();
    await page.getByText('Choose a deployment.').waitFor();
    await clean(page, 'dry run with faults');
    await openScreen(page, ['/admin/authenticationSettings/new', 'To register at the provider']);
    await page.getByRole('button', { name: 'Create', exact: true }).click();
    await page.getByText('3 things are not right yet').waitFor();
    await clean(page, 'an object with faults');
    // Where nobody is: with an open conversation there is nothing to confirm
    await openScreen(page, [`/admin/deployments/${ACCOUNT_PAGES}`, 'Where it may be']);
    await page.getByRole('button', { name: 'Delete…' }).click();
    await page.getByRole('dialog').getByText('It cannot be brought back.').waitFor();
    await clean(page, 'deleting');
    await hasNoBanner(page);
    await page.context().close();
  });

  test(`the customer's panel has no violation, ${colorScheme}`, async () => {
    const { context } = await openContext(browser, { colorScheme });
    const guest = new CustomerPage(await context.newPage());
    await guest.page.goto(world.shop);
    await guest.openChat();
    await guest.field.waitFor();
    await clean(await guest.panel(), 'opened');
    await guest.say('Do you ship to Iceland?');
    await clean(await guest.panel(), 'conversation');
    await guest.chat.getByRole('button', { name: 'More' }).click();
    await clean(await guest.panel(), 'menu');
    await context.close();
  });
}

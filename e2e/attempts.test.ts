/// <reference lib="dom" />
// What an administrator sees of sign-ins and keys: live, filtered, tried, and fetched, in Chromium.
import assert from 'node:assert/strict';
import { after, afterEach, before, test } from 'node:test';
import type { Browser, Page } from 'playwright-core';
import { STAFF_PASSWORD } from '../packages/server/src/demo.ts';
import { AgentDesk } from './agent-desk.ts';
import { launchBrowser, openContext } from './browser.ts';
import { CustomerPage } from './customer-page.ts';
import { openSampleWorld, type SampleWorld } from './sample-world.ts';

let world: SampleWorld;
let browser: Browser;
let sam: Page;
const errors: string[][] = [];

before(async () => {
  world = await openSampleWorld();
  browser = await launchBrowser();
  sam = await newPage();
  await AgentDesk.open(sam, world.url, 'sam.okafor@fjellfern.example', STAFF_PASSWORD);
});

after(async () => {
  await browser?.close();
  await world?.close();
});

afterEach(() => {
  assert.deepEqual(errors.flat(), [], 'no script failed and no policy was broken');
});

async function newPage(): Promise<Page> {
  const opened = await openContext(browser);
  errors.push(opened.errors);
  return opened.context.newPage();
}

/** Lena opens the chat with a token of this kind. */
async function lenaSignsIn(variant?: string): Promise<CustomerPage> {
  const lena = new CustomerPage(await newPage());
  await lena.page.goto(`${world.shop}/portal`);
  await lena.page.getByRole('button', { name: /Lena/ }).click();
  if (variant) {
    await lena.page.getByLabel('The next token').selectOption({ label: variant });
    await lena.page.getByRole('button', { name: /^Use it/ }).click();
  }
  await lena.openChat();
  return lena;
}

test('a refused sign-in appears by itself, is found by its reason, and says what to do', async () => {
  await sam.getByRole('link', { name: 'Administration' }).click();
  await sam.getByRole('link', { name: 'Sign-in attempts' }).click();
  await sam.getByText('No attempt recorded yet').waitFor();
  const lena = await lenaSignsIn('Signed with another key');
  await lena.chat.getByRole('alert').waitFor();
  const row = sam.getByRole('row').filter({ hasText: 'Signature does not fit' }).first();
  await row.waitFor();

  await sam.getByRole('combobox', { name: 'Reason' }).click();
  await sam.getByRole('option', { name: 'Expired', exact: true }).click();
  await sam.getByText('No attempt fits these filters').waitFor();
  await sam.getByRole('button', { name: 'Clear filters' }).click();
  await row.getByRole('button').click();
  const detail = sam.getByRole('dialog');
  await detail.getByText('What to do').waitFor();
  await detail.getByText(/sign with the private key that belongs to it/).waitFor();
  await detail.getByText('Claims of the token').waitFor();
  await detail
    .getByText(/^text, \d+ characters$/)
    .first()
    .waitFor();
  await sam.keyboard.press('Escape');
  await detail.waitFor({ state: 'hidden' });
});

test('a token is tried with the keyboard alone, and no attempt comes of it', async () => {
  await sam.goto(`${world.url}/attempts`);
  await sam.getByRole('row').nth(1).waitFor();
  const rows = await sam.getByRole('row').count();
  await sam.getByRole('button', { name: 'Try a token' }).press('Enter');
  const dialog = sam.getByRole('dialog');
  await dialog.getByText(/Nothing of it is stored/).waitFor();
  await dialog.getByRole('combobox', { name: 'Authentication setting' }).press('ArrowDown');
  await sam.keyboard.press('ArrowDown');
  await sam.keyboard.press('Enter');
  await dialog.getByLabel('Token', { exact: true }).fill('not.a.token');
  await dialog.getByRole('button', { name: 'Check the token' }).press('Enter');
  await dialog.getByText('This token would be refused').waitFor();
  await sam.keyboard.press('Escape');
  await dialog.waitFor({ state: 'hidden' });
  await sam.reload();
  await sam.getByRole('row').nth(1).waitFor();
  assert.equal(await sam.getByRole('row').count(), rows);
});

test('the keys of a setting: seen, used, and fetched at once', async () => {
  const lena = await lenaSignsIn();
  await lena.chat.getByText(/^Signed in as/).waitFor();
  await sam.getByRole('link', { name: 'Keys', exact: true }).click();
  const card = sam.getByRole('region').filter({ hasText: 'Signed by the site' });
  const key = card.getByRole('row').filter({ hasText: 'RS256' });
  await key.getByText('In use').waitFor();
  await key.getByRole('img', { name: /use.* in 30 days/ }).waitFor();
  await card.getByRole('button', { name: 'Fetch now' }).click();
  await card.getByText('The keys were fetched. Other nodes follow.').waitFor();
});

test('at 390 px nothing is cut off', async () => {
  await sam.setViewportSize({ width: 390, height: 844 });
  for (const path of ['/attempts', '/keys']) {
    await sam.goto(world.url + path);
    await sam.getByRole('row').first().waitFor();
    const { scrollWidth, clientWidth } = await sam.evaluate(() => {
      const main = document.querySelector('main');
      return { scrollWidth: main?.scrollWidth ?? 0, clientWidth: main?.clientWidth ?? -1 };
    });
    assert.ok(scrollWidth <= clientWidth, `${path}: ${scrollWidth} > ${clientWidth}`);
  }
});

/// <reference lib="dom" />
// A supervisor's screens, and the languages of the console, in Chromium.
import assert from 'node:assert/strict';
import { after, afterEach, before, test } from 'node:test';
import type { Browser, Locator, Page } from 'playwright-core';
import { STAFF_PASSWORD } from '../packages/server/src/demo.ts';
import { AgentDesk } from './agent-desk.ts';
import { launchBrowser, openContext } from './browser.ts';
import { openSampleWorld, type SampleWorld } from './sample-world.ts';

const INES = 'ines.duarte@fjellfern.example';

let world: SampleWorld;
let browser: Browser;
let ines: Page;
const errors: string[][] = [];

before(async () => {
  world = await openSampleWorld();
  browser = await launchBrowser();
  ines = await newPage();
  await AgentDesk.open(ines, world.url, INES, STAFF_PASSWORD);
});

after(async () => {
  await browser?.close();
  await world?.close();
});

afterEach(() => {
  assert.deepEqual(errors.flat(), [], 'no script failed and no policy was broken');
});

async function newPage(options: Parameters<Browser['newContext']>[0] = {}): Promise<Page> {
  const opened = await openContext(browser, options);
  errors.push(opened.errors);
  return opened.context.newPage();
}

const rowOf = (name: string): Locator => ines.getByRole('row').filter({ hasText: name });

test('the live page shows every queue and every agent', async () => {
  await ines.getByRole('link', { name: 'Live' }).click();
  await rowOf('Guests').getByText('Open').waitFor();
  await rowOf('Maria Santos').getByText('0 of 100 units in use').waitFor();
});

test('a table is sorted by its headings, with the keyboard', async () => {
  const names = () => ines.getByRole('table', { name: 'Queues' }).getByRole('link').allInnerTexts();
  assert.deepEqual(await names(), ['Signed-in customers', 'Guests']);
  await ines.getByRole('button', { name: 'Queue', exact: true }).focus();
  await ines.keyboard.press('Enter');
  await ines
    .getByRole('columnheader', { name: 'Queue', exact: true })
    .and(ines.locator('[aria-sort="ascending"]'))
    .waitFor();
  assert.deepEqual(await names(), ['Guests', 'Signed-in customers']);
});

test('own dates the wrong way round are refused in words', async () => {
  await ines.getByRole('link', { name: 'Reports' }).click();
  await ines.getByText('Own dates').click();
  await ines.getByLabel('From', { exact: true }).fill('2026-11-20');
  await ines.getByLabel('To', { exact: true }).fill('2026-11-01');
  await ines.getByRole('alert').getByText('The first day has to come before').waitFor();
});

test('a browser in German gets German, and Romanian stays chosen', async () => {
  const page = await newPage({ locale: 'de-AT' });
  await page.goto(`${world.url}/supervision`);
  await page.getByLabel('E-Mail-Adresse').fill(INES);
  await page.getByRole('textbox', { name: 'Passwort' }).fill(STAFF_PASSWORD);
  await page.getByRole('button', { name: 'Anmelden' }).click();
  await page.getByRole('heading', { name: 'Live-Übersicht' }).waitFor();
  assert.equal(await page.locator('html').getAttribute('lang'), 'de');
  await page.getByRole('button', { name: /Eigenes Menü öffnen/ }).click();
  await page.getByRole('menuitemradio', { name: 'Română' }).click();
  await page.getByRole('heading', { name: 'În direct' }).waitFor();
  await page.reload();
  await page.getByRole('heading', { name: 'În direct' }).waitFor();
  assert.equal(await page.locator('html').getAttribute('lang'), 'ro');
});

test('an English console loads no other catalogue', async () => {
  const loaded = await ines.evaluate(() =>
    performance.getEntriesByType('resource').map(({ name }) => name),
  );
  assert.deepEqual(
    loaded.filter((name) => /\/(de|ro)-[^/]+\.js$/.test(name)),
    [],
  );
});

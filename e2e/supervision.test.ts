/// <reference lib="dom" />
// What a supervisor sees while customers wait, and in which language, in Chromium.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { after, afterEach, before, test } from 'node:test';
import type { Browser, Locator, Page } from 'playwright-core';
import { STAFF_PASSWORD } from '../packages/server/src/demo.ts';
import { AgentDesk } from './agent-desk.ts';
import { launchBrowser, openContext } from './browser.ts';
import { CustomerPage } from './customer-page.ts';
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

test('who comes to wait is on the live page at once, and an agent who comes is, too', async () => {
  await ines.getByRole('link', { name: 'Live' }).click();
  await rowOf('Guests').getByText('Open').waitFor();
  const guest = new CustomerPage(await newPage());
  await guest.page.goto(world.shop);
  await guest.openChat();
  await guest.say('Do you ship to Iceland?');
  const assign = rowOf('Guests').getByRole('button', { name: /^Assign a conversation/ });
  await assign.and(ines.locator(':enabled')).waitFor();
  await rowOf('Guests').getByText('0 of 2, nobody there').waitFor();

  const maria = await AgentDesk.open(
    await newPage(),
    world.url,
    'maria.santos@fjellfern.example',
    STAFF_PASSWORD,
  );
  await maria.becomeAvailable();
  await maria.offer('Guest').waitFor();
  await rowOf('Guests').getByText('1 of 2').waitFor();
  await rowOf('Maria Santos').getByText('1 offered').waitFor();
  await maria.accept('Guest');
  await rowOf('Maria Santos').getByText('1 active').waitFor();
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

test('a queue leads to its conversations', async () => {
  await rowOf('Guests').getByRole('link', { name: 'Guests' }).click();
  await ines.getByText('Do you ship to Iceland?').first().waitFor();
  assert.match(ines.url(), /\/inbox\/queue\?name=Guests$/);
});

test('a report tells as a picture, as a table and as a file how many came', async () => {
  await ines.getByRole('link', { name: 'Reports' }).click();
  const plot = ines.getByRole('region', { name: 'Conversations by identity state' }).first();
  await plot.getByRole('img').waitFor();
  await plot.getByText('Show as a table').click();
  const last = plot.getByRole('row').last();
  assert.deepEqual(await last.getByRole('cell').allInnerTexts(), ['0', '0', '0', '1']);
  const waiting = ines.waitForEvent('download');
  await ines.getByRole('link', { name: 'Download as CSV' }).click();
  const text = readFileSync(await (await waiting).path(), 'utf8');
  assert.match(text.split('\r\n')[0] ?? '', /^at,/);
});

test('own dates the wrong way round are refused in words', async () => {
  await ines.getByText('Own dates').click();
  await ines.getByLabel('From', { exact: true }).fill('2026-11-20');
  await ines.getByLabel('To', { exact: true }).fill('2026-11-01');
  await ines.getByRole('alert').getByText('The first day has to come before').waitFor();
});

test('a dry run says where a customer would go, and why each rule does not match', async () => {
  await ines.getByRole('link', { name: 'Routing' }).click();
  await ines.getByRole('button', { name: 'Try', exact: true }).click();
  await ines.getByText('Choose a deployment.').waitFor();
  await ines.getByRole('combobox', { name: 'Deployment' }).click();
  await ines.getByRole('option').first().click();
  await ines.getByLabel('Values that the customer sends').fill('msdyn_cartvalue = 90000');
  await ines.getByRole('button', { name: 'Try', exact: true }).click();
  // What a customer sends is not signed, so no cart is large enough
  await ines.getByText(/^It goes to Guests with priority/).waitFor();
  await ines.getByText('No rule decided it: this is the fallback queue.').waitFor();
  assert.equal(await ines.getByText('does not match').count(), 3);
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

/// <reference lib="dom" />
// What a supervisor sees and does while customers wait, and in which language, in Chromium.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { after, afterEach, before, test } from 'node:test';
import type { Conversation } from '@countersign/protocol';
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
  // On a busy machine an offer would run out before it is looked at
  world = await openSampleWorld(undefined, (configuration) =>
    configuration.replace('offerTimeout: 120', 'offerTimeout: 600'),
  );
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

type TableName = 'Queues' | 'Agents';

/** The row of a table on the live page that begins with this name. */
const rowOf = (table: TableName, name: string): Locator =>
  ines
    .getByRole('table', { name: table })
    .getByRole('row')
    .filter({ has: ines.locator('td:first-child').getByText(name, { exact: true }) });

async function deskOf(name: string): Promise<AgentDesk> {
  const address = `${name}@fjellfern.example`;
  return AgentDesk.open(await newPage(), world.url, address, STAFF_PASSWORD);
}

async function guestSays(text: string): Promise<void> {
  const guest = new CustomerPage(await newPage());
  await guest.page.goto(world.shop);
  await guest.openChat();
  await guest.say(text);
}

/** Whose a conversation is, as the node has it. */
async function stored(text: string): Promise<Pick<Conversation, 'state' | 'assignee'>[]> {
  const { items } = await ines.evaluate<{ items: Conversation[] }>(() =>
    fetch('/api/conversations?limit=100').then((answer) => answer.json()),
  );
  return items
    .filter(({ preview }) => preview?.text === text)
    .map(({ state, assignee }) => ({ state, assignee }));
}

test('the live page shows every queue and every agent', async () => {
  await ines.getByRole('link', { name: 'Live' }).click();
  await rowOf('Queues', 'Guests').getByText('Open').waitFor();
  await rowOf('Agents', 'Maria Santos').getByText('0 of 100 units in use').waitFor();
});

test('who comes to wait is on the live page, and is assigned from there', async () => {
  const tom = await deskOf('tom.weber');
  await guestSays('Do you ship to Iceland?');
  const guests = rowOf('Queues', 'Guests');
  await guests.getByText('0 of 2, nobody there').waitFor();
  await guests.getByRole('button', { name: /^Assign a conversation/, disabled: false }).click();
  const dialog = ines.getByRole('dialog', { name: 'Assign from Guests' });
  await dialog.getByRole('combobox', { name: 'To' }).click();
  await ines.getByRole('option', { name: /^Tom Weber/ }).click();
  await dialog.getByRole('button', { name: 'Assign', exact: true }).click();
  await dialog.waitFor({ state: 'hidden' });
  await ines.getByText(/^Tom Weber has the conversation with/).waitFor();
  await rowOf('Agents', 'Tom Weber').getByText('1 active').waitFor();

  await tom.page.getByRole('link', { name: /Do you ship to Iceland/ }).click();
  await tom.page.getByPlaceholder(/^Write to/).waitFor();
  const [conversation] = await stored('Do you ship to Iceland?');
  assert.equal(conversation?.state, 'active');
  assert.equal(conversation?.assignee?.name, 'Tom Weber');
});

test('what an agent is offered and takes is on the live page', async () => {
  await guestSays('And to Greenland?');
  const maria = await deskOf('maria.santos');
  await maria.becomeAvailable();
  await maria.offer('Guest').waitFor();
  await rowOf('Agents', 'Maria Santos').getByText('1 offered').waitFor();
  await maria.accept('Guest');
  await rowOf('Agents', 'Maria Santos').getByText('1 active').waitFor();
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
  await rowOf('Queues', 'Guests').getByRole('link', { name: 'Guests' }).click();
  await ines.getByRole('link', { name: /And to Greenland/ }).waitFor();
  assert.match(ines.url(), /\/inbox\/queue\?name=Guests$/);
});

test('a report tells as a picture, as a table and as a file how many came', async () => {
  await ines.getByRole('link', { name: 'Reports' }).click();
  const plot = ines.getByRole('region', { name: 'Conversations by identity state' }).first();
  await plot.getByRole('img').waitFor();
  await plot.getByText('Show as a table').click();
  await plot.getByRole('table').waitFor();
  const anonymous = plot.locator('tbody td:last-child');
  assert.equal(sum(await anonymous.allInnerTexts()), 2);

  const waiting = ines.waitForEvent('download');
  await ines.getByRole('link', { name: 'Download as CSV' }).click();
  const [head = '', ...rows] = readFileSync(await (await waiting).path(), 'utf8')
    .trim()
    .split('\r\n')
    .map((line) => line.split(','));
  const column = head.indexOf('anonymous');
  assert.equal(head[0], 'at');
  assert.equal(sum(rows.map((row) => row[column])), 2);
});

/** Of a column: midnight may have divided what came. */
const sum = (cells: readonly unknown[]): number =>
  cells.reduce<number>((total, cell) => total + Number(cell), 0);

test('own dates the wrong way round are refused in words', async () => {
  await ines.getByText('Own dates').click();
  await ines.getByLabel('From', { exact: true }).fill('2026-11-20');
  await ines.getByLabel('To', { exact: true }).fill('2026-11-01');
  await ines.getByRole('alert').getByText('The first day has to come before').waitFor();
});

test('a dry run says where a customer would go, and why each rule does not match', async () => {
  await ines.getByRole('link', { name: 'Administration' }).click();
  await ines.getByRole('link', { name: 'Dry run' }).click();
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

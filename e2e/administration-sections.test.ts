// An administrator writes a rule without a mouse, a quick reply and an API key, in Chromium; what they do counts at once.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import type { AuditEntry, Conversation } from '@countersign/protocol';
import type { Browser, Page } from 'playwright-core';
import { STAFF_PASSWORD } from '../packages/server/src/demo.ts';
import { GuestClient } from '../packages/server/test/guest-api/guest-client.ts';
import { AgentDesk } from './agent-desk.ts';
import { launchBrowser, openContext } from './browser.ts';
import { openSampleWorld, type SampleWorld } from './sample-world.ts';

const GUESTS = '6c0c2f0e-5a51-4d0e-9d6e-0d6a3c1f7a13';

let world: SampleWorld;
let browser: Browser;
let sam: Page;
let maria: AgentDesk;
let guest: GuestClient | null = null;
const errors: string[][] = [];

before(async () => {
  world = await openSampleWorld();
  browser = await launchBrowser();
  sam = (await deskOf('sam.okafor')).page;
});

after(async () => {
  await guest?.close();
  await browser?.close();
  await world?.close();
});

async function deskOf(name: string): Promise<AgentDesk> {
  const opened = await openContext(browser);
  errors.push(opened.errors);
  const page = await opened.context.newPage();
  return AgentDesk.open(page, world.url, `${name}@fjellfern.example`, STAFF_PASSWORD);
}

/** As the node has it, asked with the session of a page. */
const ask = <Answer>(page: Page, path: string): Promise<Answer> =>
  page.evaluate((address) => fetch(address).then((answer) => answer.json()), path);

/** Tab, until what is called this has the focus. */
async function tabTo(page: Page, name: string, key = 'Tab'): Promise<void> {
  for (let presses = 0; presses < 25; presses += 1) {
    const [label, text] = await page.evaluate(() => {
      const at = document.activeElement;
      const named = at instanceof HTMLInputElement ? at.labels?.[0]?.textContent : at?.textContent;
      return [at?.getAttribute('aria-label') ?? '', named ?? ''];
    });
    if (label === name || text === name) return;
    await page.keyboard.press(key);
  }
  assert.fail(`the focus never came to ${name}`);
}

/** Opens the list of the field with the focus, and takes what is called this. */
async function choose(page: Page, option: string): Promise<void> {
  await page.keyboard.press('ArrowDown');
  await page.getByRole('option', { name: option, exact: true }).waitFor();
  for (let presses = 0; presses < 25; presses += 1) {
    const marked = page.locator('[role=option][data-combobox-selected]');
    if ((await marked.count()) > 0 && (await marked.textContent()) === option) break;
    await page.keyboard.press('ArrowDown');
  }
  await page.keyboard.press('Enter');
}

const openFirst = async (section: string, name: string): Promise<void> => {
  await sam.goto(`${world.url}/admin/${section}`);
  await sam.getByRole('link', { name, exact: true }).click();
  await sam.getByRole('heading', { level: 1, name }).waitFor();
};

test('a rule built with the keyboard, put first and saved, routes the next conversation', async () => {
  await openFirst('workstreams', 'Web chat');
  await sam.getByRole('button', { name: 'Add a rule' }).first().focus();
  await sam.keyboard.press('Enter');
  await tabTo(sam, 'Condition 4: what it asks for');
  await choose(sam, 'Context variable');
  await tabTo(sam, 'Condition 4: Variable');
  await choose(sam, 'msdyn_isvip');
  await tabTo(sam, 'Condition 4: Value');
  await sam.keyboard.type('true');
  await tabTo(sam, 'Queue');
  await choose(sam, 'Signed-in customers');
  await tabTo(sam, 'Priority');
  await sam.keyboard.press('Control+a');
  await sam.keyboard.type('3');
  await tabTo(sam, 'Move Rule 4 up', 'Shift+Tab');
  for (const _ of [3, 2, 1]) await sam.keyboard.press('Enter');
  const rule = sam.getByRole('region', { name: 'Rule 1', exact: true });
  const sentence = 'When msdyn_isvip is “true”, send to Signed-in customers with priority 3.';
  await rule.getByText(sentence, { exact: true }).waitFor();
  await sam.getByRole('button', { name: 'Save' }).press('Enter');
  await sam.getByText('Saved.', { exact: true }).waitFor();

  guest = await GuestClient.connect(world.url, { deploymentId: GUESTS, origin: world.shop });
  await guest.configure();
  const customAttributes = { msdyn_isvip: 'true' };
  assert.equal(
    (await guest.say('Hello', { channel: { metadata: { customAttributes } } })).code,
    200,
  );
  const { items } = await ask<{ items: Conversation[] }>(sam, '/api/conversations?limit=10');
  assert.deepEqual(
    items.map(({ queue, priority, routing }) => [queue, priority, routing?.rule]),
    [['Signed-in customers', 3, 1]],
  );
});

test('a quick reply that was just made is offered to the agent, with the name filled in', async () => {
  await sam.goto(`${world.url}/admin/quickReplies/new`);
  await sam.getByRole('textbox', { name: 'Title' }).fill('Tents');
  await sam.getByRole('textbox', { name: 'Text' }).fill('Which tent is it? ');
  await sam.getByRole('button', { name: 'Put in: what customers call the agent' }).click();
  await sam.getByText('Which tent is it? Sam').waitFor();
  await sam.getByRole('button', { name: 'Create' }).click();
  await sam.getByRole('heading', { level: 1, name: /^Tents/ }).waitFor();

  maria = await deskOf('maria.santos');
  await maria.becomeAvailable();
  await maria.page.getByRole('alertdialog').getByRole('button', { name: 'Accept' }).click();
  const field = maria.page.getByPlaceholder(/^Write to/);
  await field.fill('/ten');
  await maria.page.getByRole('option', { name: /Tents/ }).click();
  assert.equal(await field.inputValue(), 'Which tent is it? Maria');
});

test('an API key is shown one time and works; without it nobody gets in', async () => {
  const call = (token: string) =>
    fetch(`${world.url}/api/conversations`, { headers: { authorization: `Bearer ${token}` } });
  await sam.goto(`${world.url}/admin/apiKeys/new`);
  await sam.getByRole('textbox', { name: 'Name' }).fill('Order system');
  await sam.getByRole('checkbox', { name: 'Supervisor' }).check();
  await sam.getByRole('button', { name: 'Create' }).click();
  const token = await sam.locator('.copied-text pre').innerText();
  assert.match(token, /^csk_[\w-]{43}$/);
  assert.equal((await call(token)).status, 200);
  assert.equal((await call(`${token}x`)).status, 401);

  await sam.reload();
  await sam.getByText('Stored as a hash.').waitFor();
  assert.equal(await sam.getByText(token).count(), 0);
});

test('the audit shows who did all that, and no secret', async () => {
  await sam.goto(`${world.url}/admin/audit?actor=okafor`);
  const log = sam.getByRole('region', { name: 'Audit log' });
  await log.getByRole('link', { name: 'Web chat' }).waitFor();
  await log.getByRole('link', { name: 'Order system' }).waitFor();
  await log.getByRole('button', { name: /^Changes: Web chat/ }).click();
  const changes = log.getByRole('table', { name: /^Changes: Web chat/ });
  await changes.getByText('routeToQueue[0]', { exact: false }).first().waitFor();

  const { items } = await ask<{ items: AuditEntry[] }>(sam, '/api/audit?actor=okafor');
  assert.deepEqual(
    items.map(({ action, section, via }) => [action, section, via]),
    [
      ['created', 'apiKeys', 'console'],
      ['created', 'quickReplies', 'console'],
      ['updated', 'workstreams', 'console'],
    ],
  );
  assert.doesNotMatch(JSON.stringify(items), /csk_/);
  assert.deepEqual(errors.flat(), []);
});

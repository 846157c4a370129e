// Contacts in the console: linked by an agent, locked where a sign-in speaks, merged and taken apart again.
import assert from 'node:assert/strict';
import { after, afterEach, before, test } from 'node:test';
import { SAMPLE_PASSWORD } from '@countersign/simulators';
import type { Browser, Locator } from 'playwright-core';
import { STAFF_PASSWORD } from '../packages/server/src/demo.ts';
import { AgentDesk } from './agent-desk.ts';
import { launchBrowser, openContext } from './browser.ts';
import { CustomerPage } from './customer-page.ts';
import { openSampleWorld, type SampleWorld } from './sample-world.ts';

let world: SampleWorld;
let browser: Browser;
let maria: AgentDesk;
let ines: AgentDesk;
const errors: string[][] = [];

before(async () => {
  world = await openSampleWorld();
  browser = await launchBrowser();
  maria = await deskOf('maria.santos@fjellfern.example');
  await maria.becomeAvailable();
});

after(async () => {
  await browser?.close();
  await world?.close();
});

afterEach(() => {
  assert.deepEqual(errors.flat(), [], 'no script failed and no policy was broken');
});

async function newPage() {
  const opened = await openContext(browser);
  errors.push(opened.errors);
  return opened.context.newPage();
}

const deskOf = async (email: string): Promise<AgentDesk> =>
  AgentDesk.open(await newPage(), world.url, email, STAFF_PASSWORD);

const card = ({ page }: AgentDesk): Locator => page.getByRole('region', { name: 'Contact' });
const button = (within: Locator, name: string) => within.getByRole('button', { name, exact: true });

/** Opens the conversation in which this was said last. */
async function open({ page }: AgentDesk, preview: string): Promise<void> {
  await page.goto(`${world.url}/inbox/all`);
  await page.getByRole('link').filter({ hasText: preview }).first().click();
  await page.getByRole('log').getByText(preview, { exact: true }).waitFor();
}

async function guestSays(text: string): Promise<void> {
  const guest = new CustomerPage(await newPage());
  await guest.page.goto(world.shop);
  await guest.openChat();
  await guest.say(text);
  await maria.accept('Guest');
}

/** Chooses the other record in the merge dialog and compares. */
async function compareWith(dialog: Locator, search: string, name: RegExp): Promise<void> {
  await dialog.getByLabel(/^The other record/).fill(search);
  await dialog.getByRole('radio', { name }).check();
  await button(dialog, 'Compare').click();
  await dialog.getByRole('table').waitFor();
}

test('an agent makes and links a contact for a guest, which proves nothing', async () => {
  await guestSays('Do you deliver to Bergen?');
  await button(card(maria), 'Link a contact').click();
  const dialog = maria.page.getByRole('dialog', { name: 'Link a contact' });
  await button(dialog, 'Link').click();
  await dialog.getByRole('alert').getByText('Choose a contact first.').waitFor();
  await dialog.getByText('Create', { exact: true }).click();
  await dialog.getByLabel('Name').fill('Ada of Bergen');
  await dialog.getByLabel('Email').fill('not an address');
  await button(dialog, 'Create and link').click();
  await dialog.getByRole('alert').waitFor();
  await dialog.getByLabel('Email').fill('ada.bergen@example.com');
  await dialog.getByLabel('Phone').fill('+47 912 34 567');
  await button(dialog, 'Create and link').click();
  await dialog.waitFor({ state: 'hidden' });
  await card(maria).getByText('ada.bergen@example.com').waitFor();
  await card(maria).getByText('Linked by Maria; nothing proves it').waitFor();
  await maria.authenticated('No').waitFor();
});

test('what a sign-in says has a lock, and no other contact can be linked', async () => {
  const ada = new CustomerPage(await newPage());
  await ada.signInAtShop(world.shop, 'Ada Ng', SAMPLE_PASSWORD);
  await ada.openChat();
  await ada.chat.getByText('Signed in as Ada Ng').waitFor();
  await ada.say('My parcel is late');
  await maria.accept('Ada Ng');
  await maria.authenticated('Yes').waitFor();
  const name = card(maria).locator('dd').filter({ hasText: 'Ada Ng' });
  await name.getByText(/^From .*; cannot be changed here$/).waitFor();
  await button(card(maria), 'Edit').click();
  const dialog = maria.page.getByRole('dialog', { name: 'Edit the contact' });
  assert.equal(await dialog.getByLabel('Name').isEditable(), false);
  await dialog.getByLabel('Phone').fill('+47 900 00 000');
  await button(dialog, 'Save').click();
  await card(maria).getByText('+47 900 00 000').waitFor();
  for (const absent of ['Link a contact', 'Change', 'Unlink', 'Merge']) {
    assert.equal(await button(card(maria), absent).count(), 0, absent);
  }
});

test('a supervisor merges two records with a reason, and undoes it', async () => {
  ines = await deskOf('ines.duarte@fjellfern.example');
  await open(ines, 'My parcel is late');
  await button(card(ines), 'Merge').click();
  const dialog = ines.page.getByRole('dialog', { name: 'Merge contacts' });
  await compareWith(dialog, 'bergen', /Ada of Bergen/);
  await dialog.getByText('What moves: 1 conversation and 0 sign-in identities.').waitFor();
  await button(dialog, 'Merge').click();
  await dialog.getByText('Say why these are one person.').waitFor();
  await dialog.getByLabel('Reason').fill('She gave the order number of this account');
  await button(dialog, 'Merge').click();
  await card(ines).getByText('Ada of Bergen was merged into this contact.').waitFor();
  await card(ines).getByRole('link').filter({ hasText: 'Do you deliver to Bergen?' }).waitFor();
  await card(ines)
    .getByText(/She gave the order number/)
    .waitFor();
  await card(ines).getByRole('button', { name: 'Undo the merge of Ada of Bergen' }).first().click();
  await card(ines)
    .getByText(/Undone by Ines/)
    .waitFor();
  const link = card(ines).getByRole('link').filter({ hasText: 'Do you deliver to Bergen?' });
  await link.waitFor({ state: 'detached' });
});

test('A05 two verified people cannot be merged, and the dialog says why', async () => {
  const lena = new CustomerPage(await newPage());
  await lena.page.goto(`${world.shop}/portal`);
  await lena.page.getByRole('button', { name: /Lena/ }).click();
  await lena.openChat();
  await lena.say('Is the tent back in stock?');
  await maria.accept('Lena');
  await open(ines, 'My parcel is late');
  await button(card(ines), 'Merge').click();
  const dialog = ines.page.getByRole('dialog', { name: 'Merge contacts' });
  await compareWith(dialog, 'lena', /Lena/);
  await dialog
    .getByRole('alert')
    .getByText(/Two verified people are never merged/)
    .waitFor();
  assert.equal(await button(dialog, 'Merge').isDisabled(), true);
});

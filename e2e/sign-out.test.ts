// Asking a customer to sign in, and signing one out, through the console.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { SAMPLE_PASSWORD } from '@countersign/simulators';
import type { Browser, Page } from 'playwright-core';
import { STAFF_PASSWORD } from '../packages/server/src/demo.ts';
import { AgentDesk } from './agent-desk.ts';
import { launchBrowser, openContext } from './browser.ts';
import { CustomerPage } from './customer-page.ts';
import { openSampleWorld, type SampleWorld } from './sample-world.ts';

let world: SampleWorld;
let browser: Browser;
let maria: AgentDesk;
before(async () => {
  [world, browser] = await Promise.all([openSampleWorld(), launchBrowser()]);
  const email = 'maria.santos@fjellfern.example';
  maria = await AgentDesk.open(await newPage(), world.url, email, STAFF_PASSWORD);
  await maria.becomeAvailable();
});
after(async () => {
  await browser?.close();
  await world?.close();
});

const newPage = async (): Promise<Page> => (await openContext(browser)).context.newPage();

async function askItem(): Promise<ReturnType<Page['getByRole']>> {
  await maria.page.getByRole('button', { name: 'More about this conversation' }).click();
  return maria.page.getByRole('menuitem', { name: /Ask to sign in/ });
}

test('a guest is asked to sign in, and the log says who asked', async () => {
  const guest = new CustomerPage(await newPage());
  await guest.page.goto(`${world.shop}/account`);
  await guest.openChat();
  await guest.say('Where is my parcel?');
  await maria.accept('Guest');
  await (await askItem()).click();
  await maria.page.getByText(/asked the customer to sign in/).waitFor();
  await maria.end();
});

test('a customer is signed out everywhere: the effect is named, the chat is told, the agent sees it', async () => {
  const ada = new CustomerPage(await newPage());
  await ada.signInAtShop(world.shop, 'Ada Ng', SAMPLE_PASSWORD);
  await ada.openChat();
  await ada.chat.getByText('Signed in as Ada Ng').waitFor();
  await ada.say('I left my phone in a taxi.');
  await maria.accept('Ada Ng');
  await maria.authenticated('Yes').waitFor();
  const item = await askItem();
  assert.equal(await item.isDisabled(), true);
  await maria.page.getByText('The customer is signed in already.').waitFor();
  await maria.page.keyboard.press('Escape');
  const panel = maria.page.getByRole('complementary', { name: 'Customer' });
  await panel.getByText(/Chrome on/).waitFor();
  await panel.getByRole('button', { name: 'Sign out everywhere' }).click();
  const dialog = maria.page.getByRole('dialog');
  await dialog.getByText('1 live session will be signed out.', { exact: false }).waitFor();
  await dialog.getByRole('button', { name: 'Sign out everywhere' }).click();
  await maria.authenticated('No').waitFor();
  await maria.page.getByText(/signed the customer out/).waitFor();
  await panel.getByText('The customer is signed in on no device.').waitFor();
  await ada.chat.getByText('Signed in as Ada Ng').waitFor({ state: 'detached' });
});

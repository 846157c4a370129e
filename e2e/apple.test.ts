// A customer writes from a simulated phone; the agent answers at the desk, and learns who it is.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { people } from '@countersign/simulators';
import type { Browser, Locator, Page } from 'playwright-core';
import { STAFF_PASSWORD } from '../packages/server/src/demo.ts';
import { AgentDesk } from './agent-desk.ts';
import { launchBrowser, openContext } from './browser.ts';
import { openSampleWorld, type SampleWorld } from './sample-world.ts';

const ADA = people.find(({ givenName }) => givenName === 'Ada');

let world: SampleWorld;
let browser: Browser;
let maria: AgentDesk;
const errors: string[][] = [];

before(async () => {
  const soonOver = '    accessTokenExpiry: 60\n';
  world = await openSampleWorld(undefined, (text) =>
    text.replace(/^ {4}richMessages: \[Please sign in\]\n/m, (line) => line + soonOver),
  );
  browser = await launchBrowser();
  maria = await AgentDesk.open(
    await page(),
    world.url,
    'maria.santos@fjellfern.example',
    STAFF_PASSWORD,
  );
  await maria.becomeAvailable();
});
after(async () => {
  await browser?.close();
  await world?.close();
});

async function page(): Promise<Page> {
  const opened = await openContext(browser);
  errors.push(opened.errors);
  return opened.context.newPage();
}

/** A phone of a new customer. */
async function phone(profile: 'auth2' | 'auth' | 'no-auth'): Promise<{ page: Page; log: Locator }> {
  const at = await page();
  await at.goto(world.apple.gateway.phoneUrl);
  await at.getByRole('combobox', { name: 'Device' }).selectOption(profile);
  await at.getByRole('button', { name: 'New customer' }).click();
  return { page: at, log: at.getByRole('log', { name: 'Conversation' }) };
}

async function say(at: Page, text: string): Promise<void> {
  await at.getByRole('textbox', { name: 'Message' }).fill(text);
  await at.getByRole('button', { name: 'Send', exact: true }).click();
}

async function sendBubble(name: string): Promise<void> {
  await maria.page.getByRole('button', { name: 'Bubbles' }).click();
  await maria.page.getByRole('menuitem', { name: new RegExp(`^${name}`) }).click();
}

/** Through the sheet in which the phone lets a person choose an account. */
async function signIn(at: Page): Promise<void> {
  assert.ok(ADA);
  await at.getByRole('button', { name: 'Sign in' }).click();
  const sheet = at.getByRole('dialog');
  await sheet
    .getByRole('radio', { name: new RegExp(`${ADA.givenName} ${ADA.familyName}`) })
    .check();
  await sheet.getByRole('button', { name: 'Continue' }).click();
}

test('from the first message to Authenticated: Yes, and back to No when its time is over', async () => {
  const customer = await phone('auth2');
  await say(customer.page, 'Is my tent repaired?');
  await maria.accept('Guest');
  await maria.authenticated('No').waitFor();
  await maria.answer('Let me look.');
  await customer.log.getByText('Let me look.').waitFor();

  await sendBubble('Where to');
  await customer.log.getByText('To my home').first().waitFor();
  await customer.page.getByRole('button', { name: 'To my home' }).click();
  await maria.page
    .getByRole('log')
    .getByText(/To my home/)
    .first()
    .waitFor();
  await sendBubble('Care of tents');
  await customer.log.getByText('How to care for your tent').first().waitFor();

  await maria.askToSignIn();
  await signIn(customer.page);
  await maria.authenticated('Yes').waitFor();
  await maria.page
    .getByRole('complementary', { name: 'Customer' })
    .getByText('Apple sign-in')
    .first()
    .waitFor();
  // The setting's sixty seconds, with nobody writing and nothing loaded anew
  await maria.authenticated('No').waitFor({ timeout: 90_000 });
  await maria.end();
  world.apple.gateway.assertClean();
});

test('an older device signs in by itself; one that cannot is not asked, and is not sent what it cannot show', async () => {
  const older = await phone('auth');
  await say(older.page, 'From an older phone');
  await maria.accept('Guest');
  await maria.askToSignIn();
  await signIn(older.page);
  await maria.authenticated('Yes').waitFor();
  await maria.end();

  const simple = await phone('no-auth');
  await say(simple.page, 'From a simple phone');
  await maria.accept('Guest');
  await maria.said('From a simple phone').waitFor();
  await maria.askToSignIn();
  await maria.page.getByText('This device cannot sign in here.').waitFor();
  await maria.authenticated('No').waitFor();
  await maria.end();
  world.apple.gateway.assertClean();
  assert.deepEqual(
    errors.flat().filter((line) => !line.includes('409')),
    [],
  );
});

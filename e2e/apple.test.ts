// A customer writes from a simulated phone; the agent answers at the desk, and learns who it is.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import type { ProfileName } from '@countersign/simulators';
import type { Browser, Page } from 'playwright-core';
import { STAFF_PASSWORD } from '../packages/server/src/demo.ts';
import { AgentDesk } from './agent-desk.ts';
import { ApplePhone } from './apple-phone.ts';
import { launchBrowser, openContext } from './browser.ts';
import { openSampleWorld, type SampleWorld } from './sample-world.ts';

/** Long enough to see that somebody is verified, short enough to see it end. */
const STANDS_S = 15;

let world: SampleWorld;
let browser: Browser;
let maria: AgentDesk;
let tom: AgentDesk;
const errors: string[][] = [];

before(async () => {
  const soonOver = `    accessTokenExpiry: ${STANDS_S}\n`;
  [world, browser] = await Promise.all([
    openSampleWorld(undefined, (text) =>
      text.replace(/^ {4}richMessages: \[Please sign in\]\n/m, (line) => line + soonOver),
    ),
    launchBrowser(),
  ]);
  [maria, tom] = await Promise.all([desk('maria.santos'), desk('tom.weber')]);
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

const desk = async (name: string) =>
  AgentDesk.open(await page(), world.url, `${name}@fjellfern.example`, STAFF_PASSWORD);

const phone = async (profile: ProfileName) =>
  ApplePhone.open(await page(), world.apple.gateway.phoneUrl, profile);

async function sendBubble(name: string): Promise<void> {
  await maria.page.getByRole('button', { name: 'Bubbles' }).click();
  await maria.page.getByRole('menuitem', { name: new RegExp(`^${name}`) }).click();
}

test('from the first message to Authenticated: Yes, and back to No when its time is over; other devices meanwhile', async () => {
  const customer = await phone('auth2');
  await customer.say('Is my tent repaired?');
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

  // A page is refused with the reason, and taken back; a file arrives at the device, which decrypts it
  const chooser = maria.page.locator('input[type=file]');
  const file = (name: string, text: string) => ({
    ...{ name, mimeType: 'text/plain', buffer: Buffer.from(text) },
  });
  await chooser.setInputFiles([file('page.html', '<html>'), file('care.txt', 'Wash at 30.')]);
  await maria.page.getByText('Files that end in .html cannot be sent.').waitFor();
  await maria.page.getByRole('button', { name: 'Take page.html back' }).click();
  await maria.page.getByText('Ready to send').waitFor();
  await maria.answer('How to wash it:');
  await customer.log.getByRole('link', { name: 'care.txt' }).waitFor();
  const panel = maria.page.getByRole('complementary', { name: 'Customer' });
  await panel.getByText(/quick replies.*sign-in/).waitFor();

  await maria.askToSignIn();
  await panel.getByText(/^sent, waiting until/).waitFor();
  await customer.signInAs('Ada Ng');
  await maria.authenticated('Yes').waitFor();
  await panel.getByText('Apple sign-in').first().waitFor();
  await panel.getByText(/^signed in until/).waitFor();

  // The setting's seconds go by, with nobody writing and nothing loaded anew there
  await maria.takeABreak();
  await tom.becomeAvailable();
  await Promise.all([maria.authenticated('No').waitFor(), otherDevices()]);
  await maria.said('The proof of identity has run out').first().waitFor();
  await maria.end();
  world.apple.gateway.assertClean();
  assert.deepEqual(
    errors.flat().filter((line) => !line.includes('409')),
    [],
  );
});

/** An older device signs in by itself; one that cannot is not asked, and is not sent what it cannot show. */
async function otherDevices(): Promise<void> {
  const older = await phone('auth');
  await older.say('From an older phone');
  await tom.accept('Guest');
  await tom.askToSignIn();
  await older.signInAs('Lena Vogt');
  await tom.authenticated('Yes').waitFor();
  await tom.end();

  const simple = await phone('no-auth');
  await simple.say('From a simple phone');
  await tom.accept('Guest');
  await tom.said('From a simple phone').waitFor();
  await tom.askToSignIn();
  await tom.page.getByText('This device cannot sign in here.').waitFor();
  await tom.authenticated('No').waitFor();
  await tom.end();
}

// npm run pictures: the pictures of README and docs, taken of the running product.
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { SAMPLE_PASSWORD } from '@countersign/simulators';
import type { Browser, Page } from 'playwright-core';
import { AgentDesk } from '../e2e/agent-desk.ts';
import { launchBrowser, openContext } from '../e2e/browser.ts';
import { CustomerPage } from '../e2e/customer-page.ts';
import { openSampleWorld, type SampleWorld } from '../e2e/sample-world.ts';
import { STAFF_PASSWORD } from '../packages/server/src/demo.ts';

const FOLDER = join(import.meta.dirname, '../docs/pictures');
const VIEWPORT = { width: 1440, height: 900 };

mkdirSync(FOLDER, { recursive: true });
const world = await openSampleWorld();
const browser = await launchBrowser();
try {
  await takeAll(world, browser);
} finally {
  await browser.close();
  await world.close();
}

async function takeAll({ url, shop }: SampleWorld, chromium: Browser): Promise<void> {
  const maria = await AgentDesk.open(
    await newPage(chromium),
    url,
    'maria.santos@fjellfern.example',
    STAFF_PASSWORD,
  );
  await maria.becomeAvailable();

  const guest = new CustomerPage(await newPage(chromium));
  await guest.page.goto(shop);
  await guest.openChat();
  await guest.say('Do you ship to Iceland?');
  await maria.accept('Guest');
  await maria.answer('We do, from 49 kr. It takes four days.');

  const ada = new CustomerPage(await newPage(chromium));
  await ada.page.goto(`${shop}/account`);
  await ada.page.getByRole('main').getByRole('link', { name: 'Sign in' }).click();
  await ada.signInAtProvider('Ada Ng', SAMPLE_PASSWORD);
  await ada.openChat();
  await ada.chat.getByText('Signed in as Ada Ng').waitFor();
  await ada.say('My parcel is late, and I leave on Friday. Order FF-20418.');
  await maria.accept('Ada Ng');
  const answer =
    'Hello Ada, I have your order here. It left Oslo this morning, so it will be with you tomorrow before noon.';
  await maria.answer(answer);
  await ada.said(answer).waitFor();
  await ada.say('Wonderful, thank you.');
  await maria.said('Wonderful, thank you.').waitFor();
  await picture(ada.page, 'messenger');
  await picture(maria.page, 'console');
  await maria.page.emulateMedia({ colorScheme: 'dark' });
  await picture(maria.page, 'console-dark');

  const lena = new CustomerPage(await newPage(chromium));
  await lena.page.goto(`${shop}/portal`);
  await lena.page.getByRole('button', { name: /Lena/ }).click();
  await lena.page.getByLabel('The next token').selectOption({ label: 'Signed with another key' });
  await lena.page.getByRole('button', { name: /^Use it/ }).click();
  await lena.openChat();
  await lena.chat.getByRole('alert').waitFor();
  await picture(lena.page, 'refused');

  const sam = await AgentDesk.open(
    await newPage(chromium),
    url,
    'sam.okafor@fjellfern.example',
    STAFF_PASSWORD,
  );
  await sam.page.getByRole('link', { name: 'Administration' }).click();
  await sam.page.getByRole('link', { name: 'Sign-in attempts' }).click();
  await sam.page
    .getByRole('row')
    .filter({ hasText: 'Signature does not fit' })
    .getByRole('button')
    .first()
    .click();
  await sam.page.getByRole('dialog').waitFor();
  await picture(sam.page, 'attempt');
}

async function newPage(chromium: Browser): Promise<Page> {
  const { context } = await openContext(chromium, {
    viewport: VIEWPORT,
    locale: 'en-GB',
    timezoneId: 'Europe/Oslo',
    reducedMotion: 'reduce',
  });
  return context.newPage();
}

async function picture(page: Page, name: string): Promise<void> {
  const path = join(FOLDER, `${name}.png`);
  await page.screenshot({ path, animations: 'disabled' });
  console.log(path);
}

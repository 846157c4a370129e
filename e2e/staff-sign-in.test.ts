// How the company's people come in: by link, with a second factor, a passkey, the company's sign-in; in Chromium.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import {
  type IdentityProvider,
  people,
  SAMPLE_PASSWORD,
  startIdentityProvider,
} from '@countersign/simulators';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { codeOf } from '../packages/server/test/staff/authenticator-app.ts';
import { beyondTheEdge, violationsOn } from './accessibility-checker.ts';
import { launchBrowser, openContext } from './browser.ts';
import { freePort, type NodeProcess, startNodeProcess } from './node-process.ts';

const EMAIL = 'ada@shop.example';
const PASSWORD = 'correct horse battery';
const CLIENT = { clientId: 'countersign-staff', clientSecret: 'a-secret-of-the-company' };
/** As narrow as a page may get (WCAG 1.4.10). */
const PHONE = { width: 320, height: 640 };

let provider: IdentityProvider;
let node: NodeProcess;
let browser: Browser;

before(async () => {
  const port = await freePort();
  // A name: browsers keep no passkey for an address
  const url = `http://localhost:${port}`;
  const [sample] = people;
  assert.ok(sample);
  provider = await startIdentityProvider({
    people: [{ ...sample, email: EMAIL }],
    clients: [{ ...CLIENT, redirectUris: [`${url}/auth/callback/company`] }],
  });
  node = await startNodeProcess({
    configuration: 'queues: [{ name: Guests }]',
    port,
    environment: {
      COUNTERSIGN_PUBLIC_URL: url,
      COUNTERSIGN_ALLOW_PRIVATE_HOSTS: `127.0.0.1:${provider.port}`,
      COUNTERSIGN_STAFF_SSO_ISSUER: provider.issuer,
      COUNTERSIGN_STAFF_SSO_CLIENT_ID: CLIENT.clientId,
      COUNTERSIGN_STAFF_SSO_CLIENT_SECRET: CLIENT.clientSecret,
      COUNTERSIGN_STAFF_SSO_NAME: 'Fjell & Fern',
    },
  });
  browser = await launchBrowser();
});

after(async () => {
  await browser?.close();
  await node?.stop();
  node?.remove();
  await provider?.close();
});

let uri = '';

const isIn = (page: Page) => page.getByRole('heading', { name: 'Inbox' }).waitFor();

/** What only this file comes by: nothing that a machine finds fault with, and room enough on a phone. */
async function looksRight(page: Page): Promise<void> {
  const usual = page.viewportSize();
  assert.deepEqual(await violationsOn(page), [], page.url());
  await page.setViewportSize(PHONE);
  assert.deepEqual(await beyondTheEdge(page), []);
  if (usual) await page.setViewportSize(usual);
}

async function typePassword(page: Page): Promise<void> {
  await page.goto(node.url);
  await page.getByLabel('Email').fill(EMAIL);
  await page.getByRole('textbox', { name: 'Password' }).fill(PASSWORD);
  await page.keyboard.press('Enter');
}

async function signedIn(): Promise<{ page: Page; context: BrowserContext; errors: string[] }> {
  const { context, errors } = await openContext(browser);
  const page = await context.newPage();
  await typePassword(page);
  return { page, context, errors };
}

async function signInAtCompany(page: Page): Promise<void> {
  await page.goto(node.url);
  await page.getByRole('button', { name: 'Continue with Fjell & Fern' }).click();
  await page.waitForURL(`${provider.issuer}/**`);
  await page.getByRole('radio').first().check();
  await page.getByLabel('Password').fill(SAMPLE_PASSWORD);
  await page.getByRole('button', { name: /Sign in/ }).click();
  await isIn(page);
}

async function openAccount(page: Page): Promise<void> {
  await page.getByRole('button', { name: /Open your menu/ }).click();
  await page.getByRole('menuitem', { name: 'Your account' }).click();
  await page.getByRole('heading', { name: 'Your account' }).waitFor();
  await page.getByText('this device', { exact: false }).first().waitFor();
}

async function confirm(page: Page): Promise<void> {
  const dialog = page.getByRole('dialog');
  await dialog.getByRole('textbox', { name: 'Your password' }).fill(PASSWORD);
  await dialog.getByRole('button', { name: 'Continue' }).click();
}

test('[T34] the first administrator comes in by the link that the node prints, once', async () => {
  const link = await node.printed(/^first administrator .*(http\S+)$/m);
  const { context, errors } = await openContext(browser);
  const page = await context.newPage();
  await page.goto(link);
  await page.getByRole('heading', { name: 'Set up the first administrator' }).waitFor();
  await looksRight(page);
  await page.getByRole('button', { name: 'Create the administrator' }).click();
  await page.getByText('Enter your name.').waitFor();
  await page.keyboard.type('Ada Ng');
  await page.keyboard.press('Tab');
  await page.keyboard.type(EMAIL);
  await page.keyboard.press('Tab');
  await page.keyboard.type(PASSWORD);
  await page.keyboard.press('Enter');
  await isIn(page);
  assert.ok(!page.url().includes('#'));
  await context.clearCookies();
  await page.goto(link);
  await page.getByRole('heading', { name: 'This link does not work any more' }).waitFor();
  await context.close();
  assert.deepEqual(errors, []);
});

test('[R04] a second factor, from scanning it to signing in with it', async () => {
  const { page, context, errors } = await signedIn();
  await isIn(page);
  await openAccount(page);
  await page.getByRole('button', { name: 'Add an authenticator app' }).click();
  await confirm(page);
  await page.getByRole('img', { name: /^QR code/ }).waitFor();
  const secret = (await page.locator('.account-secret').innerText()).replaceAll(' ', '');
  uri = `otpauth://totp/Countersign?secret=${secret}`;
  await page.getByRole('textbox', { name: 'Code' }).fill(codeOf(uri, -1));
  await page.getByRole('button', { name: 'Turn on' }).click();
  const codes = page.getByRole('list', { name: 'Recovery codes' }).getByRole('listitem');
  await codes.first().waitFor();
  const recoveryCode = await codes.first().innerText();
  await page.getByRole('button', { name: 'I have kept them' }).click();
  await page.getByText('On', { exact: true }).waitFor();

  await context.clearCookies();
  await typePassword(page);
  await page.getByRole('heading', { name: 'Second step' }).waitFor();
  await looksRight(page);
  await page.keyboard.type('12');
  await page.keyboard.press('Enter');
  await page.getByRole('alert').getByText('The code is not right.').waitFor();
  await page.getByRole('textbox', { name: 'Code' }).fill(codeOf(uri));
  await page.keyboard.press('Enter');
  await isIn(page);

  await context.clearCookies();
  await typePassword(page);
  await page.getByRole('button', { name: 'Use a recovery code instead' }).click();
  await page.keyboard.type(recoveryCode);
  await page.keyboard.press('Enter');
  await isIn(page);
  await context.close();
  assert.deepEqual(errors, []);
});

test('a passkey is added, named and signs in by itself; without user verification it does not', async () => {
  const { page, context, errors } = await signedIn();
  await page.getByRole('textbox', { name: 'Code' }).fill(codeOf(uri, 1));
  await page.keyboard.press('Enter');
  await isIn(page);
  const devices = await context.newCDPSession(page);
  await devices.send('WebAuthn.enable');
  const { authenticatorId } = await devices.send('WebAuthn.addVirtualAuthenticator', {
    options: {
      ...{ protocol: 'ctap2', transport: 'internal', hasResidentKey: true },
      ...{ hasUserVerification: true, isUserVerified: true, automaticPresenceSimulation: true },
    },
  });
  await openAccount(page);
  await page.getByRole('button', { name: 'Add a passkey' }).click();
  await page.getByRole('textbox', { name: 'Name of the passkey' }).fill('My laptop');
  await confirm(page);
  await page.getByRole('button', { name: 'Rename My laptop' }).waitFor();
  await context.clearCookies();
  await page.goto(node.url);
  await page.getByRole('button', { name: 'Use a passkey' }).click();
  await isIn(page);

  await context.clearCookies();
  await page.goto(node.url);
  await devices.send('WebAuthn.setUserVerified', { authenticatorId, isUserVerified: false });
  await page.getByRole('button', { name: 'Use a passkey' }).click();
  await page.getByRole('alert').waitFor();
  assert.equal(await page.getByRole('heading', { name: 'Inbox' }).count(), 0);
  await context.close();
  assert.deepEqual(errors, []);
});

test('the sign-in of the company lets its people in, and an ended session is out at once', async () => {
  const { context, errors } = await openContext(browser);
  const page = await context.newPage();
  await signInAtCompany(page);

  const elsewhere = await openContext(browser);
  const other = await elsewhere.context.newPage();
  await signInAtCompany(other);
  await openAccount(other);
  await other.getByRole('button', { name: 'End all others' }).click();
  await other.getByRole('dialog').getByRole('button', { name: 'End all others' }).click();
  await page.getByText('Your session ended.').waitFor();
  await context.close();
  await elsewhere.context.close();
  assert.deepEqual([errors, elsewhere.errors], [[], []]);
});

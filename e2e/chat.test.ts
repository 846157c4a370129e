// The main job, as people do it: in Chromium, with the shop, its identity provider and the node as they are.
import assert from 'node:assert/strict';
import { after, afterEach, before, test } from 'node:test';
import { SAMPLE_PASSWORD } from '@countersign/simulators';
import type { Browser, BrowserContext } from 'playwright-core';
import { STAFF_PASSWORD } from '../packages/server/src/demo.ts';
import { AgentDesk } from './agent-desk.ts';
import { launchBrowser, openContext } from './browser.ts';
import { CustomerPage } from './customer-page.ts';
import { openSampleWorld, type SampleWorld } from './sample-world.ts';

let world: SampleWorld;
let browser: Browser;
let maria: AgentDesk;
const errors: string[][] = [];
const contexts: BrowserContext[] = [];

before(async () => {
  world = await openSampleWorld();
  browser = await launchBrowser();
  const page = await newPage();
  maria = await AgentDesk.open(page, world.url, 'maria.santos@fjellfern.example', STAFF_PASSWORD);
  await maria.becomeAvailable();
});

after(async () => {
  await browser?.close();
  await world?.close();
});

afterEach(async () => {
  assert.deepEqual(errors.flat(), [], 'no script failed and no policy was broken');
});

async function newPage() {
  const opened = await openContext(browser);
  errors.push(opened.errors);
  contexts.push(opened.context);
  return opened.context.newPage();
}

async function customerAt(path: string): Promise<CustomerPage> {
  const customer = new CustomerPage(await newPage());
  await customer.page.goto(world.shop + path);
  return customer;
}

async function customerOfPortal(name: string): Promise<CustomerPage> {
  const customer = await customerAt('/portal');
  await customer.page.getByRole('button', { name: new RegExp(name) }).click();
  return customer;
}

/** The shop's page for testing: its next token is as chosen. The shop signs the chat out, then reloads. */
async function useToken({ page }: CustomerPage, label: string): Promise<void> {
  await page.getByLabel('The next token').selectOption({ label });
  const reloaded = page.waitForEvent('load');
  await page.getByRole('button', { name: /^Use it/ }).click();
  await reloaded;
}

test('a guest and an agent talk; the agent sees that nothing proves who it is', async () => {
  const guest = await customerAt('/');
  const requests: string[] = [];
  guest.page.on('request', (request) => requests.push(request.url()));
  await guest.openChat();
  await guest.say('Do you ship to Iceland?');
  await maria.offer('Guest').getByText('Authenticated: No').waitFor();
  await maria.accept('Guest');
  await maria.answer('We do, from 49 kr.');
  await guest.said('We do, from 49 kr.').waitFor();
  await maria.authenticated('No').waitFor();

  await guest.page.reload();
  await guest.said('We do, from 49 kr.').waitFor();
  assert.deepEqual(await guest.messages(), ['Do you ship to Iceland?', 'We do, from 49 kr.']);
  await maria.end();
});

test('signed in through OpenID Connect: Authenticated: Yes, by whom and how; both ways; in a second tab too', async () => {
  const ada = await customerAt('/account');
  await ada.page.getByRole('main').getByRole('link', { name: 'Sign in' }).click();
  await ada.signInAtProvider('Ada Ng', SAMPLE_PASSWORD);
  await ada.openChat();
  await ada.chat.getByText('Signed in as Ada Ng').waitFor();
  await ada.say('My parcel is late');
  await maria.offer('Ada Ng').getByText('Authenticated: Yes').waitFor();
  await maria.accept('Ada Ng');
  const { page } = maria;
  await maria.authenticated('Yes').waitFor();
  await page
    .getByText(/Fjell & Fern account \(OpenID Connect\)/)
    .first()
    .waitFor();
  await page.getByText('u-1007').first().waitFor();
  await page.getByText(new URL(world.issuer).host).first().waitFor();
  await page.getByText(/In this queue because rule 1/).waitFor();
  await maria.answer('It will be with you tomorrow.');
  await ada.said('It will be with you tomorrow.').waitFor();

  const tab = new CustomerPage(await ada.page.context().newPage());
  await tab.page.goto(`${world.shop}/account`);
  await tab.openChat();
  await tab.said('It will be with you tomorrow.').waitFor();
  await tab.say('Thank you');
  await ada.said('Thank you').waitFor();
  await maria.said('Thank you').waitFor();
  await maria.end();
});

test('signed in with a site-signed token: cart value and VIP are signed facts', async () => {
  const mihai = await customerOfPortal('Mihai');
  await mihai.openChat();
  await mihai.chat.getByText('Signed in as Mihai Ionescu').waitFor();
  await mihai.say('Bună, pot schimba mărimea?');
  await maria.offer('Mihai Ionescu').getByText('Authenticated: Yes').waitFor();
  await maria.accept('Mihai Ionescu');
  const { page } = maria;
  await page
    .getByText(/Portal token \(signed token\)/)
    .first()
    .waitFor();
  await page.getByText('portal.fjellfern.example').first().waitFor();
  await page.getByText(/In this queue because rule 2/).waitFor();
  await maria.answer('Sigur.');
  await mihai.said('Sigur.').waitFor();
  await maria.end();
  await mihai.chat.getByText('This conversation has ended.').first().waitFor();
});

test('a bad token: an error with a reference, never a guest chat; nothing is stored but the attempt', async () => {
  const lena = await customerOfPortal('Lena');
  await useToken(lena, 'Signed with another key');
  const before = await administration('/api/conversations?state=waiting,offered,active,closed');
  await lena.openChat();
  const alert = lena.chat.getByRole('alert');
  await alert.getByText('We could not confirm who you are').waitFor();
  const text = (await alert.textContent()) ?? '';
  const [reference] = /[0-9A-Z]{4}-[0-9A-Z]{4}/.exec(text) ?? [];
  assert.ok(reference, text);
  assert.equal(await lena.chat.getByLabel('Write a message').count(), 0);
  const { items } = await administration(`/api/attempts?reference=${reference}`);
  assert.equal(items.length, 1);
  assert.equal(items[0]?.outcome, 'refused');
  const now = await administration('/api/conversations?state=waiting,offered,active,closed');
  assert.deepEqual(now.items.length, before.items.length, 'no conversation');

  await useToken(lena, 'The token is right');
  await lena.chat.getByText('Signed in as Lena Vogt').waitFor();
});

test('killed with -9 in the middle of a chat: nothing acknowledged is missing, what was not is sent once', async () => {
  const ada = await customerAt('/account');
  await ada.page.getByRole('main').getByRole('link', { name: 'Sign in' }).click();
  await ada.signInAtProvider('Ada Ng', SAMPLE_PASSWORD);
  await ada.openChat();
  await ada.say('before the fall');
  await maria.accept('Ada Ng');
  await world.kill();
  await ada.chat.getByText(/Reconnecting/).waitFor();
  await ada.write('written while nobody answered');
  await ada.chat.getByText('Sending').waitFor();
  await world.restart();
  await ada.chat.getByText(/Reconnecting/).waitFor({ state: 'detached', timeout: 40_000 });
  await ada.chat.getByText('Sending').waitFor({ state: 'detached' });
  await maria.said('written while nobody answered').waitFor({ timeout: 40_000 });
  await maria.answer('I am still here.');
  await ada.said('I am still here.').waitFor();
  const said = (await ada.messages()).slice(-3);
  assert.deepEqual(said, ['before the fall', 'written while nobody answered', 'I am still here.']);
  const log = maria.page.getByRole('log').getByText('written while nobody answered');
  assert.equal(await log.count(), 1);
  await maria.end();
});

/** What the administrator reads over the API, in a browser session of their own. */
async function administration(path: string): Promise<{ items: { outcome?: string }[] }> {
  const { context } = await openContext(browser);
  const page = await context.newPage();
  await AgentDesk.open(page, world.url, 'sam.okafor@fjellfern.example', STAFF_PASSWORD);
  const answer = await page.request.get(world.url + path);
  assert.equal(answer.status(), 200);
  const body = await answer.json();
  await context.close();
  return body;
}

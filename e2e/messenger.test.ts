/// <reference lib="dom" />
// What a customer meets in the messenger, and what must not happen there: in Chromium, on the shop's own pages.
import assert from 'node:assert/strict';
import { once } from 'node:events';
import { createServer } from 'node:http';
import { after, afterEach, before, test } from 'node:test';
import { SAMPLE_PASSWORD } from '@countersign/simulators';
import type { Browser, Frame, Page } from 'playwright-core';
import { STAFF_PASSWORD } from '../packages/server/src/demo.ts';
import { AgentDesk } from './agent-desk.ts';
import { launchBrowser, openContext } from './browser.ts';
import { CustomerPage } from './customer-page.ts';
import { HOSTILE_TEXTS } from './hostile-texts.ts';
import { openSampleWorld, type SampleWorld } from './sample-world.ts';

const SHOP_FRONT = '6c0c2f0e-5a51-4d0e-9d6e-0d6a3c1f7a13';

let world: SampleWorld;
let browser: Browser;
let maria: AgentDesk;
const errors: string[][] = [];

before(async () => {
  world = await openSampleWorld();
  browser = await launchBrowser();
  const { page } = await newContext();
  maria = await AgentDesk.open(page, world.url, 'maria.santos@fjellfern.example', STAFF_PASSWORD);
  await maria.becomeAvailable();
});

after(async () => {
  await browser?.close();
  await world?.close();
});

afterEach(() => {
  assert.deepEqual(errors.flat(), [], 'no script failed and no policy was broken');
});

async function newContext(options: Parameters<typeof openContext>[1] = {}) {
  const opened = await openContext(browser, options);
  errors.push(opened.errors);
  return { context: opened.context, page: await opened.context.newPage() };
}

async function customerAt(path: string, options = {}): Promise<CustomerPage> {
  const { page } = await newContext(options);
  await page.goto(world.shop + path);
  return new CustomerPage(page);
}

async function anotherTab({ page }: CustomerPage, path: string): Promise<CustomerPage> {
  const tab = new CustomerPage(await page.context().newPage());
  await tab.page.goto(world.shop + path);
  return tab;
}

async function signedInCustomer(): Promise<CustomerPage> {
  const ada = await customerAt('/account');
  await ada.page.getByRole('main').getByRole('link', { name: 'Sign in' }).click();
  await ada.signInAtProvider('Ada Ng', SAMPLE_PASSWORD);
  return ada;
}

const launcher = (page: Page) => page.locator('countersign-chat button');
const focusIsIn = (page: Page, selector: string) =>
  page.waitForFunction(
    (wanted) => document.activeElement?.shadowRoot?.activeElement?.matches(wanted),
    selector,
  );

/** The panel's own document, where scripts of the test can look around. */
async function panelOf({ page }: CustomerPage): Promise<Frame> {
  const frame = await (await page.locator('iframe[title="Chat"]').elementHandle())?.contentFrame();
  assert.ok(frame);
  return frame;
}

const keptBy = async (customer: CustomerPage): Promise<string[]> =>
  (await panelOf(customer)).evaluate(() => Object.keys({ ...localStorage, ...sessionStorage }));

test('before the click the node is asked for the loader and nothing else', async () => {
  const { page } = await newContext();
  const asked: string[] = [];
  page.on('request', (request) => asked.push(request.url()));
  await page.goto(world.shop, { waitUntil: 'load' });
  await launcher(page).waitFor();
  const ofNode = asked.filter((url) => url.startsWith(world.url));
  assert.deepEqual(ofNode, [`${world.url}/messenger/loader.js`]);
});

test('by keyboard alone: open, write, minimise, hear of an answer, start anew when it has ended', async () => {
  const guest = await customerAt('/account');
  const { page } = guest;
  await launcher(page).focus();
  await page.keyboard.press('Enter');
  const field = guest.chat.getByLabel('Write a message');
  await field.waitFor();
  await focusIsIn(page, 'iframe');
  for (let presses = 0; presses < 8; presses += 1) {
    if (await field.evaluate((element) => element === document.activeElement)) break;
    await page.keyboard.press('Tab');
  }
  await page.keyboard.type('Is the tent in stock?');
  await page.keyboard.press('Enter');
  await guest.chat.getByText('Sent').waitFor();
  await page.keyboard.press('Escape');
  await focusIsIn(page, 'button');
  assert.equal(await launcher(page).getAttribute('aria-expanded'), 'false');

  await maria.accept('Guest');
  await maria.page.getByPlaceholder(/^Write to/).pressSequentially('Yes');
  await guest.chat.getByText(/is typing$/).waitFor({ state: 'attached' });
  await maria.answer('Yes, four of them.');
  await page.getByRole('button', { name: 'Open chat, 1 unread' }).waitFor();
  assert.equal(await launcher(page).getAttribute('data-unread'), '1');
  await page.keyboard.press('Enter');
  await guest.said('Yes, four of them.').waitFor();
  await page.getByRole('button', { name: 'Close chat', exact: true }).waitFor();
  const announced = guest.chat.locator('[aria-live=polite]', { hasText: 'Yes, four of them.' });
  assert.match((await announced.textContent()) ?? '', /^Maria.* says: Yes, four of them\.$/);

  await maria.end();
  await guest.chat.getByRole('button', { name: 'Start a new conversation' }).click();
  await guest.say('One more question');
  assert.deepEqual(await guest.messages(), ['One more question']);
  await maria.accept('Guest');
  await maria.said('One more question').waitFor();
  await maria.end();
});

test('a message that is too long cannot be sent, and the customer is told why', async () => {
  const guest = await customerAt('/');
  await guest.openChat();
  await guest.write('x'.repeat(5000));
  await guest.chat.getByText('This message is too long to send.').waitFor();
  assert.equal(await guest.chat.getByRole('button', { name: 'Send' }).isDisabled(), true);
  assert.deepEqual(await guest.messages(), []);
  const field = guest.chat.getByLabel('Write a message');
  assert.equal(await field.getAttribute('aria-invalid'), 'true');
});

test('offline: the panel says so, keeps what is written, and sends it once when the network is back', async () => {
  const guest = await customerAt('/');
  await guest.openChat();
  await guest.say('before');
  await guest.page.context().setOffline(true);
  await guest.write('while away');
  await guest.chat.getByText('You are offline.').waitFor();
  await guest.chat.getByText('Sending').waitFor();
  await guest.page.context().setOffline(false);
  await guest.chat.getByText('You are offline.').waitFor({ state: 'detached' });
  await guest.chat.getByText('Sending').waitFor({ state: 'detached' });
  assert.deepEqual(await guest.messages(), ['before', 'while away']);
  await maria.accept('Guest');
  await maria.said('while away').waitFor();
  assert.equal(await maria.said('while away').count(), 1);
  await maria.end();
});

test('on a phone the panel fills the screen and keeps the focus; in the dark it is dark', async () => {
  const viewport = { width: 390, height: 844 };
  const guest = await customerAt('/', { viewport, screen: viewport, colorScheme: 'dark' });
  await guest.openChat();
  const field = guest.chat.getByLabel('Write a message');
  await field.waitFor();
  const box = await guest.page.locator('iframe[title="Chat"]').boundingBox();
  assert.deepEqual(box, { x: 0, y: 0, ...viewport });
  for (let presses = 0; presses < 8; presses += 1) await guest.page.keyboard.press('Tab');
  await focusIsIn(guest.page, 'iframe');
  const ground = await guest.chat
    .locator('main')
    .evaluate((main) => getComputedStyle(main).backgroundColor);
  assert.equal(ground, 'rgb(26, 32, 39)');
});

test('X01 X02 hostile text stays text, at the agent’s and at the customer’s', async () => {
  const guest = await customerAt('/');
  await guest.openChat();
  for (const text of HOSTILE_TEXTS) await guest.write(text);
  await guest.chat.getByText('Sending').waitFor({ state: 'detached' });
  await maria.accept('Guest');
  for (const text of HOSTILE_TEXTS) await maria.said(text).first().waitFor();
  for (const text of HOSTILE_TEXTS) await maria.answer(`Re: ${text}`);
  await guest.said(`Re: ${HOSTILE_TEXTS.at(-1)}`).waitFor();

  const answers = HOSTILE_TEXTS.map((text) => `Re: ${text}`);
  assert.deepEqual(await guest.messages(), [...HOSTILE_TEXTS, ...answers]);
  const panel = await panelOf(guest);
  for (const place of [panel, maria.page.mainFrame(), guest.page.mainFrame()]) {
    assert.equal(await place.evaluate(() => 'broken' in window), false);
  }
  const schemes = (place: Frame) =>
    place
      .locator('[role=log] a')
      .evaluateAll((links) => links.map((a) => new URL((a as HTMLAnchorElement).href).protocol));
  for (const place of [panel, maria.page.mainFrame()]) {
    assert.deepEqual(
      [...new Set(await schemes(place))].filter((scheme) => scheme !== 'https:'),
      [],
    );
  }
  await maria.end();
});

test('X03 only the page around the panel is listened to, and only what it really sent', async () => {
  const { page } = await newContext();
  await page.goto(world.shop);
  await page.evaluate((url) => {
    const panel = document.body.appendChild(document.createElement('iframe'));
    panel.id = 'panel';
    panel.src = url;
    document.body.appendChild(document.createElement('iframe')).id = 'stranger';
    return new Promise((resolve) => panel.addEventListener('load', resolve));
  }, `${world.url}/messenger/${SHOP_FRONT}`);
  const frameOf = async (id: string) => {
    const frame = await (await page.$(`#${id}`))?.contentFrame();
    assert.ok(frame);
    return frame;
  };
  const panel = await frameOf('panel');
  const forged = () => {
    const { port1, port2 } = new MessageChannel();
    Object.assign(window, { heard: [] });
    port1.onmessage = ({ data }) => (window as unknown as { heard: unknown[] }).heard.push(data);
    port1.postMessage({
      t: 'call',
      id: 0,
      name: 'MessagingService.sendMessage',
      data: { message: 'forged' },
    });
    return port2;
  };
  await (await frameOf('stranger')).evaluate(`{
    const port = (${forged})();
    parent.frames[0].postMessage('countersign-chat', '*', [port]);
  }`);
  await panel.evaluate(`{
    const port = (${forged})();
    dispatchEvent(new MessageEvent('message', { data: 'countersign-chat', source: parent, ports: [port] }));
  }`);
  await page.evaluate(`{
    const { port1, port2 } = new MessageChannel();
    window.look = new Promise((resolve) => { port1.onmessage = ({ data }) => resolve(data); });
    frames[0].postMessage({ t: 'call' }, '*', [new MessageChannel().port2]);
    frames[0].postMessage('countersign-chat', '*', [port2]);
  }`);
  const look = (await page.evaluate('window.look')) as { t: string };
  assert.equal(look.t, 'look', 'the page itself is heard');
  await panel.getByLabel('Write a message').waitFor();
  for (const frame of [await frameOf('stranger'), panel]) {
    assert.deepEqual(await frame.evaluate('window.heard'), []);
  }
  assert.equal(await panel.getByText('forged').count(), 0);
});

test('X04 a site that the deployment does not list cannot frame the panel', async () => {
  const site = createServer((_request, response) => {
    response.setHeader('content-type', 'text/html');
    response.end(`<iframe id="panel" src="${world.url}/messenger/${SHOP_FRONT}"></iframe>`);
  }).listen(0, '127.0.0.2');
  await once(site, 'listening');
  const address = site.address();
  const port = typeof address === 'object' && address ? address.port : 0;
  const { context } = await openContext(browser);
  const page = await context.newPage();
  const refusal = page.waitForEvent('console', (message) => /frame-ancestors/.test(message.text()));
  await page.goto(`http://127.0.0.2:${port}/`);
  await refusal;
  assert.equal(await page.frameLocator('#panel').locator('main').count(), 0);
  await context.close();
  site.close();
});

test('the site’s sign-out ends the chat in every tab, and nothing of it is kept', async () => {
  const ada = await signedInCustomer();
  await ada.openChat();
  await ada.say('My order number is 4711');
  const tab = await anotherTab(ada, '/account');
  await tab.openChat();
  await tab.said('My order number is 4711').waitFor();
  await ada.page.evaluate(
    () =>
      new Promise((resolve, reject) => {
        const { Countersign } = window as unknown as { Countersign(...args: unknown[]): void };
        Countersign('command', 'Auth.logout', {}, resolve, reject);
      }),
  );
  for (const customer of [ada, tab]) {
    await customer.chat
      .getByRole('paragraph')
      .getByText('You are signed out of the chat.')
      .waitFor();
    assert.deepEqual(await customer.messages(), []);
    assert.deepEqual(await keptBy(customer), []);
  }
});

test('signing out of the shop before the chat was opened does not sign in to it again', async () => {
  const ada = await signedInCustomer();
  await ada.openChat();
  await ada.say('Hello from yesterday');
  const later = await anotherTab(ada, '/account');
  await ada.page.close();
  await later.page.getByRole('button', { name: 'Sign out' }).click();
  await later.page.getByRole('main').getByRole('link', { name: 'Sign in' }).waitFor();
  await later.openChat();
  await later.chat.getByText('You are chatting as a guest').waitFor();
  assert.deepEqual(await later.messages(), []);
  assert.deepEqual(
    (await keptBy(later)).filter((key) => /gcatkn|gcartkn/.test(key)),
    [],
  );
});

test('the next person at the same computer never sees the first one’s chat, in any tab', async () => {
  const first = await customerAt('/portal');
  await first.page.getByRole('button', { name: /Mihai/ }).click();
  await first.openChat();
  await first.say('Only for Mihai');
  const second = await anotherTab(first, '/portal');
  // A site that forgets to say that somebody left
  await second.page.request.post(`${world.shop}/portal/sign-in`, {
    form: { person: await personId('Lena') },
  });
  await second.page.reload();
  await second.openChat();
  await second.chat.getByText('Signed in as Lena Vogt').waitFor();
  assert.deepEqual(await second.messages(), []);
  await first.chat.getByText('Signed in as Lena Vogt').waitFor();
  assert.deepEqual(await first.messages(), []);
});

async function personId(name: string): Promise<string> {
  const { page, context } = await newContext();
  await page.goto(`${world.shop}/portal`);
  const button = page.getByRole('button', { name: new RegExp(name) });
  const id = await button.getAttribute('value');
  await context.close();
  return id ?? '';
}

import assert from 'node:assert/strict';
import { createECDH, randomUUID } from 'node:crypto';
import { after, before, suite, test } from 'node:test';
import type { Browser, Page } from 'playwright-core';
import { beyondTheEdge, violationsOn } from '../../../e2e/accessibility-checker.ts';
import { launchBrowser, openContext } from '../../../e2e/browser.ts';
import { type AppleGateway, type OAuthProvider, startOAuthProvider } from '../src/index.ts';
import {
  BUSINESS_ID,
  encrypt,
  interactive,
  type Provider,
  send,
  startWorld,
  upload,
} from './apple-messaging-provider.ts';

suite('the page that looks like a phone', () => {
  let world: Awaited<ReturnType<typeof startWorld>>;
  let gateway: AppleGateway;
  let provider: Provider;
  let accounts: OAuthProvider;
  let browser: Browser;
  let callbackUrl: string;
  before(async () => {
    accounts = await startOAuthProvider();
    world = await startWorld({
      name: 'Fjell & Fern',
      authorizationUrl: accounts.authorizationUrl,
      accessTokenUrl: accounts.accessTokenUrl,
      clientIdentifier: 'countersign',
    });
    ({ gateway, provider } = world);
    callbackUrl = new URL('/callback', provider.url).href;
    const redirectUris = [callbackUrl, 'https://auth.businesschat.apple.com'];
    accounts.registerClient({ clientId: 'countersign', redirectUris });
    browser = await launchBrowser();
  });
  after(async () => {
    await browser.close();
    await world.close();
    await accounts.close();
  });

  async function openPhone(device = gateway.device(), colorScheme: 'light' | 'dark' = 'light') {
    const { context, errors } = await openContext(browser, { colorScheme });
    const page = await context.newPage();
    await page.goto(gateway.phoneUrlOf(device));
    await page.getByRole('heading', { name: 'Fjell & Fern' }).waitFor();
    const deliver = async (body: Record<string, unknown>, path = '/message') => {
      const { status, text } = await send(gateway, body, { path });
      assert.equal(status, 200, text);
    };
    const done = async () => {
      assert.deepEqual(errors, []);
      await context.close();
    };
    return { page, device, deliver, done };
  }

  const items = ['Home', 'Pick-up point'].map((title) => ({ identifier: title, title }));
  const text = (opaqueId: string, body: string, more = {}) => ({
    v: 1,
    id: randomUUID(),
    type: 'text',
    sourceId: BUSINESS_ID,
    destinationId: opaqueId,
    body,
    ...more,
  });
  const says = (page: Page, what: string) => page.getByRole('log').getByText(what).waitFor();

  test('a new customer chooses a device and writes, by keyboard alone', async () => {
    const { context, errors } = await openContext(browser);
    const page = await context.newPage();
    await page.goto(gateway.phoneUrl);
    await page.getByLabel('Device', { exact: true }).selectOption('Watch');
    await page.getByRole('button', { name: 'New customer' }).press('Enter');
    await page.getByRole('main', { name: 'Phone' }).getByText('Watch').waitFor();
    await page.getByRole('textbox', { name: 'Message' }).focus();
    await page.keyboard.type('Is it <b>there</b>?');
    await page.keyboard.press('Enter');
    await says(page, 'Is it <b>there</b>?');
    await page.waitForFunction(() => !document.body.innerText.includes('Sending'));
    const webhook = provider.webhooks.findLast(({ body }) => body?.type === 'text');
    assert.equal(webhook?.body?.body, 'Is it <b>there</b>?');
    assert.equal(webhook?.headers['device-agent'], 'Watch OS');
    assert.ok(provider.webhooks.some(({ body }) => body?.type === 'typing_start'));
    assert.deepEqual(errors, []);
    await context.close();
  });

  test('a text that the provider refuses is Not delivered', async () => {
    const { page, done } = await openPhone();
    provider.status = 500;
    await page.getByRole('textbox', { name: 'Message' }).fill('Hello?');
    await page.getByRole('button', { name: 'Send' }).click();
    await says(page, 'Not delivered');
    provider.status = 200;
    await done();
  });

  test('texts, files and links of the agent, and that the agent is typing', async () => {
    const { page, device, deliver, done } = await openPhone();
    await deliver(text(device.opaqueId, '', { type: 'typing_start' }));
    await page.getByText('The agent is typing…').waitFor();
    const key = `00${'ab'.repeat(32)}`;
    const file = await upload(gateway, Buffer.from('an invoice'), key);
    assert.notDeepEqual(encrypt(Buffer.from('an invoice'), key), Buffer.from('an invoice'));
    await deliver(text(device.opaqueId, 'Here it is: \uFFFC', { attachments: [file] }));
    await says(page, 'Here it is:');
    assert.equal(await page.getByText('The agent is typing…').isVisible(), false);
    const href = await page.getByRole('link', { name: 'invoice.pdf' }).getAttribute('href');
    const answer = await fetch(new URL(href ?? '', gateway.url));
    assert.equal(await answer.text(), 'an invoice');
    const richLinkData = { url: 'https://shop.example/p/42', title: 'Trail shoes' };
    await deliver(text(device.opaqueId, 'x', { type: 'richLink', richLinkData }));
    await page.getByRole('link', { name: 'Trail shoes' }).waitFor();
    await done();
  });

  test('a file of the customer', async () => {
    const { page, done } = await openPhone();
    const buffer = Buffer.from('a note');
    const file = { name: 'note.txt', mimeType: 'text/plain', buffer };
    await page.getByLabel('Attach a file').setInputFiles(file);
    await page.getByRole('link', { name: 'note.txt' }).waitFor();
    const attachments = Object(provider.webhooks.findLast((it) => it.body?.attachments)?.body);
    assert.equal(attachments.attachments[0].name, 'note.txt');
    await done();
  });

  test('quick reply, list picker and time picker', async () => {
    const { page, device, deliver, done } = await openPhone();
    await deliver(interactive(device, { 'quick-reply': { summaryText: 'Where to?', items } }));
    await page.getByRole('group', { name: 'Where to?' }).getByRole('button').nth(1).click();
    await page.getByRole('group', { name: 'Where to?' }).waitFor({ state: 'detached' });
    await says(page, 'Pick-up point');

    await deliver(interactive(device, { listPicker: { sections: [{ title: 'Place', items }] } }));
    await page.getByRole('button', { name: 'Choose' }).click();
    const sheet = page.getByRole('dialog', { name: 'Please choose' });
    await sheet.getByRole('radio', { name: 'Home' }).check();
    await sheet.getByRole('button', { name: 'Send choice' }).click();
    await page.getByRole('listitem').getByText('Home').waitFor();

    const timeslots = [
      { identifier: 's1', startTime: '2099-03-02T17:00+0000', duration: 3600 },
      { identifier: 'past', startTime: '2020-03-02T17:00+0000', duration: 3600 },
    ];
    const event = { identifier: 'e', title: 'Fitting', timezoneOffset: 60, timeslots };
    await deliver(interactive(device, { event }));
    await page.getByRole('button', { name: 'Choose a time' }).click();
    assert.equal(await page.getByRole('radio').count(), 1, 'past slots are hidden');
    await page.getByRole('radio', { name: /March 2, 2099.*6:00.PM.*60 minutes/ }).check();
    await page.getByRole('button', { name: 'Send choice' }).click();
    await says(page, 'Fitting 2099-03-02T17:00+0000');
    await done();
  });

  test('a bubble that the device cannot show', async () => {
    const { page, device, deliver, done } = await openPhone(gateway.device({ profile: 'watch' }));
    await deliver(interactive(device, { listPicker: { sections: [{ items }] } }));
    await says(page, 'This message cannot be shown on this device.');
    await done();
  });

  const askVersion2 = (state: string) => ({
    version: '2.0',
    authenticate: {
      oauth2: { responseType: 'code', scope: ['openid'], state, redirectURI: callbackUrl },
    },
  });

  test('sign-in, version 2: Not now, cancel at the provider, then through', async () => {
    const { page, device, deliver, done } = await openPhone();
    const states: string[] = [];
    provider.serve = async ({ searchParams }) => {
      states.push(searchParams.get('error') ?? 'code');
      const status = searchParams.has('error') ? 'cancel' : 'success';
      return { status: 302, location: `messages-auth://?status=${status}` };
    };
    await deliver(interactive(device, askVersion2('s-1')), '/authenticate');
    const open = () => page.getByRole('button', { name: 'Sign in' }).click();
    const sheet = page.getByRole('dialog', { name: 'Sign in' });
    await open();
    await sheet.getByRole('button', { name: 'Not now' }).click();
    assert.deepEqual(states, []);
    await open();
    await sheet.getByRole('button', { name: 'Cancel at the provider' }).click();
    await page.getByRole('status').getByText('cancelled').waitFor();
    await open();
    await sheet.getByRole('radio', { name: /Lena Vogt/ }).check();
    await sheet.getByRole('button', { name: 'Continue' }).click();
    await page.getByRole('status').getByText('Signed in.').waitFor();
    await says(page, 'Thank you');
    assert.deepEqual(states, ['access_denied', 'code']);
    assert.deepEqual(Object(provider.last().interactiveData).data.authenticate, {
      status: 'success',
    });
    await done();
  });

  test('sign-in, version 1, on an older phone', async () => {
    const { page, device, deliver, done } = await openPhone(gateway.device({ profile: 'auth' }));
    const responseEncryptionKey = createECDH('secp384r1').generateKeys('base64');
    const oauth2 = { responseType: 'code', scope: ['openid'], state: 's', responseEncryptionKey };
    await deliver(interactive(device, { authenticate: { oauth2 } }), '/authenticate');
    await page.getByRole('button', { name: 'Sign in' }).click();
    await page.getByRole('dialog').getByRole('button', { name: 'Continue' }).press('Enter');
    await says(page, 'Thank you');
    const { data } = Object(provider.last().interactiveData);
    assert.equal(data.authenticate.status, 'authenticated');
    await done();
  });

  test('deleting the conversation is close, writing again opens it', async () => {
    const { page, done } = await openPhone();
    const write = async (what: string) => {
      await page.getByRole('textbox', { name: 'Message' }).fill(what);
      await page.getByRole('button', { name: 'Send' }).click();
      await says(page, what);
    };
    await write('Hello');
    await page.getByRole('button', { name: 'Delete conversation' }).click();
    await page.getByRole('log').getByText('Hello').waitFor({ state: 'detached' });
    assert.equal(provider.last().type, 'close');
    await write('Hello again');
    await done();
  });

  for (const colorScheme of ['light', 'dark'] as const) {
    test(`accessible in ${colorScheme}, with everything on it`, async () => {
      const { page, device, deliver, done } = await openPhone(gateway.device(), colorScheme);
      await device.say('Hello');
      await deliver(text(device.opaqueId, 'Good morning'));
      await deliver(interactive(device, { 'quick-reply': { items } }));
      await deliver(interactive(device, askVersion2('s-2')), '/authenticate');
      await page.getByRole('button', { name: 'Sign in' }).waitFor();
      assert.deepEqual(await violationsOn(page), []);
      await page.setViewportSize({ width: 320, height: 640 });
      assert.deepEqual(await beyondTheEdge(page), []);
      await page.getByRole('button', { name: 'Sign in' }).click();
      await page.getByRole('dialog').waitFor();
      assert.deepEqual(await violationsOn(page), []);
      await page.keyboard.press('Escape');
      await page.getByRole('dialog').waitFor({ state: 'hidden' });
      await done();
    });
  }

  test('another site can neither read nor press', async () => {
    const headers = { origin: 'https://evil.example', 'sec-fetch-site': 'cross-site' };
    const url = `${gateway.url}/phone/close?device=${gateway.device().id}`;
    const answer = await fetch(url, { method: 'POST', headers, body: '{}' });
    assert.equal(answer.status, 403);
    const page = await fetch(gateway.phoneUrl);
    assert.match(page.headers.get('content-security-policy') ?? '', /frame-ancestors 'none'/);
  });
});

/// <reference lib="dom" />
// Files that customers send from the panel, in Chromium: chosen, pasted, dropped; refused, cancelled, tried again.
import assert from 'node:assert/strict';
import { after, afterEach, before, test } from 'node:test';
import { beyondTheEdge, violationsOn } from './accessibility-checker.ts';
import type { CustomerPage } from './customer-page.ts';
import { ShopVisit } from './shop-visit.ts';

const PIXEL = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
  'base64',
);
const PHOTO = { name: 'photo.png', mimeType: 'image/png', buffer: PIXEL };
const NOTE = { name: 'note.txt', mimeType: 'text/plain', buffer: Buffer.from('Order 4711') };
const UPLOADS = '**/api/v2/uploads/**';

/** Guests and the portal's customers may send files; the account pages stay without. */
const withFiles = (configuration: string): string =>
  configuration.replace(
    /(authentication: \{ enabled: (?:false|true, setting: Portal token[^}]*) ?\})/g,
    '$1\n    attachments: { enabled: true, fileTypes: ["image/*", "text/plain"], maxFileSizeKB: 64 }',
  );

let shop: ShopVisit;
before(async () => {
  shop = await ShopVisit.open(undefined, withFiles);
});
after(() => shop.close());
afterEach(() => shop.mustBeFaultless());

const attach = ({ chat }: CustomerPage) => chat.getByRole('button', { name: 'Attach files' });

async function guest(options = {}): Promise<CustomerPage> {
  const customer = await shop.customerAt('/', options);
  await customer.openChat();
  await attach(customer).waitFor();
  return customer;
}

type Chosen = { name: string; mimeType: string; buffer: Buffer };

async function choose(
  customer: CustomerPage,
  files: Chosen[],
  open = () => attach(customer).click(),
): Promise<void> {
  const asked = customer.page.waitForEvent('filechooser');
  await open();
  await (await asked).setFiles(files);
}

const ready = ({ chat }: CustomerPage) => chat.getByText('Ready to send');

/** Pasted or dropped, as the browser tells a page of it. */
async function bring(customer: CustomerPage, how: 'paste' | 'drop', name: string): Promise<void> {
  await (await customer.panel()).evaluate(
    ([event, fileName]) => {
      const data = new DataTransfer();
      data.items.add(new File(['Order 4711'], fileName, { type: 'text/plain' }));
      const common = { bubbles: true, cancelable: true };
      const told =
        event === 'paste'
          ? new ClipboardEvent('paste', { clipboardData: data, ...common })
          : new DragEvent('drop', { dataTransfer: data, ...common });
      document.querySelector('textarea')?.dispatchEvent(told);
    },
    [how, name] as const,
  );
}

test('[GA88] by keyboard: a photo is chosen, sent with a text, seen by both sides, and there after a reload', async () => {
  const customer = await guest();
  const { page, chat, field } = customer;
  assert.equal(await attach(customer).getAttribute('title'), 'pictures, TXT; up to 64 kB');
  await field.focus();
  await page.keyboard.press('Shift+Tab');
  assert.ok(await attach(customer).evaluate((button) => button === document.activeElement));
  await choose(customer, [PHOTO], () => page.keyboard.press('Enter'));
  await ready(customer).waitFor();
  assert.ok(await field.evaluate((element) => element === document.activeElement));
  await page.keyboard.type('This is how it looks');
  await page.keyboard.press('Enter');
  const picture = chat.getByRole('log').getByRole('img', { name: 'photo.png' });
  await picture.waitFor();
  await isShown(customer);
  assert.equal(await ready(customer).count(), 0);
  await shop.maria.accept('Guest');
  await shop.maria.page.getByRole('log').getByRole('img', { name: 'photo.png' }).waitFor();
  await page.reload();
  await customer.said('This is how it looks').waitFor();
  await isShown(customer);
  const link = chat.getByRole('link', { name: 'Download photo.png' });
  assert.match((await link.getAttribute('href')) ?? '', /\/api\/v2\/downloads\//);
  assert.equal(await link.getAttribute('rel'), 'noopener noreferrer');
  await shop.maria.end();
});

const isShown = async (customer: CustomerPage) =>
  (await customer.panel()).waitForFunction(
    () => document.querySelector<HTMLImageElement>('.log img')?.naturalWidth === 1,
  );

test('pasted and dropped files ride on one message, which needs no text', async () => {
  const customer = await guest();
  const { chat } = customer;
  const send = chat.getByRole('button', { name: 'Send', exact: true });
  assert.ok(await send.isDisabled());
  await bring(customer, 'paste', 'pasted.txt');
  await ready(customer).waitFor();
  await bring(customer, 'drop', 'dropped.txt');
  await ready(customer).nth(1).waitFor();
  await send.click();
  await chat.getByText('Sent').waitFor();
  assert.equal((await customer.messages()).length, 1);
  for (const name of ['pasted.txt', 'dropped.txt']) {
    const link = chat.getByRole('link', { name });
    const bytes = await customer.page.request.get((await link.getAttribute('href')) ?? '');
    assert.equal(await bytes.text(), 'Order 4711');
  }
  await shop.maria.accept('Guest');
  await shop.maria.end();
});

test('F01 what is refused says why beside its name, and can be removed', async () => {
  const customer = await guest();
  const { chat } = customer;
  const uploads: string[] = [];
  customer.page.on('request', (request) => {
    if (request.method() === 'PUT') uploads.push(request.url());
  });
  const zip = { name: 'all.zip', mimeType: 'application/zip', buffer: Buffer.from('PK') };
  await choose(customer, [
    zip,
    { ...NOTE, name: 'long.txt', buffer: Buffer.alloc(65_537, 'x') },
    { ...NOTE, name: 'empty.txt', buffer: Buffer.alloc(0) },
  ]);
  const alerts = chat.getByRole('alert');
  await alerts.nth(2).waitFor();
  assert.deepEqual(await alerts.allTextContents(), [
    'Files of this kind cannot be sent. Possible: pictures, TXT.',
    'This file is too large. Files may have 64 kB.',
    'This file is empty.',
  ]);
  assert.deepEqual(uploads, [], 'nothing of it has left the browser');
  for (const name of ['all.zip', 'long.txt', 'empty.txt'])
    await chat.getByRole('button', { name: `Remove: ${name}` }).click();
  await choose(customer, [{ ...PHOTO, buffer: Buffer.from('<script>alert(1)</script>') }]);
  await chat.getByText('This file was refused').waitFor();
  assert.equal(await chat.getByRole('button', { name: 'Send', exact: true }).isDisabled(), true);
  await chat.getByRole('button', { name: 'Remove: photo.png' }).click();
  assert.equal(await chat.getByRole('list', { name: 'Files to send' }).count(), 0);
});

test('an upload shows how far it is, can be cancelled, and tried again when it has failed', async () => {
  const customer = await guest();
  const { page, chat } = customer;
  const send = chat.getByRole('button', { name: 'Send', exact: true });
  const held = Promise.withResolvers<void>();
  await page.route(UPLOADS, async (route) => {
    await held.promise;
    await route.abort();
  });
  await customer.field.fill('half a sentence');
  await choose(customer, [NOTE]);
  await chat.getByRole('progressbar', { name: 'note.txt' }).waitFor();
  assert.ok(await send.isDisabled(), 'a message now would leave the file behind');
  await chat.getByRole('button', { name: 'Cancel: note.txt' }).click();
  assert.equal(await chat.getByRole('list', { name: 'Files to send' }).count(), 0);
  assert.ok(await send.isEnabled());
  assert.equal(await customer.field.inputValue(), 'half a sentence');
  held.resolve();
  await choose(customer, [PHOTO]);
  await chat.getByText('This file could not be uploaded.').waitFor();
  await page.unroute(UPLOADS);
  await chat.getByRole('button', { name: 'Try again: photo.png' }).click();
  await ready(customer).waitFor();
  await chat.getByRole('button', { name: 'Remove: photo.png' }).click();
});

test('on the account pages, which take no files, there is no button, and a file pasted there goes nowhere', async () => {
  const customer = await shop.customerAt('/account');
  await customer.openChat();
  await customer.field.waitFor();
  await bring(customer, 'paste', 'pasted.txt');
  assert.equal(await attach(customer).count(), 0);
  assert.equal(await customer.chat.getByText('pasted.txt').count(), 0);
});

test('the next person at the same computer does not see what the first one had chosen', async () => {
  const first = await shop.customerAt('/portal');
  const lena = await first.page.getByRole('button', { name: /Lena/ }).getAttribute('value');
  await first.page.getByRole('button', { name: /Mihai/ }).click();
  await first.openChat();
  await attach(first).waitFor();
  await choose(first, [{ ...NOTE, name: 'only Mihai’s.txt' }]);
  await ready(first).waitFor();
  const second = await shop.anotherTab(first, '/portal');
  await second.page.request.post(`${shop.world.shop}/portal/sign-in`, {
    form: { person: lena ?? '' },
  });
  await second.page.reload();
  await second.openChat();
  await first.chat.getByText('Signed in as Lena Vogt').waitFor();
  assert.equal(await first.chat.getByText('only Mihai').count(), 0);
});

for (const colorScheme of ['light', 'dark'] as const) {
  test(`on a phone, ${colorScheme}: no violation, nothing beyond the edge, targets of 44 px`, async () => {
    const viewport = { width: 320, height: 640 };
    const options = { viewport, screen: viewport, colorScheme, hasTouch: true, isMobile: true };
    const customer = await guest(options);
    const { chat } = customer;
    const zip = { ...NOTE, name: 'all.zip', mimeType: 'application/zip' };
    await choose(customer, [{ ...NOTE, name: `${'long-name-'.repeat(8)}.txt` }, zip, PHOTO]);
    await ready(customer).nth(1).waitFor();
    const box = await attach(customer).boundingBox();
    assert.ok(box && box.width >= 44 && box.height >= 44, JSON.stringify(box));
    const panel = await customer.panel();
    assert.deepEqual(await violationsOn(panel), []);
    assert.deepEqual(await beyondTheEdge(panel), []);
    await chat.getByRole('button', { name: 'Send', exact: true }).click();
    await isShown(customer);
    assert.deepEqual(await violationsOn(panel), []);
    assert.deepEqual(await beyondTheEdge(panel), []);
    await shop.maria.accept('Guest');
    await shop.maria.end();
  });
}

/// <reference lib="dom" />
// What administrators create, change and delete, in Chromium; what is stored is asked of the node.
import assert from 'node:assert/strict';
import { createServer } from 'node:http';
import { after, afterEach, before, test } from 'node:test';
import type { EntryOf, Section } from '@countersign/protocol';
import type { Browser, Locator, Page } from 'playwright-core';
import { STAFF_PASSWORD } from '../packages/server/src/demo.ts';
import { AgentDesk } from './agent-desk.ts';
import { launchBrowser, openContext } from './browser.ts';
import { CustomerPage } from './customer-page.ts';
import { freePort } from './node-process.ts';
import { openSampleWorld, type SampleWorld } from './sample-world.ts';

const SAM = 'sam.okafor@fjellfern.example';

let world: SampleWorld;
let browser: Browser;
let sam: Page;
const errors: string[][] = [];

before(async () => {
  world = await openSampleWorld(undefined, (configuration) =>
    configuration.replace(
      /^users:$/m,
      `users:
  - { email: kim@fjellfern.example, name: Kim Dahl, roles: [administrator], password: { env: DEMO_PASSWORD } }`,
    ),
  );
  browser = await launchBrowser();
  sam = await deskOf(SAM);
});

after(async () => {
  await browser?.close();
  await world?.close();
});

afterEach(() => {
  assert.deepEqual(errors.flat(), [], 'no script failed and no policy was broken');
});

async function newPage(): Promise<Page> {
  const opened = await openContext(browser);
  errors.push(opened.errors);
  return opened.context.newPage();
}

async function deskOf(email: string): Promise<Page> {
  const page = await newPage();
  await AgentDesk.open(page, world.url, email, STAFF_PASSWORD);
  return page;
}

/** As it is stored; undefined: it is not. */
async function stored<S extends Section>(
  section: S,
  name: string,
): Promise<EntryOf<S> | undefined> {
  const { items }: { items: EntryOf<S>[] } = await sam.evaluate(
    (path) => fetch(path).then((answer) => answer.json()),
    `/api/configuration/${section}?search=${encodeURIComponent(name)}`,
  );
  return items.find((entry) => entry.name === name);
}

async function open(page: Page, list: string, name?: string): Promise<void> {
  await page.goto(`${world.url}/admin/${list}`);
  if (name === undefined) return;
  await page.getByRole('table').getByRole('link', { name, exact: true }).first().click();
  await page.getByRole('heading', { name, level: 1 }).waitFor();
}

const button = (page: Page | Locator, name: string | RegExp): Locator =>
  page.getByRole('button', typeof name === 'string' ? { name, exact: true } : { name });

const saved = (page: Page): Promise<void> =>
  page.getByRole('status').getByText('Saved.', { exact: true }).waitFor();

test('what is wrong is said at the top and at its field, and leads there; then it is created', async () => {
  await open(sam, 'authenticationSettings/new');
  await sam.getByLabel('Name', { exact: true }).fill('Staff portal');
  await sam.getByLabel('Discovery URI').fill('ftp://id.example');
  await button(sam, 'Create').click();
  const summary = sam.getByRole('alert');
  await summary.getByText('2 things are not right yet').waitFor();
  assert.ok(await summary.evaluate((element) => element === document.activeElement));
  assert.equal(await stored('authenticationSettings', 'Staff portal'), undefined);

  await summary.getByRole('link', { name: 'Client id' }).click();
  const clientId = sam.getByLabel('Client id');
  assert.ok(await clientId.evaluate((element) => element === document.activeElement));
  assert.equal(await clientId.getAttribute('aria-invalid'), 'true');
  await clientId.fill('countersign');
  await summary.getByText('One thing is not right yet').waitFor();
  await sam.getByLabel('Discovery URI').fill(`${world.issuer}/.well-known/openid-configuration`);
  await sam.getByLabel('Client secret').fill('a secret for the chat');
  await button(sam, 'Create').click();
  await sam.getByRole('heading', { name: 'Staff portal', level: 1 }).waitFor();
  await sam.getByText('Stored. Nobody sees it here.').waitFor();
  assert.ok(await stored('authenticationSettings', 'Staff portal'));

  await button(sam, 'Show').click();
  await sam.getByText('a secret for the chat').waitFor();
});

test('leaving asks before what was written is lost; a stored secret stays where nobody touches it', async () => {
  await open(sam, 'authenticationSettings', 'Staff portal');
  await sam.getByLabel('Client id').fill('another');
  await sam.getByRole('link', { name: 'Deployments' }).click();
  const dialog = sam.getByRole('dialog', { name: 'Leave without saving?' });
  await button(dialog, 'Stay').click();
  await dialog.waitFor({ state: 'hidden' });
  assert.equal(await sam.getByLabel('Client id').inputValue(), 'another');
  await button(sam, 'Save').click();
  await saved(sam);
  const { object } = (await stored('authenticationSettings', 'Staff portal')) ?? {};
  assert.ok(object?.type === 'openid-connect');
  assert.deepEqual([object.clientId, object.clientSecret], ['another', { sealed: true }]);

  await sam.getByLabel('Client id').fill('a third');
  await sam.getByRole('link', { name: 'Deployments' }).click();
  await button(dialog, 'Leave').click();
  await sam.getByRole('heading', { name: 'Deployments', level: 1 }).waitFor();
  const after = await stored('authenticationSettings', 'Staff portal');
  assert.ok(after?.object.type === 'openid-connect' && after.object.clientId === 'another');
});

test('two administrators at once: the second reads who, when and what, and both changes stay', async () => {
  const kim = await deskOf('kim@fjellfern.example');
  await open(sam, 'authenticationSettings', 'Portal token');
  await open(kim, 'authenticationSettings', 'Portal token');
  await kim.getByLabel('Audience (optional)').fill('countersign');
  await button(kim, 'Save').click();
  await saved(kim);
  await sam.getByLabel('Owner (optional)').fill('ines.duarte@fjellfern.example');
  await button(sam, 'Save').click();

  const dialog = sam.getByRole('dialog', { name: 'Somebody else saved in the meantime' });
  await dialog.getByText(/^Kim Dahl saved this .*:.*/).waitFor();
  await dialog.getByRole('row').filter({ hasText: 'audience' }).getByText('countersign').waitFor();
  await button(dialog, 'Put mine on top').click();
  await dialog.waitFor({ state: 'hidden' });
  await saved(sam);
  const { object } = (await stored('authenticationSettings', 'Portal token')) ?? {};
  assert.ok(object?.type === 'signed-token');
  assert.deepEqual(
    [object.owner, object.audience],
    ['ines.duarte@fjellfern.example', 'countersign'],
  );
  assert.equal(await sam.getByLabel('Audience (optional)').inputValue(), 'countersign');

  await kim.getByLabel('Audience (optional)').fill('');
  await button(kim, 'Save').click();
  await button(kim.getByRole('dialog'), 'Take theirs').click();
  await kim.getByRole('dialog').waitFor({ state: 'hidden' });
  assert.equal(await kim.getByLabel('Audience (optional)').inputValue(), 'countersign');
  await kim.context().close();
});

test('deleting names the effect first: whose work hangs on it, and who is signed out', async () => {
  const name = 'Fjell & Fern, shop front';
  const guest = new CustomerPage(await newPage());
  await guest.page.goto(world.shop);
  await guest.openChat();
  await guest.field.waitFor();
  await open(sam, 'authenticationSettings', 'Portal token');
  await button(sam, 'Delete…').click();
  const dialog = sam.getByRole('dialog');
  await dialog.getByRole('link', { name: 'Fjell & Fern portal' }).waitFor();
  assert.ok(await button(dialog, 'Delete').isDisabled());
  await button(dialog, 'Cancel').click();
  await dialog.waitFor({ state: 'hidden' });

  await open(sam, 'deployments', name);
  await button(sam, 'Delete…').click();
  await dialog.getByText('1 live session will be signed out.').waitFor();
  assert.ok(await button(dialog, 'Delete').isDisabled());
  await dialog.getByLabel(`Type ${name} to delete it`).fill(name);
  await button(dialog, 'Delete').click();
  await sam.getByRole('heading', { name: 'Deployments', level: 1 }).waitFor();
  await sam.getByText('2 entries').waitFor();
  assert.equal(await stored('deployments', name), undefined);
  await guest.field.waitFor({ state: 'hidden' });
  await guest.page.context().close();
});

test('a draft changes nothing until it is published; the panel beside it shows it; a version comes back', async () => {
  const name = 'Fjell & Fern portal';
  await open(sam, 'messengerConfigurations', name);
  const panel = sam.frameLocator('iframe');
  await panel.getByText('Signed in as Ada Ng').waitFor();
  const color = sam.getByLabel('Primary colour', { exact: true });
  await color.fill('#7a1f3d');
  await panel.locator('html[style*="#7a1f3d"]').waitFor();
  await button(sam, 'Save draft').click();
  await saved(sam);
  const drafted = await stored('messengerConfigurations', name);
  assert.equal(drafted?.object.appearance.primaryColor, '#2f4a3c');
  assert.equal(drafted?.draft?.object.appearance.primaryColor, '#7a1f3d');

  await button(sam, 'Publish').click();
  await sam.getByText('Version 2 is live now.').waitFor();
  const published = await stored('messengerConfigurations', name);
  assert.equal(published?.object.appearance.primaryColor, '#7a1f3d');
  assert.equal(published?.draft, undefined);

  await sam.getByRole('tab', { name: 'Versions' }).click();
  const changes = sam.getByRole('table', { name: 'What changed since version 1' });
  const row = changes.getByRole('row').filter({ hasText: 'appearance.primaryColor' });
  await row.getByText('#2f4a3c').waitFor();
  await row.getByText('#7a1f3d').waitFor();
  await button(sam, 'Roll back to this one').click();
  await button(sam.getByRole('dialog'), 'Roll back to this one').click();
  await sam.getByRole('heading', { name: /^Version 3 · live/ }).waitFor();
  const back = await stored('messengerConfigurations', name);
  assert.equal(back?.object.appearance.primaryColor, '#2f4a3c');
});

test('the snippet that is shown works as it is, also the one for sources that are built', async () => {
  await open(sam, 'deployments', 'Fjell & Fern, portal');
  await sam.getByRole('tab', { name: 'On your site' }).click();
  const shown = sam.locator('.copied-text pre').first();
  await shown.getByText('integrity').waitFor();
  const html = await shown.innerText();
  await sam.getByText('Vue', { exact: true }).click();
  await shown.getByText('onMounted').first().waitFor();
  const built = (await shown.innerText())
    .replace('<script setup>', '<script type="module">')
    .replace("import { onMounted } from 'vue';", 'const onMounted = (run) => run();');
  for (const snippet of [html, built]) {
    const site = createServer((_request, response) => {
      response.setHeader('content-type', 'text/html; charset=utf-8');
      response.end(`<!doctype html><body>${snippet}`);
    });
    const port = await freePort();
    site.listen(port, '127.0.0.1');
    const page = await newPage();
    await page.goto(`http://127.0.0.1:${port}/`);
    await page.locator('countersign-chat').getByRole('button').waitFor();
    await page.context().close();
    site.close();
  }
});

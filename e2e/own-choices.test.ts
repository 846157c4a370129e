/// <reference lib="dom" />
// What an agent chooses on a device, and finds again after a reload: keys, sounds, notifications; in Chromium.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { GuestClient } from '../packages/server/test/guest-api/guest-client.ts';
import { AgentDesk } from './agent-desk.ts';
import { launchBrowser, openContext } from './browser.ts';
import { type NodeProcess, startNodeProcess } from './node-process.ts';

const DEPLOYMENT = '6c0c2f0e-5a51-4d0e-9d6e-0d6a3c1f7a13';
const PASSWORD = 'correct horse battery';

const CONFIGURATION = `
users:
  - { email: maria@shop.example, name: Maria Santos, nickname: Maria, roles: [agent], capacity: 100, password: { env: PASSWORD } }
queues: [{ name: Guests, members: [maria@shop.example] }]
workstreams: [{ name: Web, distribution: pick, fallbackQueue: Guests }]
messengerConfigurations: [{ name: Open }]
deployments: [{ id: ${DEPLOYMENT}, name: open, configuration: Open, workstream: Web, allowAllDomains: true }]
`;

let node: NodeProcess;
let browser: Browser;

before(async () => {
  node = await startNodeProcess({ configuration: CONFIGURATION, environment: { PASSWORD } });
  browser = await launchBrowser();
});

after(async () => {
  await browser?.close();
  await node?.stop();
  node?.remove();
});

/** Maria's desk in a profile of its own, with a guest's conversation picked. */
async function deskWith(text: string) {
  const { context, errors } = await openContext(browser);
  const page = await context.newPage();
  await AgentDesk.open(page, node.url, 'maria@shop.example', PASSWORD);
  const guest = await GuestClient.connect(node.url, { deploymentId: DEPLOYMENT });
  await guest.configure();
  assert.equal((await guest.say(text)).code, 200);
  await page.getByRole('link', { name: /^Unassigned/ }).click();
  await page.getByRole('link', { name: new RegExp(text) }).click();
  await page.getByRole('button', { name: 'Pick', exact: true }).click();
  await page.getByPlaceholder(/^Write to/).waitFor();
  return { context, page, guest, errors };
}

test('a changed key does what the old one did, also after a reload; the old one does nothing', async () => {
  const { context, page, guest, errors } = await deskWith('Which key?');
  const details = page.getByRole('complementary', { name: 'Customer' });
  await details.waitFor();
  await page.keyboard.press('?');
  const dialog = page.getByRole('dialog', { name: 'Keyboard shortcuts' });
  const key = dialog.getByRole('button', { name: /^Show or hide customer details/ });
  await key.and(page.getByRole('button', { name: /: I\./ })).click();
  await page.keyboard.press('r');
  await dialog.getByText('R is taken: Write a reply.').waitFor();
  await page.keyboard.press('y');
  await key.and(page.getByRole('button', { name: /: Y\./ })).waitFor();
  await page.keyboard.press('Escape');
  await dialog.waitFor({ state: 'hidden' });

  await page.keyboard.press('y');
  await details.waitFor({ state: 'hidden' });
  await page.reload();
  await page.getByPlaceholder(/^Write to/).waitFor();
  await details.waitFor({ state: 'hidden' });
  // Were the old key still one, these two would leave it hidden
  await page.keyboard.press('i');
  await page.keyboard.press('y');
  await details.waitFor();
  await guest.close();
  await context.close();
  assert.deepEqual(errors, []);
});

/** The page keeps what it shows on the desktop; without a desktop, Chromium grants what it calls denied. */
const recordNotifications = (context: BrowserContext) =>
  context.addInitScript(() => {
    const shown: string[] = [];
    const Shown = Notification;
    class Recorded extends Shown {
      static override get permission(): NotificationPermission {
        return 'granted';
      }
      constructor(title: string, options?: NotificationOptions) {
        super(title, options);
        shown.push(title);
      }
    }
    Object.assign(window, { shown, Notification: Recorded });
  });

/** As when another window is in front, which Chromium without a screen does not know. */
const loseFocus = (page: Page): Promise<void> =>
  page.evaluate(() => {
    document.hasFocus = () => false;
  });

test('sound and notifications stay chosen; a message that comes meanwhile is shown by name, without its text', async () => {
  const { context, page, guest, errors } = await deskWith('Is it loud?');
  await context.grantPermissions(['notifications'], { origin: node.url });
  await recordNotifications(context);
  const openAlerts = async () => {
    await page.getByRole('button', { name: /Open your menu/ }).click();
    await page.getByRole('menuitem', { name: 'Sounds and notifications' }).click();
    const dialog = page.getByRole('dialog', { name: 'Sounds and notifications' });
    const sound = dialog.getByRole('switch', { name: 'Sound' });
    const desktop = dialog.getByRole('switch', { name: 'Desktop notifications' });
    await desktop.waitFor();
    return { sound, desktop };
  };
  const before = await openAlerts();
  assert.equal(await before.sound.isChecked(), false);
  assert.equal(await before.desktop.isChecked(), false);
  // The boxes themselves are out of sight; the browser is asked before the second is ticked
  const ticked = page.locator(':checked');
  for (const box of [before.sound, before.desktop]) {
    await box.click({ force: true });
    await box.and(ticked).waitFor({ state: 'attached' });
  }
  await page.goto(`${node.url}/inbox/mine`);
  await page.getByRole('link', { name: /Is it loud/ }).waitFor();
  const after = await openAlerts();
  assert.equal(await after.sound.isChecked(), true);
  assert.equal(await after.desktop.isChecked(), true);
  await page.keyboard.press('Escape');
  await after.desktop.waitFor({ state: 'hidden' });

  await loseFocus(page);
  assert.equal((await guest.say('My PIN is 4711')).code, 200);
  await page.waitForFunction(() => Reflect.get(window, 'shown').length > 0);
  assert.deepEqual(await page.evaluate(() => Reflect.get(window, 'shown')), ['New message: Guest']);
  await guest.close();
  await context.close();
  assert.deepEqual(errors, []);
});

// An agent's day at the desk, without a mouse; two agents who want the same; customers are plain sockets.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import type { Conversation, Entry } from '@countersign/protocol';
import type { Browser, Locator, Page } from 'playwright-core';
import { GuestClient } from '../packages/server/test/guest-api/guest-client.ts';
import { AgentDesk } from './agent-desk.ts';
import { launchBrowser, openContext } from './browser.ts';
import { type NodeProcess, startNodeProcess } from './node-process.ts';

const PUSH = '6c0c2f0e-5a51-4d0e-9d6e-0d6a3c1f7a13';
const PICK = '6c0c2f0e-5a51-4d0e-9d6e-0d6a3c1f7a14';
const PASSWORD = 'correct horse battery';
const GREETING = 'Hello, this is Maria. How can I help?';

const CONFIGURATION = `
users:
  - { email: maria@shop.example, name: Maria Santos, nickname: Maria, roles: [agent], capacity: 100, password: { env: PASSWORD } }
  - { email: tom@shop.example, name: Tom Weber, nickname: Tom, roles: [agent], capacity: 100, password: { env: PASSWORD } }
  - { email: ines@shop.example, name: Ines Duarte, nickname: Ines, roles: [supervisor], password: { env: PASSWORD } }
queues:
  - { name: Guests, priority: 10, assignment: round-robin, members: [maria@shop.example, tom@shop.example] }
  - { name: Workshop, priority: 20, members: [tom@shop.example] }
workstreams:
  - { name: Push, channel: web, distribution: push, capacity: 10, offerTimeout: 600, wrapUp: 600, fallbackQueue: Guests }
  - { name: Pick, channel: web, distribution: pick, capacity: 10, offerTimeout: 600, fallbackQueue: Guests }
quickReplies:
  - { title: Greeting, locale: en, tags: [hello], text: "Hello, this is {Nickname{Agent}}. How can I help?" }
  - { title: Goodbye, locale: en, tags: [end], text: "Goodbye." }
messengerConfigurations:
  - { name: Guests, authentication: { enabled: false }, conversations: { disconnect: Send } }
deployments:
  - { id: ${PUSH}, name: push, configuration: Guests, workstream: Push, status: Active, allowAllDomains: true }
  - { id: ${PICK}, name: pick, configuration: Guests, workstream: Pick, status: Active, allowAllDomains: true }
`;

let node: NodeProcess;
let browser: Browser;
const guests: GuestClient[] = [];
const errors: string[][] = [];

before(async () => {
  node = await startNodeProcess({ configuration: CONFIGURATION, environment: { PASSWORD } });
  browser = await launchBrowser();
});

after(async () => {
  await Promise.all(guests.map((guest) => guest.close()));
  await browser?.close();
  await node?.stop();
  node?.remove();
});

async function deskOf(name: 'maria' | 'tom' | 'ines'): Promise<AgentDesk> {
  const opened = await openContext(browser);
  errors.push(opened.errors);
  const page = await opened.context.newPage();
  return AgentDesk.open(page, node.url, `${name}@shop.example`, PASSWORD);
}

async function guestSays(text: string, deploymentId: string): Promise<GuestClient> {
  const guest = await GuestClient.connect(node.url, { deploymentId });
  guests.push(guest);
  await guest.configure();
  assert.equal((await guest.say(text)).code, 200);
  return guest;
}

/** As the node has it, asked with the session of a page. */
const ask = <Answer>(page: Page, path: string): Promise<Answer> =>
  page.evaluate((address) => fetch(address).then((answer) => answer.json()), path);

const openConversations = (page: Page, query = '') =>
  ask<{ items: Conversation[] }>(page, `/api/conversations?limit=100${query}`);

/** The focus has come to rest on what fits. */
async function focused(page: Page, selector: string): Promise<void> {
  await page.waitForFunction((wanted) => document.activeElement?.matches(wanted), selector);
}

async function run(page: Page, command: string): Promise<void> {
  await page.keyboard.press('Control+k');
  await focused(page, '[role="combobox"]');
  await page.keyboard.type(command);
  await page.keyboard.press('Enter');
  await page.getByRole('dialog').waitFor({ state: 'hidden' });
}

async function acceptByKeyboard(page: Page): Promise<void> {
  const offers = page.getByRole('alertdialog');
  const before = await offers.count();
  await page.keyboard.press('o');
  await focused(page, '[role="alertdialog"] button');
  await page.keyboard.press('Enter');
  await page.waitForFunction(
    (count) => document.querySelectorAll('[role="alertdialog"]').length < count,
    before,
  );
}

async function write(page: Page, key: 'r' | 'n', sign: string, rest: string): Promise<void> {
  await page.keyboard.press(key);
  await focused(page, 'textarea');
  await page.keyboard.type(sign);
  await page.getByRole('option').first().waitFor();
  await page.keyboard.press('Enter');
  await page.keyboard.type(rest);
  await page.keyboard.press('Control+Enter');
  await page.keyboard.press('Escape');
}

async function transferByKeyboard(page: Page, agent: string): Promise<void> {
  const field = '[role="dialog"] input:not([type="radio"])';
  await page.keyboard.press('t');
  await focused(page, field);
  await page.keyboard.press('Shift+Tab');
  await page.keyboard.press('ArrowRight');
  await page.keyboard.press('Tab');
  await focused(page, field);
  await page.keyboard.type(agent);
  await page.getByRole('option', { name: new RegExp(agent) }).waitFor();
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Enter');
  for (const _ of ['note', 'cancel', 'submit']) await page.keyboard.press('Tab');
  await page.keyboard.press('Enter');
  await page.getByRole('dialog').waitFor({ state: 'hidden' });
}

/** J until a row has the focus that is still to be answered, then Enter. */
async function openNext(page: Page): Promise<void> {
  const before = page.url();
  await page.keyboard.press('j');
  await focused(page, 'a[data-conversation]');
  const isDone = () =>
    page.evaluate(() => /Wrap-up/.test(document.activeElement?.textContent ?? ''));
  while (await isDone()) {
    const passed = await page.evaluate(() =>
      document.activeElement?.getAttribute('data-conversation'),
    );
    await page.keyboard.press('j');
    await focused(page, `a[data-conversation]:not([data-conversation="${passed}"])`);
  }
  await page.keyboard.press('Enter');
  await page.waitForFunction((address) => location.href !== address, before);
}

test('an agent handles ten conversations by keyboard only, and is never given a mouse', async () => {
  const maria = await deskOf('maria');
  const tom = await deskOf('tom');
  const { page } = maria;
  await run(tom.page, 'presence busy');
  await run(page, 'presence available');
  await page.getByRole('button', { name: /Available\. Open your menu/ }).waitFor();
  const questions = Array.from({ length: 10 }, (_, i) => `Question ${i}`);
  for (const question of questions) {
    await guestSays(question, PUSH);
    await page.getByRole('alertdialog').first().waitFor();
    await acceptByKeyboard(page);
    await maria.said(question).waitFor();
  }
  for (const [i] of questions.entries()) {
    const opened = page.url();
    await write(page, 'r', '/gre', '');
    await maria.said(GREETING).waitFor();
    if (i === 2) {
      await write(page, 'n', '@tom', 'have you seen this one?');
      await maria.said('@Tom Weber have you seen this one?').waitFor();
    }
    if (i === 4) await transferByKeyboard(page, 'Tom Weber');
    else if (i === 6) {
      await page.keyboard.press('e');
      await page.getByRole('dialog').waitFor();
      await focused(page, '[role="dialog"] button');
      await page.keyboard.press('Enter');
      await page.getByRole('button', { name: 'Finish' }).waitFor();
      await page.getByRole('dialog').waitFor({ state: 'hidden' });
      await page.keyboard.press('e');
      await page.getByRole('button', { name: 'Finish' }).waitFor({ state: 'hidden' });
    } else await page.keyboard.press('Control+Alt+e');
    if (i === 4 || i === 6) await openNext(page);
    else await page.waitForFunction((address) => location.href !== address, opened);
  }
  await tom.page.getByText('Maria named you in a note').waitFor();
  await tom.offer('Guest').waitFor();

  const ines = await deskOf('ines');
  const all = await openConversations(ines.page, '&state=waiting,offered,active,wrap-up,closed');
  const states = all.items.map(({ state }) => state).toSorted();
  assert.deepEqual(states, ['closed', 'offered', ...Array(8).fill('wrap-up')]);
  const mentions: unknown[] = [];
  for (const { id } of all.items) {
    const log = await ask<{ items: Entry[] }>(ines.page, `/api/conversations/${id}/entries`);
    assert.equal(log.items.filter(({ text }) => text === GREETING).length, 1, 'answered once');
    mentions.push(...log.items.flatMap(({ data }) => data?.mentions ?? []));
  }
  const { id: tomId } = await ask<{ id: string }>(tom.page, '/api/me');
  assert.deepEqual(mentions, [tomId]);
  assert.deepEqual(errors.flat(), []);
});

test('two agents race for one: one has it, the other is told, and sees who looks at it too', async () => {
  await guestSays('Who is faster?', PICK);
  const desks = await Promise.all([deskOf('maria'), deskOf('tom')]);
  const asked: (() => void)[] = [];
  for (const { page } of desks) {
    // Neither is answered before both have asked
    await page.route('**/pick', async (route) => {
      await new Promise<void>((resolve) => {
        asked.push(resolve);
        if (asked.length === desks.length) for (const go of asked) go();
      });
      await route.continue();
    });
    await page.getByRole('link', { name: /^Unassigned/ }).click();
    await page.getByRole('link', { name: /Who is faster/ }).click();
  }
  const [maria, tom] = desks;
  assert.ok(maria && tom);
  await maria.page.getByText('Also looking at this: Tom Weber').waitFor();
  await tom.page.getByText('Also looking at this: Maria Santos').waitFor();
  await Promise.all(
    desks.map(({ page }) => page.getByRole('button', { name: 'Pick', exact: true }).click()),
  );
  const winner = await Promise.race(
    desks.map(({ page }, index) =>
      page
        .getByRole('button', { name: 'End', exact: true })
        .waitFor()
        .then(() => index),
    ),
  );
  const loser = desks[1 - winner];
  assert.ok(loser);
  await loser.page
    .getByRole('alert')
    .getByText(/Somebody else was faster/)
    .waitFor();
  await loser.page.getByText(/has this conversation\. You can leave a note/).waitFor();
  const { items } = await openConversations(loser.page, '&state=active');
  const raced = items.filter(({ preview }) => preview?.text === 'Who is faster?');
  assert.deepEqual(
    raced.map(({ assignee }) => assignee?.name),
    [winner === 0 ? 'Maria Santos' : 'Tom Weber'],
  );
});

/** Ticks these in the own view; the bar that says what can be done to them. */
async function chooseTogether(page: Page, texts: string[]): Promise<Locator> {
  await page.getByRole('link', { name: /^Mine/ }).click();
  for (const text of texts) {
    const row = page.getByRole('listitem').filter({ hasText: text });
    await row.hover();
    await row.getByRole('checkbox').check();
  }
  const bar = page.getByRole('toolbar');
  await bar.getByText(`${texts.length} chosen`).waitFor();
  return bar;
}

test('what is chosen together is done together; drafts outlive a reload', async () => {
  const tom = await deskOf('tom');
  const { page } = tom;
  for (const text of ['Together 1', 'Together 2']) await guestSays(text, PICK);
  await page.getByRole('link', { name: /^Unassigned/ }).click();
  for (const text of ['Together 1', 'Together 2']) {
    await page.getByRole('link', { name: new RegExp(text) }).click();
    await page.getByRole('button', { name: 'Pick', exact: true }).click();
    await page.getByPlaceholder(/^Write to/).fill(`Draft for ${text}`);
  }
  await page.reload();
  await page.getByPlaceholder(/^Write to/).waitFor();
  assert.equal(await page.getByPlaceholder(/^Write to/).inputValue(), 'Draft for Together 2');

  const bar = await chooseTogether(page, ['Together 1', 'Together 2']);
  await bar.getByRole('button', { name: 'End' }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'End' }).click();
  await bar.waitFor({ state: 'hidden' });
  const { items } = await openConversations(page, '&state=closed');
  const ended = items
    .map(({ preview }) => preview?.text)
    .filter((text) => /Together/.test(`${text}`));
  assert.deepEqual(ended.toSorted(), ['Together 1', 'Together 2']);
});

test('what is chosen together goes together to a queue of others, and out of sight', async () => {
  const { page } = await deskOf('maria');
  const texts = ['To the workshop 1', 'To the workshop 2'];
  for (const text of texts) await guestSays(text, PICK);
  await page.getByRole('link', { name: /^Unassigned/ }).click();
  for (const text of texts) {
    await page.getByRole('link', { name: new RegExp(text) }).click();
    await page.getByRole('button', { name: 'Pick', exact: true }).click();
    await page.getByPlaceholder(/^Write to/).waitFor();
  }
  const bar = await chooseTogether(page, texts);
  await bar.getByRole('button', { name: 'Transfer' }).click();
  const dialog = page.getByRole('dialog', { name: 'Transfer 2 conversations' });
  await dialog.getByRole('combobox', { name: 'Choose a queue' }).click();
  await page.getByRole('option', { name: 'Workshop', exact: true }).click();
  await dialog.getByRole('button', { name: 'Transfer', exact: true }).click();
  await bar.waitFor({ state: 'hidden' });
  for (const text of texts) {
    await page.getByRole('link', { name: new RegExp(text) }).waitFor({ state: 'hidden' });
  }
  const tom = await deskOf('tom');
  const { items } = await openConversations(tom.page, '&queue=Workshop');
  const moved = items.map(({ preview, assignee }) => [preview?.text, assignee]);
  assert.deepEqual(
    moved.toSorted(),
    texts.map((text) => [text, null]),
  );
});

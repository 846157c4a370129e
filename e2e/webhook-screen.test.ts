// An administrator tries a webhook and sends a delivery again, in Chromium, to a receiver on this machine.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import type { WebhookDelivery, WebhookStatus } from '@countersign/protocol';
import type { Browser, Page } from 'playwright-core';
import {
  isSigned,
  type Receiver,
  startReceiver,
} from '../packages/server/test/webhooks/receiver.ts';
import { AgentDesk } from './agent-desk.ts';
import { launchBrowser, openContext } from './browser.ts';
import { type NodeProcess, startNodeProcess } from './node-process.ts';

const PASSWORD = 'correct horse battery';
const SECRET = 'a plain secret';

let receiver: Receiver;
let node: NodeProcess;
let browser: Browser;

before(async () => {
  receiver = await startReceiver();
  node = await startNodeProcess({
    configuration: `
users: [{ email: sam@shop.example, name: Sam Okafor, nickname: Sam, roles: [administrator], password: { env: PASSWORD } }]
webhooks: [{ url: ${receiver.url}, secret: ${SECRET}, events: [conversation.opened] }]
`,
    environment: {
      PASSWORD,
      COUNTERSIGN_ALLOW_PRIVATE_HOSTS: `127.0.0.1:${receiver.port}`,
    },
  });
  browser = await launchBrowser();
});

after(async () => {
  await browser?.close();
  await node?.stop();
  node?.remove();
  await receiver?.close();
});

/** As the node has it, asked with the session of the page. */
const ask = <Item>(page: Page, path: string): Promise<{ items: Item[] }> =>
  page.evaluate((address) => fetch(address).then((answer) => answer.json()), path);

test('a test event is delivered and listed, and goes out again by hand, under the same id', async () => {
  const { context, errors } = await openContext(browser);
  const page = await context.newPage();
  await AgentDesk.open(page, node.url, 'sam@shop.example', PASSWORD);
  await page.goto(`${node.url}/webhooks`);
  await page.getByRole('link', { name: receiver.url }).click();
  await page.getByRole('tab', { name: 'Deliveries' }).click();
  const card = page.getByRole('tabpanel', { name: 'Deliveries' });
  await card.getByRole('button', { name: 'Send a test event' }).click();
  await card.getByRole('status').getByText('The test event is on its way.').waitFor();
  await receiver.until(1);
  const row = card.getByRole('row').filter({ hasText: 'webhook.test' });
  await row.getByText('Delivered', { exact: true }).waitFor();
  await row.getByText('204').waitFor();
  await page.getByText('Healthy').waitFor();

  await row.getByRole('button', { name: /^Send webhook\.test of .* again$/ }).click();
  await card.getByRole('status').getByText('It is on its way again.').waitFor();
  await receiver.until(2);
  await row.getByText('Delivered', { exact: true }).waitFor();
  const [first, second] = receiver.received;
  assert.ok(first && second && isSigned(first, SECRET) && isSigned(second, SECRET));
  assert.equal(first.event.type, 'webhook.test');
  assert.equal(first.headers['webhook-id'], second.headers['webhook-id']);

  const [webhook] = (await ask<WebhookStatus>(page, '/api/webhooks')).items;
  const { items } = await ask<WebhookDelivery>(page, `/api/webhooks/${webhook?.id}/deliveries`);
  assert.deepEqual(
    items.map(({ id, event, lastStatus }) => [id, event, lastStatus]),
    [[first.headers['webhook-id'], 'webhook.test', 204]],
  );
  assert.deepEqual(errors, []);
});

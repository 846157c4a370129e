// kill -9 between the commit and the delivery: the event still comes, under the same id.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { GuestClient } from '../packages/server/test/guest-api/guest-client.ts';
import { startReceiver } from '../packages/server/test/webhooks/receiver.ts';
import { startNodeProcess } from './node-process.ts';

const DEPLOYMENT = '6c0c2f0e-5a51-4d0e-9d6e-0d6a3c1f7a13';

test('a node that is killed before it has delivered leaves nothing untold', async () => {
  const receiver = await startReceiver();
  const configuration = `
queues: [{ name: Guests, members: [] }]
workstreams: [{ name: Web, fallbackQueue: Guests }]
messengerConfigurations: [{ name: Open }]
deployments: [{ id: ${DEPLOYMENT}, name: open, configuration: Open, workstream: Web, allowAllDomains: true }]
webhooks: [{ url: ${receiver.url}, secret: a plain secret, events: [conversation.opened] }]
`;
  const environment = { COUNTERSIGN_ALLOW_PRIVATE_HOSTS: `127.0.0.1:${receiver.port}` };
  // It answers nobody until the node is dead
  receiver.answer = () => {};
  const node = await startNodeProcess({ configuration, environment });
  const client = await GuestClient.connect(node.url, { deploymentId: DEPLOYMENT });
  await client.configure();
  assert.equal((await client.say('Hello')).code, 200);
  await receiver.until(1);
  await node.stop('SIGKILL');
  receiver.answer = (response) => response.writeHead(204).end();
  const { dataDir } = node;
  const again = await startNodeProcess({ configuration, environment, dataDir });
  // A quarter of a minute after the dead node took it it is anybody's again
  await receiver.until(2);
  const ids = receiver.received.map(({ headers }) => headers['webhook-id']);
  assert.equal(ids[0], ids[1]);
  await again.stop();
  again.remove();
  await receiver.close();
});

// Invariants 4 and 5 between nodes: two of them on one database, with NATS between them.
import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { readdirSync } from 'node:fs';
import { after, before, test } from 'node:test';
import { API_KEYS, configuration, GUESTS } from '../../../benchmarks/configuration.ts';
import { GuestClient } from './guest-api/guest-client.ts';
import { startTestNode, type TestNode } from './start-node.ts';

const natsUrl = process.env.NATS_URL;
const skip = natsUrl ? false : 'NATS_URL is not set';
const deploymentId = GUESTS;

let first: TestNode;
let second: TestNode;

before(async () => {
  if (!natsUrl) return;
  const environment = {
    COUNTERSIGN_KEY: randomBytes(32).toString('base64'),
    NATS_URL: natsUrl,
    COUNTERSIGN_RATE_LIMITS: 'off',
  };
  first = await startTestNode({ configuration: configuration(), environment });
  const socket = socketFolder(first.dataDir);
  second = await startTestNode({
    configuration: configuration(),
    environment: {
      ...environment,
      DATABASE_URL: `postgresql:///postgres?host=${socket}&user=countersign`,
    },
  });
});

after(async () => {
  await second?.close();
  await first?.close();
});

function socketFolder(dataDir: string): string {
  const entries = readdirSync(dataDir, { recursive: true, withFileTypes: true });
  const socket = entries.find((entry) => entry.name === '.s.PGSQL.5432');
  assert.ok(socket, 'the embedded database listens in its data directory');
  return socket.parentPath;
}

async function agent(method: string, path: string, body?: object) {
  const headers = { authorization: `Bearer ${API_KEYS[0]}`, 'content-type': 'application/json' };
  const response = await fetch(second.url + path, {
    method,
    headers: body ? headers : { authorization: headers.authorization },
    ...(body ? { body: JSON.stringify(body) } : {}),
  });
  assert.equal(response.status, 200, await response.clone().text());
  return (await response.json()) as { items: { id: string }[] };
}

test('customer on one node, agent on the other: each hears the other', { skip }, async () => {
  const guest = await GuestClient.connect(first.url, { deploymentId });
  await guest.configure();
  await guest.say('Hello from the first node');
  const { items } = await agent('GET', '/api/conversations');
  const path = `/api/conversations/${items[0]?.id}`;
  await agent('POST', `${path}/pick`);
  await agent('POST', `${path}/messages`, { text: 'Hello from the second', clientId: '1' });
  const frame = await guest.nextText('Hello from the second');
  assert.equal(frame.body.direction, 'Outbound');

  const otherTab = await GuestClient.connect(second.url, { deploymentId, token: guest.token });
  assert.equal((await otherTab.configure()).body.newSession ?? false, false);
  const echo = otherTab.nextText('both tabs');
  await guest.say('both tabs');
  assert.equal((await echo).body.direction, 'Inbound');

  const closed = otherTab.nextOf('ConnectionClosedEvent');
  await guest.ask({ action: 'closeSession', closeAllConnections: true });
  await closed;
  await guest.close();
  await otherTab.close();
});

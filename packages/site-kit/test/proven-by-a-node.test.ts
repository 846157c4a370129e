// Whatever the kit signs and publishes, a real node takes: in each format, by each handler, over a rotation.
import assert from 'node:assert/strict';
import { generateKeyPairSync, randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import { after, before, describe, test } from 'node:test';
import { startTestNode, type TestNode } from '../../server/test/start-node.ts';
import {
  type Customer,
  createSiteKit,
  type KeyFormat,
  type KeyOptions,
  nodeHandler,
  type SiteKit,
} from '../src/index.ts';

const FORMATS: readonly KeyFormat[] = ['jwks', 'list', 'pem'];
const MINUTE_MS = 60_000;
const DAY_MS = 86_400_000;
const ada: Customer = {
  id: 'c-1007',
  givenName: 'Ada',
  familyName: 'Ng',
  email: 'ada@shop.example',
  phone: '+43 1 234567',
  facts: { cartValue: 10_000, isVip: true, tier: 'gold' },
};

const privateKey = () =>
  generateKeyPairSync('rsa', { modulusLength: 2048 })
    .privateKey.export({ type: 'pkcs8', format: 'pem' })
    .toString();

/** The time of node and site alike; a test moves it. */
let offset = 0;
const now = () => Date.now() + offset;
const at = (ms: number) => new Date(ms).toISOString();

const deploymentIds = Object.fromEntries(FORMATS.map((format) => [format, randomUUID()]));
const start = now();
const first = privateKey();
const keys: KeyOptions[] = [
  { id: 'first', privateKey: first, retireAt: at(start + 2 * DAY_MS) },
  { id: 'second', privateKey: privateKey(), signFrom: at(start + DAY_MS) },
];
let kit: SiteKit;
let site: Server;
let node: TestNode;
before(async () => {
  kit = createSiteKit({ issuer: 'shop.example', audience: 'countersign', keys, now });
  const handlers = FORMATS.map((keyFormat) =>
    nodeHandler(kit, { keysPath: `/${keyFormat}`, keyFormat, customerOf: () => ada }),
  );
  site = createServer(async (request, response) => {
    for (const handle of handlers) if (await handle(request, response)) return;
    response.writeHead(404).end();
  }).listen(0, '127.0.0.1');
  await once(site, 'listening');
  node = await startTestNode({
    configuration: configuration(urlOf(site)),
    environment: {
      COUNTERSIGN_ALLOW_PRIVATE_HOSTS: new URL(urlOf(site)).host,
      COUNTERSIGN_RATE_LIMITS: 'off',
    },
    clock: { now },
  });
});
after(async () => {
  await node?.close();
  site?.closeAllConnections();
  site?.close();
});

function urlOf(server: Server): string {
  const address = server.address();
  return `http://127.0.0.1:${typeof address === 'object' && address ? address.port : 0}`;
}

const configuration = (url: string): string => `
authenticationSettings:
${FORMATS.map((format) => `  - { name: ${format}, type: signed-token, publicKeyUrl: "${url}/${format}", clientFunction: f, issuer: shop.example, audience: countersign, singleUse: true }`).join('\n')}
queues: [{ name: Guests }]
workstreams: [{ name: Web chat, fallbackQueue: Guests }]
messengerConfigurations:
${FORMATS.map((format) => `  - { name: ${format}, authentication: { enabled: true, setting: ${format} } }`).join('\n')}
deployments:
${FORMATS.map((format) => `  - { id: ${deploymentIds[format]}, name: ${format}, configuration: ${format}, workstream: Web chat, allowAllDomains: true }`).join('\n')}
`;

async function proven(format: KeyFormat, token: string) {
  const answer = await fetch(`${node.url}/api/v2/webdeployments/token/signedtokenexchange`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ deploymentId: deploymentIds[format], token }),
  });
  const attempts = await node.database.pool.query<Attempt>(
    'select outcome, reason, key_id, subject from attempts order by at desc, id desc limit 1',
  );
  return { status: answer.status, attempt: attempts.rows[0] };
}
interface Identity {
  facts?: object;
  name?: string;
  email?: string;
}
interface Attempt {
  outcome: string;
  reason: string | null;
  key_id: string | null;
  subject: string | null;
}

describe('a node takes what the kit signs', () => {
  for (const format of FORMATS)
    test(`with its keys published as ${format}`, async () => {
      const token = await (await fetch(`${urlOf(site)}/chat-token`, { method: 'POST' })).text();
      const { status, attempt } = await proven(format, token);
      assert.equal(status, 200, JSON.stringify(attempt));
      assert.equal(attempt?.key_id, 'first');
      assert.equal(attempt?.subject, ada.id);
    });

  test('the customer’s name and signed facts arrive', async () => {
    await proven('jwks', kit.sign(ada));
    const { rows } = await node.database.pool.query<{ identity: Identity }>(
      'select identity from grants order by created_at desc, id desc limit 1',
    );
    const { facts, name, email } = rows[0]?.identity ?? {};
    assert.deepEqual(
      { facts, name, email },
      { facts: ada.facts, name: 'Ada Ng', email: ada.email },
    );
  });

  test('a key that is not published proves nothing', async () => {
    const options = { issuer: 'shop.example', audience: 'countersign', now };
    const other = createSiteKit({ ...options, keys: [{ id: 'first', privateKey: privateKey() }] });
    const { status, attempt } = await proven('jwks', other.sign(ada));
    assert.equal(status, 401);
    assert.equal(attempt?.outcome, 'refused');
    assert.equal(attempt?.reason, 'bad_signature');
  });
});

describe('a rotation', () => {
  const keyIn = (token: string): string =>
    JSON.parse(Buffer.from(token.split('.')[0] ?? '', 'base64url').toString()).kid;
  const idsIn = (format: 'jwks' | 'list'): string[] => {
    const parsed = JSON.parse(kit.publicKeys(format).body);
    return (format === 'jwks' ? parsed.keys : parsed).map(({ kid }: { kid: string }) => kid);
  };

  test('the new key is published before it signs, and takes over at its time', async () => {
    assert.deepEqual(idsIn('jwks'), ['first', 'second']);
    assert.equal(keyIn(kit.sign(ada)), 'first');
    offset = DAY_MS - MINUTE_MS;
    const last = kit.sign(ada);
    offset = DAY_MS + MINUTE_MS;
    const next = kit.sign(ada);
    assert.equal(keyIn(last), 'first');
    assert.equal(keyIn(next), 'second');
    for (const format of ['jwks', 'list'] as const) {
      assert.equal((await proven(format, last)).status, 200, `${format}: the old one’s last`);
      assert.equal((await proven(format, next)).status, 200, `${format}: the new one’s first`);
    }
  });

  test('a node that looks at a bare PEM follows, too', async () => {
    const { status, attempt } = await proven('pem', kit.sign(ada));
    assert.equal(status, 200, JSON.stringify(attempt));
  });

  test('past its end the old key is gone and refused', async () => {
    offset = 2 * DAY_MS + MINUTE_MS;
    assert.deepEqual(idsIn('list'), ['second']);
    const old = createSiteKit({
      ...{ issuer: 'shop.example', audience: 'countersign', now },
      keys: [{ id: 'first', privateKey: first }],
    });
    for (const format of ['jwks', 'list'] as const) {
      const { status, attempt } = await proven(format, old.sign(ada));
      assert.equal(status, 401, format);
      assert.equal(attempt?.reason, 'key_unknown', format);
    }
  });
});

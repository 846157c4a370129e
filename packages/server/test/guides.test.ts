// What the guides tell people to write is tried as it stands there.
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, test } from 'node:test';
import {
  localReaders,
  parseConfigurationFile,
} from '../src/administration/configuration-file/index.ts';
import { startTestNode } from './start-node.ts';

const GUIDES = join(import.meta.dirname, '../../../docs/guides');
const DEPLOYMENT = '6c0c2f0e-5a51-4d0e-9d6e-0d6a3c1f7a12';

/** The code blocks of a language in a guide, in their order. */
const blocks = (guide: string, language: string): string[] => {
  const text = readFileSync(join(GUIDES, guide), 'utf8');
  return [...text.matchAll(new RegExp(`\`\`\`${language}\\n(.*?)\`\`\``, 'gs'))].map(
    (match) => match[1] ?? '',
  );
};

const guides = [
  'openid-connect',
  'keycloak',
  'entra-id',
  'auth0',
  'okta',
  'signed-token-node',
  'express',
  'routing',
  'webhooks',
];
for (const guide of guides)
  test(`the first file in the guide ${guide}.md is one that a node takes`, () => {
    const [setting = ''] = blocks(`${guide}.md`, 'yaml');
    const result = parseConfigurationFile(
      setting,
      localReaders('guide.yaml', () => 'a-secret'),
    );
    assert.deepEqual('faults' in result ? result.faults : [], []);
  });

describe('the site-signed token in Node', () => {
  test('its server signs a token and publishes a key that a node accepts', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'chat-token-'));
    const port = await freePort();
    const [code = ''] = blocks('signed-token-node.md', 'js');
    writeFileSync(join(folder, 'chat-token.mjs'), code);
    const options = { cwd: folder, env: { PORT: String(port) }, stdio: 'inherit' as const };
    const site = spawn(process.execPath, ['chat-token.mjs'], options);
    try {
      await provenAt(`http://127.0.0.1:${port}`);
    } finally {
      const exited = once(site, 'exit');
      site.kill();
      await exited;
      rmSync(folder, { recursive: true, force: true });
    }
  });
});

async function provenAt(site: string): Promise<void> {
  const [setting = ''] = blocks('signed-token-node.md', 'yaml');
  const node = await startTestNode({
    configuration: configuration(setting.replaceAll('https://shop.example', site)),
    environment: { COUNTERSIGN_ALLOW_PRIVATE_HOSTS: new URL(site).host },
  });
  try {
    await answering(`${site}/chat-keys`);
    const nobody = await fetch(`${site}/chat-token`, { method: 'POST' });
    assert.equal(nobody.status, 401);
    const headers = { cookie: 'session=1' };
    const token = await (await fetch(`${site}/chat-token`, { method: 'POST', headers })).text();
    const answer = await fetch(`${node.url}/api/v2/webdeployments/token/signedtokenexchange`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ deploymentId: DEPLOYMENT, token }),
    });
    const { jwt } = (await answer.json()) as { jwt?: string };
    assert.equal(answer.status, 200);
    const claims = JSON.parse(Buffer.from(jwt?.split('.')[1] ?? '', 'base64url').toString());
    assert.equal(claims.name, 'Ada Ng');
  } finally {
    await node.close();
  }
}

const configuration = (setting: string): string => `${setting}
queues: [{ name: Guests }]
workstreams:
  - name: Web chat
    contextVariables: [{ name: msdyn_cartvalue, type: number }]
    fallbackQueue: Guests
messengerConfigurations:
  - { name: Shop messenger, authentication: { enabled: true, setting: Shop token } }
deployments:
  - { id: ${DEPLOYMENT}, name: shop, configuration: Shop messenger, workstream: Web chat, allowAllDomains: true }
`;

async function answering(url: string): Promise<void> {
  for (;;) {
    const answer = await fetch(url).catch(() => null);
    if (answer?.ok) return;
    await new Promise((resolve) => setImmediate(resolve));
  }
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  server.close();
  await once(server, 'close');
  return typeof address === 'object' && address ? address.port : 0;
}

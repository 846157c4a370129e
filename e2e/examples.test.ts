// Every program of examples/ as it stands there: a customer signs in at the site, and what they write first
// reaches the node as verified. One node and one browser for all.
import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { after, before, describe, test } from 'node:test';
import type { Conversation, Entry } from '@countersign/protocol';
import type { Browser } from 'playwright-core';
import { startTestNode, type TestNode } from '../packages/server/test/start-node.ts';
import { newKey } from '../packages/site-kit/src/new-key.ts';
import { launchBrowser, openContext } from './browser.ts';
import { CustomerPage } from './customer-page.ts';
import { buildExample, type ExampleProgram, startExample } from './example-site.ts';
import { freePort } from './node-process.ts';

const API_KEY = 'cs-key-of-the-examples-0123456789abcdef';

interface Example {
  port: number;
  deploymentId: string;
  environment: Record<string, string>;
}

const names = ['plain', 'express', 'fastify', 'react', 'vue', 'angular', 'next'] as const;
type Name = (typeof names)[number];

const folder = mkdtempSync(join(tmpdir(), 'examples-'));
const keyFile = newKey({ folder, id: '2026-q4', nowMs: Date.now() }).file;
const examples = new Map<Name, Example>();
let node: TestNode;
let browser: Browser;
/** The longest of all, beside the others. */
let nextBuilt: Promise<void>;
before(async () => {
  const nodePort = await freePort();
  const nodeUrl = `http://127.0.0.1:${nodePort}`;
  for (const name of names) {
    const port = await freePort();
    const deploymentId = randomUUID();
    const environment = {
      PORT: String(port),
      CHAT_NODE_URL: nodeUrl,
      CHAT_DEPLOYMENT_ID: deploymentId,
      VITE_CHAT_NODE_URL: nodeUrl,
      VITE_CHAT_DEPLOYMENT_ID: deploymentId,
      CHAT_KEY_FILE: keyFile,
      CHAT_PRIVATE_KEY: readFileSync(keyFile, 'utf8'),
      SESSION_SECRET: 'of the examples',
    };
    examples.set(name, { port, deploymentId, environment });
  }
  nextBuilt = buildExample({ folder: 'next', args: ['next', 'build'], ...exampleOf('next') });
  // Told of in the test of it
  nextBuilt.catch(() => undefined);
  const sites = [...examples.values()].map(({ port }) => `127.0.0.1:${port}`);
  node = await startTestNode({
    configuration: configuration(),
    environment: {
      COUNTERSIGN_PORT: String(nodePort),
      COUNTERSIGN_ALLOW_PRIVATE_HOSTS: sites.join(),
      COUNTERSIGN_RATE_LIMITS: 'off',
      API_KEY,
    },
  });
  browser = await launchBrowser();
});
after(async () => {
  await browser?.close();
  await nextBuilt?.catch(() => undefined);
  await node?.close();
  rmSync(folder, { recursive: true, force: true });
});

function exampleOf(name: Name): Example {
  const example = examples.get(name);
  assert.ok(example);
  return example;
}

const entriesOf = (line: (name: Name, example: Example) => string): string =>
  [...examples].map(([name, example]) => `  - ${line(name, example)}`).join('\n');

/** A client that is no browser names no page: its deployment takes all. */
const DOMAINS: { [N in Name]?: string } = { plain: 'allowAllDomains: true' };

const configuration = (): string => `
authenticationSettings:
${entriesOf((name, { port }) => `{ name: ${name}, type: signed-token, publicKeyUrl: "http://127.0.0.1:${port}/chat-keys", clientFunction: auth.getAuthenticationToken, issuer: shop.example, audience: countersign, singleUse: true }`)}
queues: [{ name: Guests }]
workstreams:
  - { name: Web chat, distribution: pick, fallbackQueue: Guests, contextVariables: [{ name: cartValue, type: number }] }
messengerConfigurations:
${entriesOf((name) => `{ name: ${name}, authentication: { enabled: true, setting: ${name} } }`)}
deployments:
${entriesOf((name, { deploymentId }) => `{ id: ${deploymentId}, name: ${name}, configuration: ${name}, workstream: Web chat, ${DOMAINS[name] ?? 'allowedDomains: [127.0.0.1]'} }`)}
apiKeys:
  - { name: tests, token: { env: API_KEY }, roles: [agent, supervisor] }
`;

async function ask<T>(path: string, body?: object): Promise<T> {
  const answer = await fetch(`${node.url}/api${path}`, {
    method: body ? 'POST' : 'GET',
    headers: { authorization: `Bearer ${API_KEY}`, 'content-type': 'application/json' },
    ...(body && { body: JSON.stringify(body) }),
  });
  assert.ok(answer.ok, `${path}: ${answer.status}`);
  return answer.json();
}

/** The conversation that a text began, once it has its queue: the customer has the echo before that. */
async function conversationOf(text: string): Promise<Conversation> {
  for (;;) {
    const { items } = await ask<{ items: Conversation[] }>('/conversations?limit=200');
    const found = items.find(({ preview }) => preview?.text === text);
    assert.ok(found, `a conversation that shows ${text}`);
    if (found.queue !== null) return found;
  }
}

async function arrivedVerified(text: string): Promise<Conversation> {
  const conversation = await conversationOf(text);
  const { items } = await ask<{ items: Entry[] }>(`/conversations/${conversation.id}/entries`);
  const entry = items.find((item) => item.text === text);
  assert.equal(entry?.identityState, 'verified');
  assert.equal(conversation.authenticated, true);
  assert.equal(conversation.identity.subject, 'c-1007');
  assert.equal(conversation.identity.keyId, '2026-q4');
  const cart = conversation.context.find(({ name }) => name === 'cartValue');
  assert.deepEqual(cart, { name: 'cartValue', value: 10_000, origin: 'signed' });
  return conversation;
}

const urlOf = (name: Name): string => `http://127.0.0.1:${exampleOf(name).port}`;

/** In a browser of its own, while the example's server runs. */
async function visit(
  name: Name,
  server: { folder: string; args: string[]; environment?: Record<string, string> },
  run: (customer: CustomerPage) => Promise<void>,
): Promise<void> {
  const environment = { ...exampleOf(name).environment, ...server.environment };
  const program = await startExample({ ...server, environment });
  const { context, errors } = await openContext(browser);
  try {
    const customer = new CustomerPage(await context.newPage());
    await customer.page.goto(urlOf(name));
    await run(customer);
    assert.deepEqual(errors, []);
  } finally {
    await context.close();
    await program.stop();
  }
}

const signInAtSite = (customer: CustomerPage) =>
  customer.page.getByRole('button', { name: 'Sign in as Ada' }).click();

/** Out of the chat first: nothing of Ada is left for the next. */
async function leave({ page, chat }: CustomerPage): Promise<void> {
  await page.getByRole('button', { name: 'Sign out' }).click();
  await page.getByRole('button', { name: 'Sign in as Ada' }).waitFor();
  assert.equal(await chat.getByText('Signed in as').count(), 0);
}

describe('sites that bring the snippet', () => {
  const servers = { plain: 'server.mjs', express: 'server.ts', fastify: 'server.ts' } as const;
  for (const name of ['plain', 'express', 'fastify'] as const)
    test(name, () =>
      visit(name, { folder: name, args: [servers[name]] }, async (customer) => {
        await signInAtSite(customer);
        await customer.openChat();
        await customer.chat.getByText('Signed in as Ada Ng').waitFor();
        await customer.say(`Hello from ${name}`);
        await arrivedVerified(`Hello from ${name}`);
        await leave(customer);
      }),
    );

  test('nobody is signed in: the chat says so, and no guest gets in', () =>
    visit('plain', { folder: 'plain', args: ['server.mjs'] }, async (customer) => {
      await customer.openChat();
      await customer.chat
        .getByRole('alert')
        .getByText('Please sign in on this site first')
        .waitFor();
      const { rows } = await node.database.pool.query(
        'select from sessions where deployment_id = $1 and setting_id is null',
        [exampleOf('plain').deploymentId],
      );
      assert.equal(rows.length, 0);
    }));
});

/** By the page's own button; an agent's answer while the chat is closed is counted on it. */
async function chatByButton(customer: CustomerPage, name: Name): Promise<void> {
  const { page } = customer;
  await signInAtSite(customer);
  await page.getByRole('button', { name: 'Sign out' }).waitFor();
  await page.getByRole('button', { name: /^(Ask us|Chat as)/ }).click();
  await customer.chat.getByText('Signed in as Ada Ng').waitFor();
  await page.getByRole('button', { name: 'Chat as Ada Ng' }).waitFor();
  await customer.say(`Hello from ${name}`);
  const { id } = await arrivedVerified(`Hello from ${name}`);
  await page.getByRole('button', { name: 'Close chat' }).click();
  await ask(`/conversations/${id}/pick`, {});
  await ask(`/conversations/${id}/messages`, {
    text: 'What can I do for you?',
    clientId: randomUUID(),
  });
  await page.getByRole('button', { name: /Chat as Ada Ng *\(1 new\)/ }).waitFor();
  assert.equal(await page.locator('countersign-chat').count(), 1, 'one launcher');
  await leave(customer);
}

describe('pages of a framework', () => {
  for (const name of ['react', 'vue', 'angular'] as const)
    test(name, async () => {
      const { environment } = exampleOf(name);
      const dist = join(folder, name);
      const args = ['vite', 'build', '--outDir', dist, '--logLevel', 'error'];
      await buildExample({ folder: name, args, environment });
      // Angular compiles its templates in the browser here
      const more = name === 'angular' ? { SCRIPT_SRC: "'unsafe-eval'" } : {};
      const page = { PUBLIC: dist, ...more };
      const server = { folder: 'plain', args: ['server.mjs'], environment: page };
      await visit(name, server, (customer) => chatByButton(customer, name));
    });

  test('next', async () => {
    await nextBuilt;
    const { port } = exampleOf('next');
    const args = ['next', 'start', '-H', '127.0.0.1', '-p', String(port)];
    await visit('next', { folder: 'next', args }, (customer) => chatByButton(customer, 'next'));
  });
});

describe('the transport by itself', () => {
  test('terminal: a customer writes and reads lines', async () => {
    const { environment, port } = exampleOf('plain');
    const site = await startExample({ folder: 'plain', args: ['server.mjs'], environment });
    let terminal: ExampleProgram | undefined;
    try {
      const url = `http://127.0.0.1:${port}`;
      const { headers } = await fetch(`${url}/sign-in`, { method: 'POST', redirect: 'manual' });
      const cookie = headers.getSetCookie()[0]?.split(';')[0] ?? '';
      const settings = { CHAT_TOKEN_URL: `${url}/chat-token`, CHAT_COOKIE: cookie };
      terminal = await startExample({
        folder: 'terminal',
        args: ['chat.ts'],
        environment: { ...environment, ...settings },
      });
      const { stdin, stdout } = terminal.child;
      assert.ok(stdin && stdout);
      const lines = createInterface({ input: stdout })[Symbol.asyncIterator]();
      // What Ada said before is shown as well
      const read = async (line: RegExp) => {
        for (let next = await lines.next(); !line.test(next.value ?? ''); next = await lines.next())
          assert.ok(!next.done, `a line like ${line}`);
      };
      stdin.write('Hello from a terminal\n');
      await read(/^✓ Hello from a terminal$/);
      const { id } = await arrivedVerified('Hello from a terminal');
      await ask(`/conversations/${id}/pick`, {});
      await ask(`/conversations/${id}/messages`, {
        text: 'Hello yourself',
        clientId: randomUUID(),
      });
      await read(/: Hello yourself$/);
      const exited = once(terminal.child, 'exit');
      stdin.end();
      await exited;
    } finally {
      await terminal?.stop();
      await site.stop();
    }
  });
});

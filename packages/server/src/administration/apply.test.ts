import assert from 'node:assert/strict';
import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { type TestContext, test } from 'node:test';
import { runApply } from './apply.ts';

const FILE = `users:
  - { email: ada@shop.example, name: Ada, roles: [administrator], password: { env: PASSWORD } }
apiKeys:
  - name: tests
    token:
      env: TOKEN
    roles: [agent]
`;
const variables: Record<string, string> = {
  PASSWORD: 'a "quoted" \\ secret',
  TOKEN: 'marker-token',
};

interface Received {
  url: string | undefined;
  authorization: string | undefined;
  body: string;
}

/** Stands for a node: what it receives, and what it answers. */
async function answering(t: TestContext, status: number, answer: unknown) {
  const received: Received[] = [];
  const server: Server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const body = Buffer.concat(chunks).toString();
      received.push({ url: request.url, authorization: request.headers.authorization, body });
      response.writeHead(status, { 'content-type': 'application/json' });
      response.end(JSON.stringify(answer));
    });
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  t.after(() => server.close());
  const isBound = (address: AddressInfo | string | null): address is AddressInfo =>
    typeof address === 'object' && address !== null;
  const address = server.address();
  assert.ok(isBound(address));
  return { url: `http://127.0.0.1:${address.port}`, received };
}

async function run(url: string, text = FILE, apiKey: string | undefined = 'the-key') {
  const printed: string[] = [];
  const code = await runApply({
    text,
    fileName: 'countersign.yaml',
    readEnvironment: (name) => variables[name],
    url,
    apiKey,
    print: (line) => printed.push(line),
  });
  return { code, printed };
}

test('apply sends the file with the secrets of this machine, lines where they were', async (t) => {
  const changes = [{ kind: 'users', name: 'ada@shop.example', action: 'created' }];
  const node = await answering(t, 200, { changes });
  const { code, printed } = await run(node.url);
  assert.equal(code, 0);
  assert.deepEqual(printed, ['created   users ada@shop.example', '1 of 1 objects changed']);
  assert.deepEqual(node.received, [
    {
      url: '/api/configuration',
      authorization: 'Bearer the-key',
      body: FILE.replace('{ env: PASSWORD }', String.raw`"a \"quoted\" \\ secret"`).replace(
        'env: TOKEN',
        '"marker-token"',
      ),
    },
  ]);
});

test('faults are printed with file, line, path and expectation', async (t) => {
  const faults = [
    { line: 12, column: 3, path: 'deployments[0].workstream', message: 'expected …' },
  ];
  const node = await answering(t, 422, { code: 'invalid_configuration', faults });
  const { code, printed } = await run(node.url);
  assert.deepEqual(
    [code, printed],
    [1, ['countersign.yaml:12: deployments[0].workstream: expected …']],
  );
});

test('what can be seen here is not sent: a misspelt key, a variable that is not set', async (t) => {
  const node = await answering(t, 200, { changes: [] });
  const { code, printed } = await run(
    node.url,
    FILE.replace('TOKEN', 'TOKN').replace('name: t', 'nane: t'),
  );
  assert.equal(code, 1);
  assert.deepEqual(
    printed.map((line) => line.split(' ', 2).join(' ')),
    [
      'countersign.yaml:4: apiKeys[0].nane:',
      'countersign.yaml:4: apiKeys[0].name:',
      'countersign.yaml:5: apiKeys[0].token:',
    ],
  );
  assert.deepEqual(node.received, []);
});

test('no key, no node, and a refusal are told apart', async (t) => {
  const node = await answering(t, 403, { detail: 'This needs the role administrator.' });
  const refused = await run(node.url);
  assert.equal(refused.code, 1);
  assert.match(refused.printed[0] ?? '', /403: This needs the role administrator/);
  assert.equal((await run('http://127.0.0.1:1')).code, 2);
  assert.equal((await run(node.url, FILE, '')).code, 2);
});

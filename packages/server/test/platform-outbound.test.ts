/** [T30] Where the node sends requests, and where it does not. */
import assert from 'node:assert/strict';
import { once } from 'node:events';
import { createServer, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import { type TestContext, test } from 'node:test';
import { createOutbound } from '../src/platform/index.ts';
import { isPublicAddress } from '../src/platform/public-address.ts';

/** A server on loopback that counts the connections it gets. */
async function serve(t: TestContext, answer: RequestListener) {
  const server = createServer(answer);
  let connections = 0;
  server.on('connection', () => (connections += 1));
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  t.after(() => {
    server.closeAllConnections();
    server.close();
  });
  return { port, host: `127.0.0.1:${port}`, connections: () => connections };
}

function outbound(t: TestContext, allowedHosts: string[] = [], timeoutMs = 5_000) {
  const created = createOutbound({ allowedHosts, timeoutMs });
  t.after(() => created.close());
  return created;
}

test('an allowed host answers', async (t) => {
  const { host } = await serve(t, (request, response) => {
    response.setHeader('x-seen', `${request.method} ${request.headers.accept}`);
    response.end('{"keys":[]}');
  });
  const answer = await outbound(t, [host]).get(`http://${host}/keys`);
  assert.deepEqual([answer.status, answer.body], [200, '{"keys":[]}']);
  assert.equal(answer.headers.get('x-seen'), 'GET application/json');
});

test('fetch posts a form and reads an answer of any status', async (t) => {
  const { host } = await serve(t, (request, response) => {
    response.writeHead(400, { 'content-type': 'application/json' });
    request.on('data', (chunk) => response.write(JSON.stringify({ got: String(chunk) })));
    request.on('end', () => response.end());
  });
  const body = new URLSearchParams({ code: 'abc' });
  const answer = await outbound(t, [host]).fetch(`http://${host}/`, { method: 'POST', body });
  assert.equal(answer.status, 400);
  assert.deepEqual(await answer.json(), { got: 'code=abc' });
});

test('T30 loopback in every spelling is refused, and nothing is connected to', async (t) => {
  const { port, connections } = await serve(t, (_, response) => response.end('secret'));
  const spellings = [
    ...['127.0.0.1', 'localhost', '127.1', '0x7f.1', '0x7f000001', '2130706433'],
    ...['017700000001', '0.0.0.0', '0', '[::1]', '[::]', '[::ffff:127.0.0.1]', '[::ffff:7f00:1]'],
    ...['[64:ff9b::7f00:1]', '127.0.0.1.'],
  ];
  const guarded = outbound(t);
  for (const host of spellings) {
    const refusal = guarded.get(`https://${host}:${port}/`);
    await assert.rejects(refusal, { code: 'outbound_address' }, host);
  }
  assert.equal(connections(), 0);
});

test('T30 private, link-local and metadata addresses are refused', async (t) => {
  const hosts = [
    ...['169.254.169.254', '10.0.0.1', '172.16.0.1', '192.168.1.1', '100.64.0.1', '192.0.2.1'],
    ...['224.0.0.1', '255.255.255.255', '[fe80::1]', '[fc00::1]', '[fd12::1]', '[ff02::1]'],
    ...['[2002:7f00:1::]', '[2001:db8::1]'],
  ];
  for (const host of hosts) {
    const refusal = outbound(t).get(`https://${host}/`);
    await assert.rejects(refusal, { code: 'outbound_address' }, host);
  }
});

test('T30 http, users in URLs and other schemes are refused', async (t) => {
  const { host, connections } = await serve(t, (_, response) => response.end());
  const [, port] = host.split(':');
  const cases: [url: string, code: string][] = [
    ['http://example.com/', 'outbound_insecure'],
    ['file:///etc/passwd', 'outbound_insecure'],
    ['ftp://example.com/', 'outbound_insecure'],
    ['https://user:pass@example.com/', 'outbound_address'],
    [`http://maria@${host}/`, 'outbound_address'],
    ['not a url', 'outbound_address'],
    // The same server under a name and a port that are not in the list
    [`http://localhost:${port}/`, 'outbound_insecure'],
  ];
  for (const [url, code] of cases) {
    await assert.rejects(outbound(t, [host]).get(url), { code }, url);
    await assert.rejects(outbound(t, [host]).fetch(url), (error) => error instanceof Error, url);
  }
  assert.equal(connections(), 0);
});

test('T30 a redirect is not followed', async (t) => {
  const target = await serve(t, (_, response) => response.end());
  for (const status of [301, 302, 303, 307, 308]) {
    const { host } = await serve(t, (_, response) => {
      response.writeHead(status, { location: `http://${target.host}/` }).end();
    });
    const guarded = outbound(t, [host, target.host]);
    await assert.rejects(guarded.get(`http://${host}/`), { code: 'outbound_redirect' });
    await assert.rejects(guarded.fetch(`http://${host}/`), { code: 'outbound_redirect' });
  }
  assert.equal(target.connections(), 0);
});

test('K12 a huge answer is cut, whether it tells its length or not', async (t) => {
  const block = Buffer.alloc(16 * 1024, 'x');
  const honest = await serve(t, (_, response) => {
    response.setHeader('content-length', 10 * 1024 * 1024);
    response.write(block);
  });
  const endless = await serve(t, (_, response) => {
    const more = () => {
      while (!response.destroyed && response.write(block));
      if (!response.destroyed) response.once('drain', more);
    };
    more();
  });
  for (const { host } of [honest, endless]) {
    const refusal = outbound(t, [host]).get(`http://${host}/`);
    await assert.rejects(refusal, { code: 'outbound_too_large' });
  }
});

test('K12 silence and slow dripping end with the time', async (t) => {
  const silent = await serve(t, () => {});
  const dripping = await serve(t, (_, response) => {
    response.writeHead(200);
    const drip = setInterval(() => response.write('x'), 10);
    response.on('close', () => clearInterval(drip));
  });
  for (const { host } of [silent, dripping]) {
    const refusal = outbound(t, [host], 200).get(`http://${host}/`);
    await assert.rejects(refusal, { code: 'outbound_timeout' });
  }
});

test('a host that does not exist is named', async (t) => {
  const refusal = outbound(t, ['host.invalid:443']).get('https://host.invalid/');
  await assert.rejects(refusal, {
    code: 'outbound_failed',
    message: 'host.invalid cannot be reached (ENOTFOUND).',
  });
});

test('T30 which addresses are public', () => {
  for (const address of [
    '93.184.216.34',
    '2606:4700::1111',
    '64:ff9b::5db8:d822',
    '::ffff:8.8.8.8',
  ]) {
    assert.equal(isPublicAddress(address), true, address);
  }
  for (const address of ['64:ff9b::a00:1', '::ffff:10.0.0.1', 'fe80::1%eth0', '', 'example.com']) {
    assert.equal(isPublicAddress(address), false, address);
  }
});

import assert from 'node:assert/strict';
import { once } from 'node:events';
import { request as send } from 'node:http';
import type { AddressInfo } from 'node:net';
import { type TestContext, test } from 'node:test';
import { Type } from 'typebox';
import { createHttp, createTelemetry, Fault } from '../src/platform/index.ts';

async function listen(t: TestContext, ready: () => Promise<void> = async () => {}) {
  const telemetry = createTelemetry({ level: 'silent' });
  const http = createHttp({ telemetry, publicUrl: 'https://chat.example', ready });
  t.after(() => http.close());
  http.post(
    '/things/:id',
    {
      schema: {
        params: Type.Object({ id: Type.Integer() }),
        querystring: Type.Object({ limit: Type.Integer({ default: 50, minimum: 1 }) }),
        body: Type.Object({ name: Type.String() }, { additionalProperties: false }),
      },
    },
    async ({ params, query, body }) => ({ id: params.id, limit: query.limit, name: body.name }),
  );
  http.get('/fault', async () => {
    throw new Fault('offer.gone', 409, 'It is gone.', { detail: 'canary-detail' });
  });
  http.get('/bug', async () => {
    throw new Error('canary-secret');
  });
  http.get('/page', async (_, reply) => reply.type('text/html').send('<p>'));
  await http.listen({ port: 0, host: '127.0.0.1' });
  const { port } = http.server.address() as AddressInfo;
  return { http, port, url: `http://127.0.0.1:${port}` };
}

const post = (body: unknown): RequestInit => ({
  method: 'POST',
  headers: { 'content-type': 'application/json' },
  body: typeof body === 'string' ? body : JSON.stringify(body),
});

test('a valid request is read by its schema', async (t) => {
  const { url } = await listen(t);
  const answer = await fetch(`${url}/things/7?limit=3`, post({ name: 'x' }));
  assert.deepEqual(await answer.json(), { id: 7, limit: 3, name: 'x' });
  const defaulted = await fetch(`${url}/things/7`, post({ name: 'x' }));
  assert.deepEqual(await defaulted.json(), { id: 7, limit: 50, name: 'x' });
});

test('A03 a request that its schema does not allow names the place, not the value', async (t) => {
  const { url } = await listen(t);
  const cases: [path: string, body: unknown, detail: RegExp][] = [
    ['/things/canary', { name: 'x' }, /^path\/id /],
    ['/things/7?limit=0', { name: 'x' }, /^query\/limit /],
    ['/things/7', { name: 5 }, /^body\/name /],
    ['/things/7', {}, /^body /],
    ['/things/7', { name: 'x', role: 'canary' }, /^body\/role is not known here/],
    ['/things/7', '{"name":"canary', /cannot be understood/],
    ['/things/7', '{"name":"x","__proto__":{"canary":1}}', /cannot be understood/],
  ];
  for (const [path, body, detail] of cases) {
    const answer = await fetch(url + path, post(body));
    const problem = await answer.text();
    assert.equal(answer.status, 400, problem);
    assert.match(answer.headers.get('content-type') ?? '', /^application\/problem\+json/);
    const parsed: unknown = JSON.parse(problem);
    assert.ok(typeof parsed === 'object' && parsed && 'code' in parsed && 'detail' in parsed);
    assert.equal(parsed.code, 'invalid_request');
    assert.match(String(parsed.detail), detail);
    assert.doesNotMatch(problem, /canary/);
  }
});

test('errors are problems: faults in their words, bugs in none', async (t) => {
  const { url } = await listen(t);
  const expected = { type: 'about:blank', title: 'Conflict', status: 409, code: 'offer.gone' };
  const fault = await fetch(`${url}/fault`);
  assert.deepEqual(await fault.json(), { ...expected, detail: 'It is gone.' });

  const bug = await (await fetch(`${url}/bug`)).text();
  assert.match(bug, /"code":"internal"/);
  assert.doesNotMatch(bug, /canary/);

  const cases: [path: string, init: RequestInit, status: number, code: string][] = [
    ['/nowhere', {}, 404, 'not_found'],
    ['/things/7', post({ name: 'x'.repeat(300_000) }), 413, 'payload_too_large'],
    [
      '/things/7',
      { method: 'POST', body: new Blob(['<a/>'], { type: 'text/xml' }) },
      415,
      'unsupported_media_type',
    ],
  ];
  for (const [path, init, status, code] of cases) {
    const answer = await fetch(url + path, init);
    const problem = await answer.text();
    assert.equal(answer.status, status);
    assert.match(problem, new RegExp(`"code":"${code}"`));
  }
});

test('every answer carries the security headers', async (t) => {
  const { url } = await listen(t);
  for (const path of ['/healthz', '/nowhere', '/page', '/fault']) {
    const { headers } = await fetch(url + path);
    assert.equal(headers.get('x-content-type-options'), 'nosniff', path);
    assert.equal(headers.get('referrer-policy'), 'no-referrer', path);
    assert.match(headers.get('content-security-policy') ?? '', /frame-ancestors 'none'/, path);
    assert.match(headers.get('strict-transport-security') ?? '', /max-age/, path);
  }
});

test('healthy is not ready', async (t) => {
  let ready = false;
  const { url } = await listen(t, async () => {
    if (!ready) throw new Error('the database is gone');
  });
  assert.equal((await fetch(`${url}/healthz`)).status, 200);
  assert.equal((await fetch(`${url}/readyz`)).status, 503);
  ready = true;
  assert.equal((await fetch(`${url}/readyz`)).status, 200);
  assert.match(await (await fetch(`${url}/metrics`)).text(), /countersign_http_request_seconds/);
});

test('an upgrade goes to the endpoint of its path and nowhere else', async (t) => {
  const { http, port } = await listen(t);
  for (const path of ['/v1', '/api/live']) {
    http.upgrades.on(path, (_, socket) => {
      socket.write('HTTP/1.1 101 Switching Protocols\r\nUpgrade: test\r\nConnection: Upgrade\r\n');
      socket.end(`Endpoint: ${path}\r\n\r\n`);
    });
  }
  const cases: [path: string, status: number, endpoint?: string][] = [
    ['/v1', 101, '/v1'],
    ['/v1/', 101, '/v1'],
    ['/v1?deploymentId=1', 101, '/v1'],
    ['/api/live', 101, '/api/live'],
    ['/v1/more', 404],
    ['/v2', 404],
    ['/', 404],
  ];
  for (const [path, status, endpoint] of cases) {
    const upgrade = { connection: 'Upgrade', upgrade: 'test' };
    const request = send({ port, path, headers: upgrade }).end();
    const [response] = await Promise.race([once(request, 'upgrade'), once(request, 'response')]);
    assert.equal(response.statusCode, status, path);
    assert.equal(response.headers.endpoint, endpoint, path);
    response.resume();
    request.destroy();
  }
  assert.throws(() => http.upgrades.on('/v1', () => {}), /two endpoints/);
});

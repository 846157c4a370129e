// The two routes in every framework's clothes: what is asked, what is answered.
import assert from 'node:assert/strict';
import { generateKeyPairSync } from 'node:crypto';
import { once } from 'node:events';
import { createServer, type IncomingMessage } from 'node:http';
import { after, before, describe, test } from 'node:test';
import Fastify from 'fastify';
import {
  createSiteKit,
  expressHandlers,
  fastifyRoutes,
  keysRoute,
  nodeHandler,
  tokenRoute,
} from '../index.ts';

const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
const kit = createSiteKit({ issuer: 'shop.example', keys: [{ id: 'a', privateKey }] });

/** Who is signed in stands in a header of these tests. */
function customerOf(name: string | undefined) {
  if (name === 'broken') throw new Error('the session store is away');
  return name === undefined ? null : { id: name };
}
const ofMessage = ({ headers }: IncomingMessage) => customerOf(headers['x-customer']?.toString());

interface Frame {
  url: string;
  close(): unknown;
}

async function serve(listener: Parameters<typeof createServer>[1]): Promise<Frame> {
  const server = createServer(listener).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  const port = typeof address === 'object' && address ? address.port : 0;
  return { url: `http://127.0.0.1:${port}`, close: () => server.close() };
}

const frames: Record<string, () => Promise<Frame>> = {
  'node:http'() {
    const handle = nodeHandler(kit, { customerOf: ofMessage });
    return serve((request, response) => {
      handle(request, response).then(
        (answered) => answered || response.writeHead(404).end('another page'),
        () => response.writeHead(500).end(),
      );
    });
  },
  express() {
    const handle = expressHandlers(kit, { customerOf: ofMessage });
    return serve((request, response) => {
      handle(request, response, (error) =>
        response.writeHead(error ? 500 : 404).end(error ? '' : 'another page'),
      );
    });
  },
  async fastify() {
    const app = Fastify();
    await app.register(
      fastifyRoutes(kit, {
        customerOf: (request) => customerOf(request.headers['x-customer']?.toString()),
      }),
    );
    return { url: await app.listen({ port: 0, host: '127.0.0.1' }), close: () => app.close() };
  },
  async web() {
    const POST = tokenRoute(kit, ({ headers }) =>
      customerOf(headers.get('x-customer') ?? undefined),
    );
    const GET = keysRoute(kit);
    return serve(async (message, response) => {
      const { url = '', method = '' } = message;
      const headers = new Headers(Object.entries(message.headers).map(([n, v]) => [n, `${v}`]));
      const request = new Request(`http://site${url}`, { method, headers });
      const routes: Record<string, typeof GET> = { '/chat-token': POST, '/chat-keys': GET };
      const answer = await routes[url]?.(request).catch(() => new Response('', { status: 500 }));
      if (!answer) return response.writeHead(404).end('another page');
      response.writeHead(answer.status, [...answer.headers].flat()).end(await answer.text());
    });
  },
};

for (const [name, open] of Object.entries(frames))
  describe(name, () => {
    let frame: Frame;
    before(async () => {
      frame = await open();
    });
    after(() => frame.close());

    const post = (headers: Record<string, string>) =>
      fetch(`${frame.url}/chat-token`, { method: 'POST', headers });

    test('who is signed in gets a token that no cache keeps', async () => {
      const answer = await post({ 'x-customer': 'c-1', 'sec-fetch-site': 'same-origin' });
      assert.equal(answer.status, 200);
      assert.equal(answer.headers.get('cache-control'), 'no-store');
      const [, claims = ''] = (await answer.text()).split('.');
      assert.equal(JSON.parse(Buffer.from(claims, 'base64url').toString()).sub, 'c-1');
    });

    test('nobody gets none', async () => {
      const answer = await post({});
      assert.equal(answer.status, 401);
      assert.doesNotMatch(await answer.text(), /ey/);
    });

    test('the page of another site gets none, whoever is signed in', async () => {
      const answer = await post({ 'x-customer': 'c-1', 'sec-fetch-site': 'cross-site' });
      assert.equal(answer.status, 403);
      assert.doesNotMatch(await answer.text(), /ey/);
    });

    test('a fault of the site is the site’s to answer, and no token', async () => {
      const answer = await post({ 'x-customer': 'broken' });
      assert.equal(answer.status, 500);
    });

    test('a token is not had by following a link', async () => {
      const answer = await fetch(`${frame.url}/chat-token`, { headers: { 'x-customer': 'c-1' } });
      assert.ok(answer.status === 405 || answer.status === 404);
    });

    test('everybody gets the public keys', async () => {
      const answer = await fetch(`${frame.url}/chat-keys`);
      assert.equal(answer.status, 200);
      assert.match(answer.headers.get('content-type') ?? '', /^application\/json/);
      assert.equal((await answer.json()).keys[0].kid, 'a');
    });

    test('all else is the site’s', async () => {
      assert.equal((await fetch(`${frame.url}/`)).status, 404);
    });
  });

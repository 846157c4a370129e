// The whole way through a node: webhook, agent, gateway, provider, callback, and back.
import assert from 'node:assert/strict';
import { createHmac, randomBytes, randomUUID } from 'node:crypto';
import { after, before, test } from 'node:test';
import { gzipSync } from 'node:zlib';
import type { Attempt, Conversation, Entry } from '@countersign/protocol';
import { encryptForRequest } from '../../src/identity/testing/apple-evidence.ts';
import { startTestNode, type TestNode } from '../start-node.ts';
import { delivered, requestOf } from './device.ts';
import { startGateway } from './gateway.ts';
import { type AppleProvider, startAppleProvider } from './provider.ts';

const BUSINESS_ID = '1f0c3f0a-58a4-4a39-8f2e-3f6a2f5f9b77';
const MSP_ID = '7d0f9c52-3a61-4e0b-9a57-2f6f0d9b1c11';
const MSP_SECRET = 'LCihlNq5J0pGie1oaDWIGJ4wgWC42WbE0pchOf7JA10=';
const API_KEY = 'cs-test-key-of-an-agent-0123456789abcdef';

let node: TestNode;
let provider: AppleProvider;
let apple: Awaited<ReturnType<typeof startGateway>>;
let offset = 0;
const clock = { now: () => Date.now() + offset };

before(async () => {
  provider = await startAppleProvider();
  apple = await startGateway();
  node = await startTestNode({
    clock,
    environment: {
      API_KEY,
      MSP_SECRET,
      APPLE_SECRET: provider.clientSecret,
      COUNTERSIGN_ALLOW_PRIVATE_HOSTS: `127.0.0.1:${provider.port},127.0.0.1:${apple.port}`,
    },
    configuration: `
queues: [{ name: Guests }]
richMessages: [{ name: Sign in, type: authentication, receivedMessage: Please sign in, replyMessage: Done }]
authenticationSettings:
  - name: Apple sign-in
    type: apple-oauth
    clientId: ${provider.clientId}
    clientSecret: { env: APPLE_SECRET }
    scopes: [openid, profile]
    accessTokenUrl: ${provider.url}/token
    decryptedTokenUrl: ${provider.url}/me
    accessTokenExpiry: 60
    richMessages: [Sign in]
workstreams:
  - name: Apple
    channel: apple
    distribution: pick
    contextVariables: [{ name: tier, type: text }]
    fallbackQueue: Guests
appleAccounts:
  - name: Shop
    businessId: ${BUSINESS_ID}
    mspId: ${MSP_ID}
    mspSecret: { env: MSP_SECRET }
    gatewayUrl: ${apple.url}
    workstream: Apple
    authentication: { enabled: true, setting: Apple sign-in }
apiKeys: [{ name: Ada, token: { env: API_KEY }, roles: [agent, supervisor, administrator] }]
`,
  });
});
after(async () => {
  await node?.close();
  await provider?.close();
  await apple?.close();
});

function gatewayToken(): string {
  const part = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url');
  const claims = { aud: MSP_ID, iat: Math.floor(clock.now() / 1000) };
  const signed = `${part({ alg: 'HS256' })}.${part(claims)}`;
  const mac = createHmac('sha256', Buffer.from(MSP_SECRET, 'base64')).update(signed);
  return `${signed}.${mac.digest('base64url')}`;
}

/** A device tells Apple, and Apple tells us. */
async function device(opaqueId: string, body: object, capabilities = 'AUTH,AUTH2'): Promise<void> {
  const id = randomUUID();
  const message = { v: 1, id, sourceId: opaqueId, destinationId: BUSINESS_ID, ...body };
  const answer = await fetch(`${node.url}/channels/apple/message`, {
    method: 'POST',
    headers: {
      authorization: `Bearer ${gatewayToken()}`,
      id,
      'source-id': opaqueId,
      'destination-id': BUSINESS_ID,
      'capability-list': capabilities,
      'content-encoding': 'gzip',
      'content-type': 'application/json',
    },
    body: new Uint8Array(gzipSync(JSON.stringify(message))),
  });
  assert.equal(answer.status, 200);
}

const reply = (
  opaqueId: string,
  requestIdentifier: string,
  version: string,
  authenticate: object,
) =>
  device(opaqueId, {
    type: 'interactive',
    interactiveData: { data: { version, requestIdentifier, authenticate } },
  });

async function agent<T>(method: string, path: string, body?: object) {
  const answer = await fetch(node.url + path, {
    method,
    headers: {
      authorization: `Bearer ${API_KEY}`,
      ...(body && { 'content-type': 'application/json' }),
    },
    ...(body && { body: JSON.stringify(body) }),
  });
  const value: T = JSON.parse(await answer.text());
  return { status: answer.status, body: value };
}

/** Somebody writes, and the agent takes it. */
async function customer(text: string, capabilities: string) {
  const opaqueId = `urn:mbid:${randomBytes(24).toString('base64')}`;
  await device(opaqueId, { type: 'text', body: text }, capabilities);
  const { body } = await agent<{ items: Conversation[] }>('GET', '/api/conversations?limit=200');
  const id = body.items.find(({ preview }) => preview?.text === text)?.id ?? assert.fail();
  await agent('POST', `/api/conversations/${id}/pick`);
  return { opaqueId, id };
}

const read = async (id: string): Promise<Conversation> =>
  (await agent<Conversation>('GET', `/api/conversations/${id}`)).body;

async function entries(id: string): Promise<Entry[]> {
  const path = `/api/conversations/${id}/entries?limit=200`;
  return (await agent<{ items: Entry[] }>('GET', path)).body.items;
}

/** What goes on after an answer is told by the log. */
async function until(id: string, kind: Entry['kind']): Promise<Entry> {
  for (;;) {
    const found = (await entries(id)).find((entry) => entry.kind === kind);
    if (found) return found;
  }
}

async function ask(id: string, body?: object) {
  const path = `/api/conversations/${id}/request-authentication`;
  return agent<Entry & { code: string }>('POST', path, body);
}

/** What the device gets of it. */
async function asked(id: string, body?: object) {
  const { data } = (await ask(id, body)).body;
  return requestOf(await delivered({ apple }, String(data?.requestIdentifier)));
}

test('[AMB 9.6] version 2 through a node: asked by the API, confirmed by both, lapsed after 60 s by its timer', async () => {
  const { opaqueId, id } = await customer('Where is it?', 'QUICK,AUTH2');
  const { status, body: entry } = await ask(id);
  assert.deepEqual([status, entry.kind], [200, 'authentication-requested']);
  assert.equal((await ask(id)).body.id, entry.id);
  const request = requestOf(await delivered({ apple }, String(entry.data?.requestIdentifier)));
  assert.match(String(apple.delivered.at(-1)?.headers.authorization), /^Bearer /);
  const told = { requestIdentifier: request.id, version: 2, message: 'Sign in' };
  assert.deepEqual(entry.data, told);
  const { redirectURI } = request.message.interactiveData.data.authenticate.oauth2;
  assert.equal(redirectURI, `${node.url}/channels/apple/oauth/callback`);
  const profile = { sub: 'u-1', name: 'Ada Ng', tier: 'gold' };
  const codeChallenge = request.parameters.get('code_challenge');
  const code = provider.issueCode({ profile, redirectUri: String(redirectURI), codeChallenge });
  const query = new URLSearchParams({ code, state: request.state });
  const answer = await fetch(`${redirectURI}?${query}`, { redirect: 'manual' });
  assert.equal(answer.headers.get('location'), 'messages-auth://?status=success');
  assert.equal((await read(id)).authenticated, false);
  await reply(opaqueId, request.id, '2.0', { status: 'success' });
  await until(id, 'signed-in');
  const verified = await read(id);
  assert.deepEqual(
    [verified.authenticated, verified.identity.method, verified.identity.subject],
    [true, 'apple-oauth', 'u-1'],
  );
  assert.deepEqual(verified.contact?.name, 'Ada Ng');
  assert.ok(verified.context.some(({ name, origin }) => name === 'tier' && origin === 'signed'));
  await device(opaqueId, { type: 'text', body: 'It is me' });
  assert.equal((await entries(id)).at(-1)?.authenticated, true);
  const { body } = await agent<{ items: Attempt[] }>('GET', '/api/attempts?limit=1');
  assert.deepEqual([body.items[0]?.channel, body.items[0]?.outcome], ['apple', 'accepted']);
  offset += 60_000;
  assert.equal((await read(id)).authenticated, false);
  await until(id, 'lapsed');
  assert.equal((await read(id)).identity.state, 'lapsed');
});

test('[AMB 7.5] version 1 through a node, and signed out with the contact', async () => {
  const { opaqueId, id } = await customer('And mine?', 'AUTH');
  const request = await asked(id);
  assert.equal(request.message.interactiveData.data.version, '1.0');
  const token = encryptForRequest(provider.issueToken({ id: 7 }), request.encryptionKey);
  await reply(opaqueId, request.id, '1.0', { status: 'authenticated', token });
  await until(id, 'signed-in');
  const { contact, authenticated } = await read(id);
  assert.equal(authenticated, true);
  const { body } = await agent<{ ended: number }>('POST', `/api/contacts/${contact?.id}/sign-out`);
  assert.equal(body.ended, 1);
  assert.equal((await read(id)).authenticated, false);
});

test('[AMB 7.5] a token that cannot be read: the device says "signed in", so the customer is told by a message', async () => {
  const { opaqueId, id } = await customer('Third', 'AUTH');
  const request = await asked(id);
  const before = apple.delivered.length;
  await reply(opaqueId, request.id, '1.0', { status: 'authenticated', token: 'AAAA' });
  const failed = await until(id, 'authentication-failed');
  assert.equal(failed.data?.reason, 'token_undecryptable');
  while (apple.delivered.length === before) await new Promise(setImmediate);
  const { type, body } = apple.last() as { type: string; body?: string };
  assert.deepEqual([type, body?.startsWith('We could not confirm')], ['text', true]);
  assert.equal((await read(id)).authenticated, false);
});

test('[AMB 13] a device that cannot sign in, and a request that waits, are refused by the API', async () => {
  const { id } = await customer('No sign-in', 'QUICK,LIST');
  const refused = await ask(id);
  assert.deepEqual([refused.status, refused.body.code], [409, 'capability_missing']);
  const waiting = await customer('Waiting', 'AUTH2');
  const first = await asked(waiting.id, {});
  offset += 11_000;
  const again = await ask(waiting.id);
  assert.deepEqual([again.status, again.body.code], [409, 'request_pending']);
  assert.notEqual((await asked(waiting.id, { again: true })).id, first.id);
  const state = first.state;
  const page = `${node.url}/channels/apple/oauth/callback?code=x&state=${state}`;
  assert.equal((await fetch(page, { redirect: 'manual' })).status, 400);
});

test('[AMB 4.6] the customer’s close ends the conversation, the sign-in and the request that waits', async () => {
  const { opaqueId, id } = await customer('Bye', 'AUTH');
  const request = await asked(id);
  const token = encryptForRequest(provider.issueToken({ sub: 'u-9' }), request.encryptionKey);
  await reply(opaqueId, request.id, '1.0', { status: 'authenticated', token });
  await until(id, 'signed-in');
  offset += 11_000;
  const second = await asked(id);
  await device(opaqueId, { type: 'close' });
  const ended = await read(id);
  assert.deepEqual([ended.authenticated, ended.state], [false, 'closed']);
  await reply(opaqueId, second.id, '1.0', { status: 'authenticated', token: 'AAAA' });
  assert.ok(!(await entries(id)).some(({ text }) => text?.startsWith('We could not confirm')));
});

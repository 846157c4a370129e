// A messaging provider of few words for the simulator's own tests. It takes its cryptography from
// node:crypto, the simulator from WebCrypto.
import { createCipheriv, createDecipheriv, createHmac, randomBytes, randomUUID } from 'node:crypto';
import { createServer } from 'node:http';
import { gunzipSync } from 'node:zlib';
import { BUBBLE_ID } from '../src/apple-gateway/business.ts';
import { type AppleGateway, type Business, createAppleGateway, type Device } from '../src/index.ts';

export const MSP_ID = '7d0f9c52-3a61-4e0b-9a57-2f6f0d9b1c11';
export const MSP_SECRET = 'LCihlNq5J0pGie1oaDWIGJ4wgWC42WbE0pchOf7JA10=';
export const BUSINESS_ID = '1f0c3f0a-58a4-4a39-8f2e-3f6a2f5f9b77';
export const OTHER_BUSINESS_ID = '6f0c3f0a-58a4-4a39-8f2e-3f6a2f5f9b99';

export interface Webhook {
  headers: Record<string, string | string[] | undefined>;
  raw: Buffer;
  /** Inflated and parsed; undefined when that fails. */
  body: Record<string, unknown> | undefined;
}

export interface Provider {
  url: string;
  webhooks: Webhook[];
  /** What it answers to webhooks. */
  status: number;
  /** Serves other paths than `/message`, such as a sign-in callback. */
  serve: (url: URL) => Promise<{ status: number; location?: string; body?: string }>;
  last(): Record<string, unknown>;
  close(): Promise<void>;
}

export async function startProvider(): Promise<Provider> {
  const webhooks: Webhook[] = [];
  const server = createServer((request, response) => {
    void (async () => {
      const chunks: Buffer[] = [];
      for await (const chunk of request) chunks.push(chunk);
      const url = new URL(request.url ?? '/', 'http://127.0.0.1');
      if (url.pathname !== '/apple/message') {
        const { status, location, body } = await provider.serve(url);
        response.writeHead(status, location === undefined ? {} : { location }).end(body ?? '');
        return;
      }
      const raw = Buffer.concat(chunks);
      webhooks.push({ headers: request.headers, raw, body: inflate(raw) });
      response.writeHead(provider.status).end();
    })();
  });
  const { promise, resolve } = Promise.withResolvers<void>();
  server.listen(0, '127.0.0.1', resolve);
  await promise;
  const address = server.address();
  const port = typeof address === 'object' && address ? address.port : 0;
  const provider: Provider = {
    url: `http://127.0.0.1:${port}/apple`,
    webhooks,
    status: 200,
    serve: async () => ({ status: 404 }),
    last: () => webhooks.at(-1)?.body ?? {},
    close: async () => {
      server.closeAllConnections();
      await new Promise((done) => server.close(done));
    },
  };
  return provider;
}

function inflate(raw: Buffer): Record<string, unknown> | undefined {
  try {
    return JSON.parse(gunzipSync(raw).toString('utf8'));
  } catch {
    return undefined;
  }
}

/** A gateway with two businesses, of two platforms, and the provider that both write to. */
export async function startWorld(business: Partial<Business> = {}) {
  const provider = await startProvider();
  const common = { webhookUrl: provider.url, ...business };
  const gateway = await createAppleGateway({
    businesses: [
      { businessId: BUSINESS_ID, mspId: MSP_ID, mspSecret: MSP_SECRET, ...common },
      {
        businessId: OTHER_BUSINESS_ID,
        mspId: randomUUID(),
        mspSecret: randomBytes(32).toString('base64'),
        ...common,
      },
    ],
  });
  const close = async () => {
    await gateway.close();
    await provider.close();
  };
  return { gateway, provider, close };
}

const encode = (value: unknown): string => Buffer.from(JSON.stringify(value)).toString('base64url');

export function token(
  claims: Record<string, unknown> = {},
  options: { header?: object; key?: Buffer } = {},
): string {
  const { header = { alg: 'HS256' }, key = Buffer.from(MSP_SECRET, 'base64') } = options;
  const all = { iss: MSP_ID, iat: Math.floor(Date.now() / 1000), ...claims };
  const signed = `${encode(header)}.${encode(all)}`;
  return `${signed}.${createHmac('sha256', key).update(signed).digest('base64url')}`;
}

export interface Call {
  path?: string;
  method?: string;
  headers?: Record<string, string | null>;
  body?: unknown;
}

/** Calls the gateway as a provider does; `null` leaves a header out. */
export async function call(
  gateway: AppleGateway,
  { path = '/message', method = 'POST', headers = {}, body }: Call,
) {
  const all = new Headers({ authorization: `Bearer ${token()}`, 'source-id': BUSINESS_ID });
  if (body !== undefined) all.set('content-type', 'application/json');
  for (const [name, value] of Object.entries(headers)) {
    if (value === null) all.delete(name);
    else all.set(name, value);
  }
  const bytes =
    body === undefined || body instanceof Uint8Array ? body : Buffer.from(JSON.stringify(body));
  const url = path.startsWith('/') ? `${gateway.baseUrl}${path}` : path;
  const response = await fetch(url, {
    method,
    headers: all,
    ...(bytes === undefined ? {} : { body: Uint8Array.from(bytes) }),
  });
  const text = await response.text();
  const json = text.startsWith('{') ? JSON.parse(text) : undefined;
  return { status: response.status, text, json };
}

/** The envelope to a device, with what is given over it. */
export function envelope(device: Device, content: Record<string, unknown> = {}) {
  return {
    v: 1,
    id: randomUUID(),
    type: 'text',
    sourceId: BUSINESS_ID,
    destinationId: device.opaqueId,
    body: 'Hello',
    ...content,
  };
}

/** Sends a message with headers that agree with it. */
export function send(gateway: AppleGateway, body: Record<string, unknown>, options: Call = {}) {
  const headers = {
    id: String(body.id),
    'destination-id': String(body.destinationId),
    ...options.headers,
  };
  return call(gateway, { ...options, headers, body: options.body ?? body });
}

export function interactive(
  device: Device,
  data: Record<string, unknown>,
  more: Record<string, unknown> = {},
) {
  const { body: _body, ...rest } = envelope(device, { type: 'interactive' });
  return {
    ...rest,
    interactiveData: {
      bid: BUBBLE_ID,
      data: { version: '1.0', requestIdentifier: randomUUID(), ...data },
      receivedMessage: { title: 'Please choose' },
      replyMessage: { title: 'Thank you' },
      ...more,
    },
  };
}

/** AES-256-CTR with a counter from zero (§4.2), by node:crypto. */
export function encrypt(clear: Buffer, key: string): Buffer {
  const cipher = createCipheriv('aes-256-ctr', Buffer.from(key.slice(2), 'hex'), Buffer.alloc(16));
  return Buffer.concat([cipher.update(clear), cipher.final()]);
}

export function decrypt(cipher: Buffer, key: string): Buffer {
  const opened = createDecipheriv(
    'aes-256-ctr',
    Buffer.from(key.slice(2), 'hex'),
    Buffer.alloc(16),
  );
  return Buffer.concat([opened.update(cipher), opened.final()]);
}

/** Uploads a file and describes it for a message (§5.2). */
export async function upload(gateway: AppleGateway, clear: Buffer, key: string) {
  const encrypted = encrypt(clear, key);
  const size = String(encrypted.length);
  const slot = await call(gateway, {
    path: '/preUpload',
    method: 'GET',
    headers: { 'mmcs-size': size, size },
  });
  const filled = await call(gateway, {
    path: slot.json['upload-url'],
    headers: { authorization: null, 'source-id': null, 'content-type': 'application/octet-stream' },
    body: encrypted,
  });
  return {
    name: 'invoice.pdf',
    mimeType: 'application/pdf',
    size,
    'signature-base64': filled.json.singleFile.fileChecksum,
    url: slot.json['mmcs-url'],
    owner: slot.json['mmcs-owner'],
    key,
  };
}

// Plays Apple's gateway for one test file: keeps what is sent, answers as it is told, holds files.
import { createDecipheriv, createHash, randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { createServer, type IncomingHttpHeaders, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface Sent {
  path: string;
  headers: IncomingHttpHeaders;
  /** JSON; empty where there was none. */
  body: Record<string, unknown>;
}

export interface Answer {
  status: number;
  headers?: Record<string, string>;
  body?: unknown;
}

export interface PlayingGateway {
  url: string;
  port: number;
  sent: Sent[];
  /** How the next request to `/message` or `/authenticate` is answered; default 200. */
  answers: ((sent: Sent, response: ServerResponse) => Answer | null)[];
  /** Resolves once so many messages have come, typing left out. */
  until(count: number): Promise<Sent[]>;
  messages(): Sent[];
  /** Encrypted bytes by the `url` of an attachment, for a download. */
  blobs: Map<string, Buffer>;
  /** What a download of a blob is answered with instead of 200. */
  downloads: ((bytes: Buffer) => { status: number; bytes: Buffer })[];
  /** Statuses of the next uploads; default 200. */
  uploads: number[];
  /** What an uploaded attachment says, once decrypted. */
  clear(attachment: Record<string, string>): string;
  /** What `/decodePayload` makes of bytes. */
  decode: (bytes: Buffer) => unknown;
  requests: { path: string; headers: IncomingHttpHeaders }[];
  close(): Promise<void>;
}

export async function startPlayingGateway(): Promise<PlayingGateway> {
  const waiting = new Set<() => void>();
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const [path = ''] = (request.url ?? '').split('?');
      gateway.requests.push({ path, headers: request.headers });
      answer(path, request.headers, Buffer.concat(chunks), response);
      for (const look of [...waiting]) look();
    });
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  const origin = `http://127.0.0.1:${port}`;

  function answer(
    path: string,
    headers: IncomingHttpHeaders,
    bytes: Buffer,
    response: ServerResponse,
  ): void {
    const json = (value: unknown) =>
      response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(value));
    if (path === '/v1/message' || path === '/v1/authenticate') {
      const sent = { path, headers, body: JSON.parse(bytes.toString()) };
      gateway.sent.push(sent);
      const said = sent.body.type === 'typing_start' ? undefined : gateway.answers.shift();
      const next = said ? said(sent, response) : { status: 200 };
      if (next)
        response.writeHead(next.status, next.headers).end(next.body && JSON.stringify(next.body));
      return;
    }
    if (path === '/v1/preUpload') {
      const id = randomUUID();
      json({ 'upload-url': `${origin}/up/${id}`, 'mmcs-url': `mmcs://${id}`, 'mmcs-owner': 'own' });
      return;
    }
    if (path.startsWith('/up/')) {
      const status = gateway.uploads.shift() ?? 200;
      if (status !== 200) {
        response.writeHead(status).end();
        return;
      }
      gateway.blobs.set(`mmcs://${path.slice(4)}`, bytes);
      json({ singleFile: { fileChecksum: createHash('sha1').update(bytes).digest('base64') } });
      return;
    }
    if (path === '/v1/preDownload') {
      json({ 'download-url': `${origin}/down/${encodeURIComponent(String(headers.url))}` });
      return;
    }
    if (path.startsWith('/down/')) {
      const bytes = gateway.blobs.get(decodeURIComponent(path.slice(6))) ?? Buffer.alloc(0);
      const said = gateway.downloads.shift()?.(bytes) ?? { status: 200, bytes };
      response.writeHead(said.status).end(said.bytes);
      return;
    }
    if (path === '/v1/decodePayload') {
      json(gateway.decode(bytes));
      return;
    }
    response.writeHead(404).end();
  }

  const gateway: PlayingGateway = {
    url: `${origin}/v1`,
    port,
    sent: [],
    answers: [],
    blobs: new Map(),
    downloads: [],
    uploads: [],
    requests: [],
    decode: (bytes) => JSON.parse(bytes.toString()),
    messages: () => gateway.sent.filter(({ body }) => !String(body.type).startsWith('typing_')),
    async until(count) {
      while (gateway.messages().length < count) {
        await new Promise<void>((resolve) => {
          const look = () => {
            waiting.delete(look);
            resolve();
          };
          waiting.add(look);
        });
      }
      return gateway.messages();
    },
    clear({ url = '', key = '' }) {
      const counter = Buffer.alloc(16);
      const cipher = createDecipheriv('aes-256-ctr', Buffer.from(key.slice(2), 'hex'), counter);
      return cipher.update(gateway.blobs.get(url) ?? Buffer.alloc(0)).toString();
    },
    async close() {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
  return gateway;
}

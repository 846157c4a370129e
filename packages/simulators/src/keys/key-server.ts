import type { IncomingHttpHeaders } from 'node:http';
import { text } from 'node:stream/consumers';
import { listen } from '../site/loopback-server.ts';
import { type Reply, sendReply } from '../site/reply.ts';

export interface Hit {
  method: string;
  /** Path and query. */
  path: string;
  headers: IncomingHttpHeaders;
  body: string;
}

export type Respond = (hit: Hit, count: number) => Reply | Promise<Reply>;

export interface KeyServer {
  url: string;
  port: number;
  /** Every request so far, oldest first. */
  hits: readonly Hit[];
  /** TCP connections so far: zero proves that nothing was even tried. */
  readonly connections: number;
  /** Answers differently from now on. */
  respondWith(respond: Respond): void;
  close(): Promise<void>;
}

/** An HTTP server under a test's control, well-behaved or hostile. `count` is 1 for the first hit. */
export async function startKeyServer(options: {
  host?: string;
  port?: number;
  respond: Respond;
}): Promise<KeyServer> {
  const hits: Hit[] = [];
  let { respond } = options;
  let connections = 0;
  const listening = await listen(options, () => async (request, response) => {
    const hit = {
      method: request.method ?? 'GET',
      path: request.url ?? '/',
      headers: request.headers,
      body: await text(request),
    };
    hits.push(hit);
    await sendReply(await respond(hit, hits.length), request, response);
  });
  listening.server.on('connection', () => {
    connections += 1;
  });
  return {
    url: listening.url,
    port: listening.port,
    hits,
    get connections() {
      return connections;
    },
    respondWith(next) {
      respond = next;
    },
    close: listening.close,
  };
}

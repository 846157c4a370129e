import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { createServer as createTlsServer } from 'node:https';

export type Handler = (request: IncomingMessage, response: ServerResponse) => Promise<void> | void;

export interface LoopbackServer {
  /** The base URL that browsers use, without a final slash. */
  url: string;
  port: number;
  server: Server;
  /**
   * Answers nothing until `comeBack`: every connection is reset, or refused since nobody listens.
   * Connections that are open are cut.
   */
  goDown(how: 'reset' | 'refuse'): Promise<void>;
  /** At the same port. */
  comeBack(): Promise<void>;
  close(): Promise<void>;
}

export interface ListenOptions {
  host?: string | undefined;
  port?: number | undefined;
  publicUrl?: string | undefined;
  /** Serves https with it. */
  tls?: { cert: string; key: string } | undefined;
}

/**
 * An HTTP server on this machine alone. The handler may be given later through `handle`, since what
 * it serves often has to know the port first. `localhost` listens on 127.0.0.1.
 */
export async function listen(
  options: ListenOptions,
  handle: (url: string) => Promise<Handler> | Handler,
): Promise<LoopbackServer> {
  const host = options.host ?? '127.0.0.1';
  let handler: Handler = (_request, response) => void response.writeHead(503).end();
  const run = (request: IncomingMessage, response: ServerResponse): void => {
    Promise.try(() => handler(request, response)).catch((cause: unknown) => fail(response, cause));
  };
  const server = options.tls ? createTlsServer(options.tls, run) : createServer(run);
  let isResetting = false;
  server.on('connection', (socket) => {
    if (isResetting) socket.resetAndDestroy();
  });
  await open(server, options.port ?? 0, host);
  const port = portOf(server);
  const scheme = options.tls ? 'https' : 'http';
  const url = options.publicUrl ?? `${scheme}://${host.includes(':') ? `[${host}]` : host}:${port}`;
  handler = await handle(url);
  return {
    url,
    port,
    server,
    async goDown(how) {
      isResetting = how === 'reset';
      if (how === 'refuse') await close(server);
      else server.closeAllConnections();
    },
    async comeBack() {
      isResetting = false;
      if (!server.listening) await open(server, port, host);
    },
    close: () => close(server),
  };
}

async function open(server: Server, port: number, host: string): Promise<void> {
  const { promise, resolve, reject } = Promise.withResolvers<void>();
  server.once('error', reject);
  server.listen(port, host === 'localhost' ? '127.0.0.1' : host, resolve);
  await promise.finally(() => server.off('error', reject));
}

function fail(response: ServerResponse, cause: unknown): void {
  console.error(cause);
  if (response.headersSent) response.destroy();
  else response.writeHead(500, { 'content-type': 'text/plain' }).end('Something went wrong.');
}

function portOf(server: Server): number {
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('no TCP address');
  return address.port;
}

async function close(server: Server): Promise<void> {
  const { promise, resolve } = Promise.withResolvers<void>();
  server.close(() => resolve());
  server.closeAllConnections();
  await promise;
}

import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';

export type Handler = (request: IncomingMessage, response: ServerResponse) => Promise<void> | void;

export interface LoopbackServer {
  /** The base URL that browsers use, without a final slash. */
  url: string;
  port: number;
  server: Server;
  close(): Promise<void>;
}

/**
 * An HTTP server on this machine alone. The handler may be given later through `handle`, since what
 * it serves often has to know the port first. `localhost` listens on 127.0.0.1.
 */
export async function listen(
  options: { host?: string | undefined; port?: number | undefined; publicUrl?: string | undefined },
  handle: (url: string) => Promise<Handler> | Handler,
): Promise<LoopbackServer> {
  const host = options.host ?? '127.0.0.1';
  let handler: Handler = (_request, response) => void response.writeHead(503).end();
  const server = createServer((request, response) => {
    Promise.try(() => handler(request, response)).catch((cause: unknown) => fail(response, cause));
  });
  const { promise, resolve, reject } = Promise.withResolvers<void>();
  server.once('error', reject);
  server.listen(options.port ?? 0, host === 'localhost' ? '127.0.0.1' : host, resolve);
  await promise;
  const port = portOf(server);
  const url = options.publicUrl ?? `http://${host.includes(':') ? `[${host}]` : host}:${port}`;
  handler = await handle(url);
  return { url, port, server, close: () => close(server) };
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

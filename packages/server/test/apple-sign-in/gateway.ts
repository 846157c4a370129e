// Apple's gateway as these tests need it: what it takes is what the device gets.
import { once } from 'node:events';
import { createServer } from 'node:http';
import { textOf } from './provider.ts';

/** A request as the gateway got it, and so the device. */
export interface Delivered {
  headers: Record<string, string | string[] | undefined>;
  body: Envelope;
}
export interface Envelope {
  id: string;
  type: string;
  sourceId: string;
  destinationId: string;
  interactiveData: {
    bid: string;
    data: {
      version: string;
      requestIdentifier: string;
      authenticate: { oauth2: Record<string, unknown> };
      images?: unknown[];
    };
    receivedMessage: { title: string };
    replyMessage: { title: string };
  };
}

/** Apple's side: takes what we send. `script` gives the status of each request to come; 200 without it. */
export async function startGateway() {
  const delivered: Delivered[] = [];
  const script: number[] = [];
  const waiting = new Set<() => void>();
  const server = createServer(async (request, response) => {
    const body: Envelope = JSON.parse(await textOf(request));
    const status = script.shift() ?? 200;
    delivered.push({ headers: request.headers, body });
    response.writeHead(status).end();
    for (const look of waiting) look();
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  const port = typeof address === 'object' && address ? address.port : 0;
  return {
    url: `http://127.0.0.1:${port}/v1`,
    port,
    delivered,
    script,
    /** The first delivery of this kind, as soon as there are `count` of them. */
    until(is: (message: Delivered) => boolean, count = 1): Promise<Delivered> {
      return new Promise((resolve) => {
        const look = () => {
          const found = delivered.filter(is);
          if (found.length < count || !found[0]) return;
          waiting.delete(look);
          resolve(found[0]);
        };
        waiting.add(look);
        look();
      });
    },
    /** The last request that a device has got. */
    last(): Envelope {
      const { body } = delivered.at(-1) ?? {};
      if (!body) throw new Error('nothing was sent');
      return body;
    },
    async close() {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}

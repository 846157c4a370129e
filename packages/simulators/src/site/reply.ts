import type { IncomingMessage, ServerResponse } from 'node:http';
import { setTimeout } from 'node:timers/promises';

/** What a key URL, a discovery document or a trap answers. */
export type Reply =
  | {
      kind: 'body';
      body: string | Uint8Array;
      status?: number;
      headers?: Record<string, string>;
    }
  | { kind: 'redirect'; to: string; status?: number }
  /** Accepts the request and never answers. */
  | { kind: 'hang' }
  /** Closes the connection without an answer. */
  | { kind: 'reset' }
  /** Sends `body` byte by byte, `everyMs` apart. */
  | { kind: 'slow'; body: string; everyMs: number }
  /** Sends `bytes` spaces without saying beforehand how many there are. */
  | { kind: 'huge'; bytes: number };

export async function sendReply(
  reply: Reply,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  switch (reply.kind) {
    case 'body':
      response.writeHead(reply.status ?? 200, reply.headers ?? {}).end(reply.body);
      return;
    case 'redirect':
      response.writeHead(reply.status ?? 302, { location: reply.to }).end();
      return;
    case 'hang':
      return;
    case 'reset':
      request.socket.destroy();
      return;
    case 'slow':
      await trickle(reply, response);
      return;
    case 'huge':
      await flood(reply.bytes, response);
  }
}

async function trickle(
  reply: { body: string; everyMs: number },
  response: ServerResponse,
): Promise<void> {
  response.writeHead(200);
  for (const byte of Buffer.from(reply.body)) {
    if (response.destroyed) return;
    response.write(Uint8Array.of(byte));
    await setTimeout(reply.everyMs);
  }
  response.end();
}

async function flood(bytes: number, response: ServerResponse): Promise<void> {
  const chunk = Buffer.alloc(64 * 1024, ' ');
  for (let left = bytes; left > 0 && !response.destroyed; left -= chunk.length) {
    const more = response.write(chunk.subarray(0, Math.min(left, chunk.length)));
    if (!more) await drained(response);
  }
  response.end();
}

async function drained(response: ServerResponse): Promise<void> {
  const { promise, resolve } = Promise.withResolvers<void>();
  response.once('drain', resolve).once('close', resolve);
  await promise;
  response.off('drain', resolve).off('close', resolve);
}

/** Several WebSocket endpoints on one port: an upgrade goes to the handler of exactly its path. */
import type { IncomingMessage, Server } from 'node:http';
import type { Duplex } from 'node:stream';
import { statusText } from './status-text.ts';

export type UpgradeHandler = (request: IncomingMessage, socket: Duplex, head: Buffer) => void;

export interface Upgrades {
  /** Takes the upgrades of a path (with and without a slash at its end) until what it returns is called. */
  on(path: string, handler: UpgradeHandler): () => void;
}

/** After this, connections that their handlers did not end are cut, so that the node can stop. */
const CLOSE_GRACE_MS = 5_000;

export function routeUpgrades(server: Server): Upgrades & { close(): Promise<void> } {
  const handlers = new Map<string, UpgradeHandler>();
  const sockets = new Set<Duplex>();
  let closing = false;

  server.on('upgrade', (request: IncomingMessage, socket: Duplex, head: Buffer) => {
    // A peer that vanishes during the handshake is nobody's error
    socket.on('error', () => socket.destroy());
    if (closing) return refuse(socket, 503);
    const handler = handlers.get(pathOf(request));
    if (handler === undefined) return refuse(socket, 404);
    sockets.add(socket);
    socket.once('close', () => sockets.delete(socket));
    handler(request, socket, head);
  });

  return {
    on(path, handler) {
      if (handlers.has(path)) throw new Error(`two endpoints want the upgrades of ${path}`);
      handlers.set(path, handler);
      return () => {
        if (handlers.get(path) === handler) handlers.delete(path);
      };
    },
    async close() {
      closing = true;
      const late = setTimeout(() => {
        for (const socket of sockets) socket.destroy();
      }, CLOSE_GRACE_MS);
      await Promise.all([...sockets].map(closed));
      clearTimeout(late);
    },
  };
}

function pathOf({ url = '/' }: IncomingMessage): string {
  const path = url.split('?', 1)[0] ?? '/';
  return path.length > 1 && path.endsWith('/') ? path.slice(0, -1) : path;
}

function refuse(socket: Duplex, status: number): void {
  const line = `HTTP/1.1 ${status} ${statusText(status)}\r\n`;
  socket.end(`${line}Connection: close\r\nContent-Length: 0\r\n\r\n`, () => socket.destroy());
}

const closed = (socket: Duplex): Promise<void> =>
  new Promise((resolve) => {
    if (socket.closed) resolve();
    else socket.once('close', () => resolve());
  });

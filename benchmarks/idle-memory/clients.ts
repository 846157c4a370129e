// Opens many connections and holds them; configures each when there is a JWT. Answers how many it has.
import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { WebSocket } from 'ws';

/** How many are being opened at the same time. */
const AT_ONCE = 100;

interface Target {
  url: string;
  connections: number;
  deploymentId?: string;
  jwt?: string;
}

const sockets: WebSocket[] = [];

process.once('message', (target: Target) => {
  void openAll(target).then((opened) => process.send?.(opened));
});

async function openAll(target: Target): Promise<number> {
  let left = target.connections;
  let opened = 0;
  const worker = async () => {
    while (left > 0) {
      left -= 1;
      if (await open(target)) opened += 1;
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, worker));
  return opened;
}

async function open({ url, jwt, deploymentId }: Target): Promise<boolean> {
  const socket = new WebSocket(url, { perMessageDeflate: false, origin: 'https://shop.example' });
  socket.on('error', () => {});
  sockets.push(socket);
  await once(socket, 'open');
  if (!jwt) return true;
  const answered = once(socket, 'message');
  const request = { action: 'configureAuthenticatedSession', token: randomUUID() };
  socket.send(JSON.stringify({ ...request, deploymentId, startNew: false, data: { code: jwt } }));
  const [frame] = await answered;
  return JSON.parse(String(frame)).code === 200;
}

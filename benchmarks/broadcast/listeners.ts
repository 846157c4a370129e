// Holds many sockets and tells when the last of them has been given a frame. Times are of the monotonic clock,
// which the processes of a machine share.
import { once } from 'node:events';
import { WebSocket } from 'ws';

/** How many are being opened at the same time. */
const AT_ONCE = 20;

export interface Listening {
  url: string;
  /** Of each socket. */
  headers: Record<string, string>[];
  origin?: string;
  /** Sent first by each. */
  first?: string;
}

/** The frame to wait for is one that holds this text. */
export interface Awaited {
  text: string;
}

export interface Delivered {
  firstNs: string;
  lastNs: string;
}

const sockets: WebSocket[] = [];
let awaited = '';
let missing = 0;
let firstNs = '';

process.on('message', (message: Listening | Awaited) => {
  if ('text' in message) {
    awaited = message.text;
    missing = sockets.length;
    process.send?.('waiting');
  } else void openAll(message).then((opened) => process.send?.(opened));
});

async function openAll({ headers, ...target }: Listening): Promise<number> {
  const left = [...headers];
  const worker = async () => {
    for (let next = left.pop(); next; next = left.pop()) await open(target, next);
  };
  await Promise.all(Array.from({ length: AT_ONCE }, worker));
  return sockets.length;
}

async function open(
  { url, origin, first }: Omit<Listening, 'headers'>,
  headers: Record<string, string>,
): Promise<void> {
  const socket = new WebSocket(url, {
    perMessageDeflate: false,
    headers,
    ...(origin ? { origin } : {}),
  });
  await once(socket, 'open');
  if (first) {
    const ready = once(socket, 'message');
    socket.send(first);
    await ready;
  }
  socket.on('message', (data) => {
    if (awaited === '' || !(data as Buffer).includes(awaited)) return;
    const now = String(process.hrtime.bigint());
    if (missing === sockets.length) firstNs = now;
    missing -= 1;
    if (missing > 0) return;
    awaited = '';
    const delivered: Delivered = { firstNs, lastNs: now };
    process.send?.(delivered);
  });
  sockets.push(socket);
}

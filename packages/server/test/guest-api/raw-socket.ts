// A WebSocket client that breaks the framing rules on purpose, as no library would (RFC 6455 §5).
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { connect, type Socket } from 'node:net';

export interface FrameParts {
  /** Default 1: text. */
  opcode?: number;
  /** The three reserved bits. Default 0. */
  reserved?: number;
  /** Default true. */
  final?: boolean;
  /** Default true. */
  masked?: boolean;
}

export class RawSocket {
  readonly #socket: Socket;
  readonly #chunks: Buffer[] = [];
  readonly #ended: Promise<unknown>;

  private constructor(socket: Socket) {
    this.#socket = socket;
    this.#ended = once(socket, 'close');
    socket.on('data', (data: Buffer) => this.#chunks.push(data));
    socket.on('error', () => {});
  }

  static async open(url: string, deploymentId: string, headers: string[] = []): Promise<RawSocket> {
    const { hostname, port } = new URL(url);
    const socket = connect(Number(port), hostname);
    await once(socket, 'connect');
    const raw = new RawSocket(socket);
    const lines = [
      `GET /v1?deploymentId=${deploymentId} HTTP/1.1`,
      `Host: ${hostname}:${port}`,
      'Upgrade: websocket',
      'Connection: Upgrade',
      `Sec-WebSocket-Key: ${randomBytes(16).toString('base64')}`,
      'Sec-WebSocket-Version: 13',
      'Origin: https://shop.example',
      ...headers,
    ];
    socket.write(`${lines.join('\r\n')}\r\n\r\n`);
    while (!raw.#received().includes('\r\n\r\n')) await once(socket, 'data');
    const received = raw.#received();
    const end = received.indexOf('\r\n\r\n') + 4;
    raw.handshake = received.subarray(0, end).toString();
    raw.#chunks.splice(0, raw.#chunks.length, received.subarray(end));
    return raw;
  }

  /** The answer to the upgrade. */
  handshake = '';

  /** False: the other side takes no more for now. */
  send(payload: Buffer | string, parts: FrameParts = {}): boolean {
    const { opcode = 1, reserved = 0, final = true, masked = true } = parts;
    const body = typeof payload === 'string' ? Buffer.from(payload) : payload;
    const first = (final ? 0x80 : 0) | (reserved << 4) | opcode;
    const mask = masked ? 0x80 : 0;
    const length =
      body.length < 126
        ? Buffer.from([first, mask | body.length])
        : Buffer.from([first, mask | 126, body.length >> 8, body.length & 0xff]);
    const key = masked ? randomBytes(4) : Buffer.alloc(0);
    const sent = masked ? body.map((byte, at) => byte ^ (key[at % 4] ?? 0)) : body;
    return this.#socket.write(Buffer.concat([length, key, sent]));
  }

  close(): boolean {
    return this.send(Buffer.from([0x03, 0xe8]), { opcode: 8 });
  }

  /** The code of the close frame with which the node ends it; null: it was cut without one. */
  async closedWith(): Promise<number | null> {
    await this.#ended;
    const received = this.#received();
    for (let at = 0; at + 3 < received.length; ) {
      const length = (received[at + 1] ?? 0) & 0x7f;
      const extended = length === 126 ? 2 : 0;
      const size = extended ? received.readUInt16BE(at + 2) : length;
      if (received[at] === 0x88) return received.readUInt16BE(at + 2);
      at += 2 + extended + size;
    }
    return null;
  }

  #received(): Buffer {
    return Buffer.concat(this.#chunks);
  }
}

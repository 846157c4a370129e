// A customer that keeps what is not acknowledged and sends it again, under the same id, after each
// reconnect: what the Guest API asks of every client.
import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { setTimeout as wait } from 'node:timers/promises';
import { WebSocket } from 'ws';

const RETRY_MS = 50;

export class ResendingCustomer {
  readonly name: string;
  readonly sent: number[] = [];
  readonly acknowledged = new Set<number>();
  #url: string;
  #deploymentId: string;
  #token = randomUUID();
  #ids = new Map<string, number>();
  #socket: WebSocket | null = null;
  #configured = false;
  #ended = false;

  constructor(name: string, url: string, deploymentId: string) {
    this.name = name;
    this.#url = url;
    this.#deploymentId = deploymentId;
  }

  /** Comes back until `end`; resolves when first configured. */
  async start(): Promise<void> {
    const { promise, resolve } = Promise.withResolvers<void>();
    void this.#live(resolve);
    await promise;
  }

  send(): void {
    const number = this.sent.length;
    const id = randomUUID();
    this.sent.push(number);
    this.#ids.set(id, number);
    if (this.#configured) this.#write(id, number);
  }

  get pending(): number {
    return this.#ids.size;
  }

  end(): void {
    this.#ended = true;
    this.#socket?.terminate();
  }

  async #live(configured: () => void): Promise<void> {
    while (!this.#ended) {
      await this.#connection(configured).catch(() => undefined);
      this.#configured = false;
      await wait(RETRY_MS * (0.5 + Math.random()));
    }
  }

  async #connection(configured: () => void): Promise<void> {
    const url = `${this.#url.replace(/^http/, 'ws')}/v1?deploymentId=${this.#deploymentId}`;
    const socket = new WebSocket(url, { perMessageDeflate: false, origin: 'https://shop.example' });
    this.#socket = socket;
    socket.on('error', () => undefined);
    socket.on('message', (data) => this.#receive(JSON.parse(String(data)), configured));
    const closed = once(socket, 'close');
    await Promise.race([once(socket, 'open'), closed]);
    if (socket.readyState !== socket.OPEN) return;
    const { deploymentId, token } = { deploymentId: this.#deploymentId, token: this.#token };
    socket.send(
      JSON.stringify({ action: 'configureSession', deploymentId, token, startNew: false }),
    );
    await closed;
  }

  #receive(frame: { class: string; tracingId?: string }, configured: () => void): void {
    if (frame.class === 'SessionResponse') {
      this.#configured = true;
      for (const [id, number] of this.#ids) this.#write(id, number);
      configured();
    }
    if (frame.class !== 'StructuredMessage' || !frame.tracingId) return;
    const number = this.#ids.get(frame.tracingId);
    if (number === undefined) return;
    this.#ids.delete(frame.tracingId);
    this.acknowledged.add(number);
  }

  #write(id: string, number: number): void {
    const message = { type: 'Text', text: `${this.name} ${number}`, metadata: { id } };
    this.#socket?.send(
      JSON.stringify({ action: 'onMessage', token: this.#token, tracingId: id, message }),
    );
  }
}

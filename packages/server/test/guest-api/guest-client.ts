// A client of the Guest API written from the specification alone: it checks every frame it gets against
// the strictness rules that real clients impose, and knows nothing of the server's code.
import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import {
  type ConnectionClosed,
  type GenerateUrlError,
  type GetConfigurationResponse,
  GuestFrame,
  type JwtResponse,
  type PresignedUrlResponse,
  type SessionResponse,
  type StructuredMessage,
  type TooManyRequests,
} from '@countersign/protocol';
import { Compile } from 'typebox/compile';
import { WebSocket } from 'ws';

/** A body of any class; a test reads the members that its class has. */
export interface Body
  extends Partial<Omit<StructuredMessage, 'channel'>>,
    Partial<SessionResponse>,
    Partial<JwtResponse>,
    Partial<PresignedUrlResponse>,
    Partial<GenerateUrlError>,
    Partial<GetConfigurationResponse>,
    Partial<Omit<TooManyRequests, 'errorCode'>>,
    ConnectionClosed {
  channel?: StructuredMessage['channel'];
}

export interface Frame {
  type: string;
  class: string;
  code: number;
  tracingId?: string;
  /** `{}` for an error. */
  body: Body;
  /** The text of an error. */
  error?: string;
}

export interface ClientOptions {
  deploymentId: string;
  /** Null: no header at all. Default: a page of the deployment. */
  origin?: string | null;
  token?: string;
  path?: string;
  capabilities?: string;
  userAgent?: string;
}

const known = Compile(GuestFrame);

/** One socket, and the token of one client installation. */
export class GuestClient {
  readonly socket: WebSocket;
  readonly token: string;
  readonly deploymentId: string;
  /** Every frame so far. */
  readonly frames: Frame[] = [];
  /** Code of the close frame; 1006: the connection was cut. */
  closedWith: number | null = null;
  #unread: Frame[] = [];
  #changed: (() => void)[] = [];

  private constructor(socket: WebSocket, token: string, deploymentId: string) {
    this.socket = socket;
    this.token = token;
    this.deploymentId = deploymentId;
    socket.on('message', (data, isBinary) => {
      assert.equal(isBinary, false, '[GA10] frames are text');
      const frame = readFrame(data.toString());
      this.frames.push(frame);
      this.#unread.push(frame);
      this.#wake();
    });
    socket.on('close', (code) => {
      this.closedWith = code;
      this.#wake();
    });
    socket.on('error', () => {});
  }

  static async connect(url: string, options: ClientOptions): Promise<GuestClient> {
    const capabilities = options.capabilities ? `&capabilities=${options.capabilities}` : '';
    const query = `deploymentId=${options.deploymentId}${capabilities}`;
    const socket = new WebSocket(`${url.replace(/^http/, 'ws')}${options.path ?? '/v1'}?${query}`, {
      ...(options.origin !== null && { origin: options.origin ?? 'https://shop.example' }),
      ...(options.userAgent && { headers: { 'user-agent': options.userAgent } }),
    });
    const client = new GuestClient(socket, options.token ?? randomUUID(), options.deploymentId);
    await once(socket, 'open');
    return client;
  }

  send(request: object): void {
    this.socket.send(JSON.stringify(request));
  }

  /** Sends a request with the client's token and a tracing id, and waits for the frame that carries it. */
  async ask(request: object): Promise<Frame> {
    const all = { token: this.token, tracingId: randomUUID(), ...request };
    this.send(all);
    return this.next((frame) => frame.tracingId === all.tracingId);
  }

  configure(more: object = {}): Promise<Frame> {
    return this.ask({ action: 'configureSession', deploymentId: this.deploymentId, ...more });
  }

  signIn(jwt: string, more: object = {}): Promise<Frame> {
    const { deploymentId } = this;
    const data = { code: jwt };
    return this.ask({ action: 'configureAuthenticatedSession', deploymentId, data, ...more });
  }

  say(text: string, more: object = {}): Promise<Frame> {
    return this.ask({ action: 'onMessage', message: { type: 'Text', text, ...more } });
  }

  event(event: object, more: object = {}): Promise<Frame> {
    const message = { type: 'Event', events: [event] };
    return this.ask({ action: 'onMessage', message, ...more });
  }

  /** The next unread frame that fits; those before it count as read. Fails when the socket closes first. */
  async next(fits: (frame: Frame) => boolean, what = 'a frame'): Promise<Frame> {
    for (;;) {
      const index = this.#unread.findIndex(fits);
      const [found] = index < 0 ? [] : this.#unread.splice(0, index + 1).slice(-1);
      if (found) return found;
      assert.equal(this.closedWith, null, `closed before ${what} came`);
      await this.#change();
    }
  }

  nextOf(name: string): Promise<Frame> {
    return this.next((frame) => frame.class === name, name);
  }

  nextText(text: string): Promise<Frame> {
    return this.next((frame) => frame.body.text === text, JSON.stringify(text));
  }

  nextPresence(type: string): Promise<Frame> {
    return this.next((frame) => presenceOf(frame.body) === type, type);
  }

  async closed(): Promise<number> {
    while (this.closedWith === null) await this.#change();
    return this.closedWith;
  }

  /** Everything sent so far has been answered: the server answers a connection in order. */
  async settled(): Promise<void> {
    await this.ask({ action: 'getConfiguration' });
  }

  async close(): Promise<void> {
    if (this.socket.readyState === WebSocket.CLOSED) return;
    this.socket.close(1000);
    await this.closed();
  }

  #change(): Promise<void> {
    return new Promise((resolve) => this.#changed.push(resolve));
  }

  #wake(): void {
    for (const resolve of this.#changed.splice(0)) resolve();
  }
}

export function presenceOf({ events }: Body): string | undefined {
  const [event] = events ?? [];
  return event?.eventType === 'Presence' ? event.presence.type : undefined;
}

/** The HTTP status with which an upgrade is refused. */
export async function refusedUpgrade(url: string, options: ClientOptions): Promise<number> {
  const socket = new WebSocket(
    `${url.replace(/^http/, 'ws')}/v1?deploymentId=${options.deploymentId}`,
    options.origin === null ? {} : { origin: options.origin ?? 'https://shop.example' },
  );
  socket.on('error', () => {});
  const [, response] = await once(socket, 'unexpected-response');
  socket.terminate();
  return response.statusCode;
}

/** The rules of SPEC.md, "Frames". */
function readFrame(text: string): Frame {
  const raw: unknown = JSON.parse(text);
  checkNoNull(raw, '');
  assert.ok(known.Check(raw), `[GA11] unknown frame ${text}`);
  const { type, class: name, code, tracingId } = raw;
  const frame: Frame = {
    type,
    class: name,
    code: Number(code),
    ...(tracingId !== undefined && { tracingId }),
    ...(raw.class === 'string' ? { body: {}, error: raw.body } : { body: raw.body }),
  };
  checkFrame(frame);
  return frame;
}

function checkFrame(frame: Frame): void {
  assert.ok(Number.isInteger(frame.code), '[GA14] code is an integer');
  assert.ok(frame.body !== undefined, '[GA15] there is a body');
  if (frame.class === 'StructuredMessage') checkMessage(frame.body);
  if (frame.type === 'message') assert.equal(frame.code, 200, '[GA19] only answers carry errors');
}

/** The rules for the body of a StructuredMessage, live and in history. */
export function checkMessage(body: Body): void {
  assert.match(body.id ?? '', /^[0-9a-f]{32}$/, '[GA16] id');
  assert.match(body.channel?.time ?? '', /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/, '[GA16] time');
  for (const value of Object.values(body.metadata ?? {})) {
    assert.equal(typeof value, 'string', '[GA13] metadata are strings');
  }
}

export function checkNoNull(value: unknown, path: string): void {
  assert.notEqual(value, null, `[GA12] null at ${path}`);
  if (typeof value !== 'object' || value === null) return;
  for (const [name, member] of Object.entries(value)) checkNoNull(member, `${path}.${name}`);
}

import type { WebSocket } from 'ws';
import { newId } from '../../platform/index.ts';
import { Meter } from './rate-limits.ts';
import type { SessionRoom } from './session-room.ts';

/** A reader this far behind is cut off; it reads the history when it comes back (S05). */
const MAX_UNREAD_BYTES = 1024 * 1024;

/** What the handshake says of a client. */
export interface Admitted {
  deploymentId: string;
  device: string | undefined;
  promptsToSignIn: boolean;
}

/** One socket of a client. It belongs to nobody until it has configured a session. */
export class Connection {
  readonly socket: WebSocket;
  readonly deploymentId: string;
  /** What it runs on, as far as it says. */
  readonly device: string | undefined;
  /** It shows a prompt to sign in when the company asks for it. */
  readonly promptsToSignIn: boolean;
  /** What it has configured, and the token that it did it with: the only authority it has. */
  room: SessionRoom | null = null;
  token: string | null = null;
  /** A request is being answered; those behind it wait, so that answers keep the order. */
  busy = false;
  waiting: string[] | null = null;
  gone = false;
  readonly requests = new Meter();
  readonly healthChecks = new Meter();
  readonly refusals = new Meter();
  #id: string | undefined;

  constructor(socket: WebSocket, { deploymentId, device, promptsToSignIn }: Admitted) {
    this.socket = socket;
    this.deploymentId = deploymentId;
    this.device = device;
    this.promptsToSignIn = promptsToSignIn;
  }

  get id(): string {
    this.#id ??= newId();
    return this.#id;
  }

  send(frame: string): void {
    const { socket } = this;
    if (socket.readyState !== socket.OPEN) return;
    if (socket.bufferedAmount > MAX_UNREAD_BYTES) socket.terminate();
    else socket.send(frame);
  }

  /** A close frame tells mobile clients to stay away (Guest API §2.3). */
  close(code: number): void {
    this.socket.close(code);
  }
}

/** One socket: opens, sends, reads frames, notices when nobody answers any more. */
import type { Environment, SocketLike } from './environment.ts';
import { type Frame, readFrame } from './frames.ts';

/** The server allows two health checks a minute (Guest API, section 11). */
const HEARTBEAT_MS = 40_000;
const ANSWER_MS = 10_000;

export interface Connection {
  send(request: object): void;
  close(): void;
}

export interface ConnectionEvents {
  opened(): void;
  frame(frame: Frame): void;
  /** Once, whoever ended it; never after `close`. */
  lost(): void;
}

export function openConnection(
  url: string,
  environment: Environment,
  events: ConnectionEvents,
): Connection {
  const socket: SocketLike = environment.webSocket(url);
  let over = false;
  let cancelTimer = () => {};
  /** Its answer looks like a message of the customer's, and is none. */
  let heartbeat = '';

  socket.onopen = () => {
    events.opened();
    rest();
  };
  socket.onmessage = ({ data }) => {
    if (over) return;
    rest();
    const frame = readFrame(data);
    if (frame && (!heartbeat || frame.tracingId !== heartbeat)) events.frame(frame);
  };
  socket.onclose = lost;
  socket.onerror = lost;
  return {
    send: (request) => socket.send(JSON.stringify(request)),
    close() {
      end();
      socket.close(1000);
    },
  };

  /** Any frame shows that the other end is there; silence is asked about. */
  function rest(): void {
    cancelTimer();
    cancelTimer = environment.after(HEARTBEAT_MS, beat);
  }

  function beat(): void {
    const message = { type: 'Text', text: 'ping' };
    heartbeat = environment.uuid();
    socket.send(JSON.stringify({ action: 'echo', tracingId: heartbeat, message }));
    cancelTimer = environment.after(ANSWER_MS, () => {
      lost();
      socket.close();
    });
  }

  function lost(): void {
    if (over) return;
    end();
    events.lost();
  }

  function end(): void {
    over = true;
    cancelTimer();
  }
}

// The outside world of a transport, with a line that a test can cut.
import { WebSocket } from 'ws';
import { type Environment, type SocketLike, standardEnvironment } from '../src/index.ts';

export interface Line {
  environment: Environment;
  /** Frames of the server no longer arrive. */
  muteNext(): void;
  /** Resolves once the server has sent something that was not heard, and the line is cut. */
  cutAfterNextFrame(): Promise<void>;
}

export function cuttable(origin: string): Line {
  let current: WebSocket | null = null;
  let muted = false;
  let unheard = () => {};
  const heard = new Promise<void>((resolve) => {
    unheard = resolve;
  });
  return {
    environment: {
      ...standardEnvironment(),
      webSocket(url) {
        const socket = new WebSocket(url, { origin });
        const like: SocketLike = {
          onopen: null,
          onmessage: null,
          onclose: null,
          onerror: null,
          send: (data) => socket.readyState === socket.OPEN && socket.send(data),
          close: () => socket.terminate(),
        };
        socket.on('open', () => like.onopen?.());
        socket.on('close', () => like.onclose?.());
        socket.on('error', () => like.onerror?.());
        socket.on('message', (data) => {
          if (muted) unheard();
          else like.onmessage?.({ data: String(data) });
        });
        current = socket;
        return like;
      },
      // Nothing reconnects by itself within a test: `reconnectNow` does
      random: () => 1,
    },
    muteNext() {
      muted = true;
    },
    async cutAfterNextFrame() {
      await heard;
      muted = false;
      current?.terminate();
    },
  };
}

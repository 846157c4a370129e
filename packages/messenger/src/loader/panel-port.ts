/** The page's end of the line to the panel. */
import { HELLO, type ToPage, type ToPanel } from '../messages.ts';

export interface PanelPort {
  send(message: ToPanel): void;
  /** Has the panel carry out a command; loads it first. */
  call(name: string, data?: unknown): Promise<unknown>;
}

export function connectPanel(
  frame: HTMLIFrameElement,
  origin: string,
  load: () => void,
  receive: (message: ToPage, send: (message: ToPanel) => void) => void,
): PanelPort {
  const calls = new Map<number, (message: ToPage & { t: 'reply' }) => void>();
  const waiting: ToPanel[] = [];
  let port: MessagePort | null = null;
  let last = 0;
  const send = (message: ToPanel) => {
    if (port) port.postMessage(message);
    else waiting.push(message);
  };
  frame.onload = () => {
    const channel = new MessageChannel();
    port = channel.port1;
    port.onmessage = ({ data }: MessageEvent<ToPage>) => {
      if (data.t === 'reply') calls.get(data.id)?.(data);
      else receive(data, send);
    };
    frame.contentWindow?.postMessage(HELLO, origin, [channel.port2]);
    for (const message of waiting.splice(0)) send(message);
  };
  return {
    send,
    call(name, data) {
      load();
      return new Promise((resolve, reject) => {
        const id = ++last;
        calls.set(id, (reply) => (reply.ok ? resolve : reject)(reply.data));
        send({ t: 'call', id, name, data });
      });
    },
  };
}

/** The page's end of the line to the panel. */
import { HELLO, type ToPage, type ToPanel } from '../messages.ts';

export interface PanelPort {
  send(message: ToPanel): void;
  /** Has the panel carry out a command. */
  call(name: string, data?: unknown): Promise<unknown>;
}

export function connectPanel(
  frame: HTMLIFrameElement,
  origin: string,
  receive: (message: ToPage) => void,
): PanelPort {
  const calls: ((message: ToPage & { t: 'reply' }) => void)[] = [];
  const waiting: ToPanel[] = [];
  let port: MessagePort | undefined;
  const send = (message: ToPanel) => {
    if (port) port.postMessage(message);
    else waiting.push(message);
  };
  frame.onload = () => {
    const { port1, port2 } = new MessageChannel();
    port = port1;
    port.onmessage = ({ data }: MessageEvent<ToPage>) =>
      data.t === 'reply' ? calls[data.id]?.(data) : receive(data);
    frame.contentWindow?.postMessage(HELLO, origin, [port2]);
    waiting.splice(0).forEach(send);
  };
  return {
    send,
    call: (name, data) =>
      new Promise((resolve, reject) => {
        const id = calls.push((reply) => (reply.ok ? resolve : reject)(reply.data)) - 1;
        send({ t: 'call', id, name, data });
      }),
  };
}

/** The panel's end of the line to the page that embeds it. */
import { HELLO, type ProofFault, type ToPage, type ToPanel } from '../messages.ts';

/** A plugin of the site has as long as the client function (Omnichannel spec §1.5). */
const ANSWER_MS = 10_000;
/** The customer may have to find a password first. */
const SIGN_IN_MS = 600_000;

export interface PageLink {
  send(message: ToPage): void;
  event(plugin: string, name: string, data?: unknown): void;
  /** A command of the site's plugins, or its client function. Rejects with why there is no answer. */
  ask(name: string, data?: unknown): Promise<unknown>;
}

export interface PageEvents {
  shown(open: boolean): void;
  call(name: string, data: unknown): Promise<unknown>;
}

/**
 * Resolves once the page that frames us has introduced itself. Only our parent is listened to, and only
 * a genuine message (row X03); which pages may frame us at all is `frame-ancestors`.
 */
export function linkToPage(events: PageEvents): Promise<PageLink> {
  return new Promise((resolve) => {
    const hear = (event: MessageEvent) => {
      const [port] = event.ports;
      if (event.source !== window.parent || !event.isTrusted || event.data !== HELLO || !port)
        return;
      removeEventListener('message', hear);
      resolve(link(port, events));
    };
    addEventListener('message', hear);
  });
}

function link(port: MessagePort, events: PageEvents): PageLink {
  const asked = new Map<number, (answer: ToPanel & { t: 'answer' }) => void>();
  let last = 0;
  const send = (message: ToPage) => port.postMessage(message);
  port.onmessage = ({ data }: MessageEvent<ToPanel>) => {
    if (data.t === 'answer') asked.get(data.id)?.(data);
    else if (data.t === 'shown') events.shown(data.open === true);
    else if (data.t === 'call') {
      const reply = (ok: boolean) => (value: unknown) =>
        send({ t: 'reply', id: data.id, ok, data: ok ? value : textOf(value) });
      events.call(data.name, data.data).then(reply(true), reply(false));
    }
  };
  return {
    send,
    event: (plugin, name, data) => send({ t: 'event', plugin, name, data }),
    ask: (name, data) =>
      new Promise((resolve, reject) => {
        const id = ++last;
        const allowedMs = /signIn|reAuth/.test(name) ? SIGN_IN_MS : ANSWER_MS;
        setTimeout(() => reject('timeout' satisfies ProofFault), allowedMs);
        asked.set(id, (answer) => (answer.ok ? resolve : reject)(answer.data));
        send({ t: 'ask', id, name, data });
      }),
  };
}

const textOf = (value: unknown): string => (value instanceof Error ? value.message : `${value}`);

/**
 * The one script that a site trusts: takes over the global of the snippet, shows the launcher, and
 * loads the panel at the first click, or when the site itself asks for something that needs it.
 */
import type { ToPage } from '../messages.ts';
import { callClientFunction } from './client-function.ts';
import { createLauncher } from './launcher.ts';
import { createPageApi } from './page-api.ts';
import { connectPanel } from './panel-port.ts';

interface Global {
  (...args: unknown[]): void;
  q?: unknown[][];
  c?: { deploymentId: string };
}
type Handlers = { [T in ToPage['t']]?: (message: Extract<ToPage, { t: T }>) => void };

const OPEN_KEY = 'countersign-chat';

const page = window as unknown as Record<string, Global | string | undefined>;
const name = page._countersign as string;
const stub = page[name] as Global | undefined;
// Loaded a second time, there is no snippet's stub any more
if (stub?.c) start(stub, stub.c.deploymentId);

function start(queued: Global, deploymentId: string): void {
  const base = new URL((document.currentScript as HTMLScriptElement).src).origin;
  const api = createPageApi((command, data) => {
    launcher.load();
    return panel.call(command, data);
  });
  const { plugin } = api;
  const messenger = plugin('Messenger');
  const launcher = createLauncher(`${base}/messenger/${deploymentId}`, (open) => {
    panel.send({ t: 'shown', open });
    memory(open ? '1' : '');
    messenger.publish(open ? 'opened' : 'closed');
  });
  const handlers: Handlers = {
    close: () => launcher.toggle(false),
    unread: (message) => launcher.unread(message.count),
    look: (message) => launcher.look(message.color, message.on),
    event: (event) => plugin(event.plugin).publish(event.name, event.data),
    ask({ id, name: what, data }) {
      const reply = (ok: boolean) => (answer: unknown) =>
        panel.send({ t: 'answer', id, ok, data: plain(answer) });
      const asked =
        what === 'function' ? callClientFunction(data as string) : api.command(what, data);
      asked.then(reply(true), reply(false));
    },
  };
  const panel = connectPanel(launcher.frame, base, (message) =>
    (handlers[message.t] as ((message: ToPage) => void) | undefined)?.(message),
  );

  messenger.registerCommand('open', ({ resolve }) => resolve(launcher.toggle(true)));
  messenger.registerCommand('close', ({ resolve }) => resolve(launcher.toggle(false)));
  messenger.ready();
  plugin('Auth').ready();
  page[name] = api.run;
  // Each by itself: what one part of the site does wrong stops no other
  queued.q?.forEach((args) => {
    queueMicrotask(() => api.run(...args));
  });
  if (memory()) queueMicrotask(() => launcher.toggle(true));
}

/** What can cross to the panel: an Error becomes its message, functions and the like are left out. */
function plain(data: unknown): unknown {
  return data instanceof Error ? data.message : data && JSON.parse(JSON.stringify(data));
}

/** `1` while the panel is open in this tab, across page loads; where storage is blocked it starts closed. */
function memory(value?: string): unknown {
  try {
    if (value !== undefined) sessionStorage[OPEN_KEY] = value;
    return sessionStorage[OPEN_KEY];
  } catch {}
}

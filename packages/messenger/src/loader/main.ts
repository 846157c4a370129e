/**
 * The one script that a site trusts: takes over the global of the snippet, shows the launcher, and
 * loads the panel at the first click. Nothing else is loaded before.
 */
import type { ToPage, ToPanel } from '../messages.ts';
import { callClientFunction } from './client-function.ts';
import { createLauncher, type Launcher } from './launcher.ts';
import { createPageApi, type PageApi } from './page-api.ts';
import { connectPanel, type PanelPort } from './panel-port.ts';

type Global = ((...args: unknown[]) => void) & {
  q?: ArrayLike<unknown>[];
  c?: { deploymentId: string; url?: string };
  loaded?: boolean;
};

/** Commands that the panel carries out, by plugin. */
const FORWARDED = {
  Auth: ['getTokens', 'refreshToken', 'reAuthenticate', 'logout'],
  MessagingService: ['sendMessage', 'clearConversation', 'resetConversation'],
  Database: ['set'],
};
const OPEN_KEY = 'countersign:open';

const script = document.currentScript as HTMLScriptElement | null;
const page = window as unknown as Record<string, unknown>;
const name = `${page._countersign ?? 'Countersign'}`;
const global = page[name] as Global | undefined;
if (global?.c && !global.loaded) start(global, global.c);

function start(queued: Global, options: NonNullable<Global['c']>): void {
  const base = options.url ?? new URL(script?.src ?? location.href).origin;
  const api = createPageApi();
  const launcher = createLauncher(`${base}/messenger/${options.deploymentId}`, toggled);
  const panel = connectPanel(launcher.frame, base, () => launcher.load(), receive);
  registerPlugins(api, launcher, panel);

  const run: Global = (...args) => api.run(args);
  run.loaded = true;
  page[name] = run;
  for (const args of queued.q ?? []) api.run(args);
  if (remembered()) launcher.toggle(true);

  function toggled(open: boolean): void {
    panel.send({ t: 'shown', open });
    remember(open);
    api.plugin('Messenger').publish(open ? 'opened' : 'closed');
  }

  function receive(message: ToPage, send: (message: ToPanel) => void): void {
    if (message.t === 'close') launcher.toggle(false);
    else if (message.t === 'unread') launcher.unread(message.count);
    else if (message.t === 'look') launcher.look(message.color, message.on);
    else if (message.t === 'event') publish(message.name, message.data);
    else if (message.t === 'ask') {
      const { id } = message;
      const reply = (ok: boolean) => (data: unknown) =>
        send({ t: 'answer', id, ok, data: plain(data) });
      ask(message.name, message.data).then(reply(true), reply(false));
    }
  }

  function ask(what: string, data: unknown): Promise<unknown> {
    return what === 'function' ? callClientFunction(`${data}`, window) : api.command(what, data);
  }

  function publish(event: string, data: unknown): void {
    const [plugin = '', ...rest] = event.split('.');
    api.plugin(plugin).publish(rest.join('.'), data);
  }
}

function registerPlugins(api: PageApi, launcher: Launcher, panel: PanelPort): void {
  const messenger = api.plugin('Messenger');
  for (const open of [true, false]) {
    messenger.registerCommand(open ? 'open' : 'close', ({ resolve }) => {
      launcher.toggle(open);
      resolve();
    });
    api.plugin('Launcher').registerCommand(open ? 'show' : 'hide', ({ resolve }) => {
      launcher.visible(open);
      resolve();
    });
  }
  for (const [plugin, commands] of Object.entries(FORWARDED)) {
    for (const command of commands) {
      api.plugin(plugin).registerCommand(command, ({ data, resolve, reject }) => {
        panel.call(`${plugin}.${command}`, data).then(resolve, reject);
      });
    }
    api.plugin(plugin).ready();
  }
  messenger.ready();
}

/** What can cross a MessagePort: an Error becomes its message, anything odd becomes text. */
function plain(data: unknown): unknown {
  if (data instanceof Error) return data.message;
  return typeof data === 'object' ? JSON.parse(JSON.stringify(data)) : data;
}

function remember(open: boolean): void {
  try {
    if (open) sessionStorage.setItem(OPEN_KEY, '1');
    else sessionStorage.removeItem(OPEN_KEY);
  } catch {
    // Storage is blocked here: the panel stays closed after a reload
  }
}

function remembered(): boolean {
  try {
    return sessionStorage.getItem(OPEN_KEY) !== null;
  } catch {
    return false;
  }
}

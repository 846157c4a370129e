/**
 * The page's one messenger. It is there before it is started and wherever it is imported, on a server too: what
 * is asked of it early waits, and frameworks that mount a component twice start it once.
 */
import { provideFunction, type TokenCallback } from './client-function.ts';
import type { AuthProvider, MessengerOptions } from './options.ts';
import {
  baseOf,
  loadLoader,
  type Plugin,
  registerPlugin,
  runCommand,
  subscribe,
} from './page-api.ts';

/** A new object with each change. */
export interface MessengerState {
  /** The launcher is there. */
  readonly isReady: boolean;
  readonly isOpen: boolean;
  /** Messages since the customer last looked. */
  readonly unread: number;
  /** The name of whom the chat is with; null: a guest, or not known before the chat is opened. */
  readonly signedInAs: string | null;
  /** Why there is no messenger, for developers. */
  readonly problem: string | null;
}

export interface PageMessenger {
  readonly state: MessengerState;
  /** Shows the launcher, and loads what it needs the first time. Only in a browser. */
  start(options: MessengerOptions): void;
  /** Closes the chat and hides the launcher; a later `start` shows it again, with all that was said. */
  stop(): void;
  /** Calls `changed` after every change of `state`, until the returned function is called. */
  subscribe(changed: () => void): () => void;
  open(): Promise<void>;
  close(): Promise<void>;
  /** Signs the customer in to the chat without a word: after they have signed in to your site. */
  signIn(): Promise<void>;
  /** Wipes the chat in all tabs and ends the sign-in on all devices: before they sign out of your site. */
  signOut(): Promise<void>;
  /** Facts that nobody signed, for the next message. */
  setFacts(facts: Readonly<Record<string, string>>): Promise<void>;
  /** Any other command of the page API. */
  command(name: string, options?: unknown): Promise<unknown>;
  /** Any event of the page API, such as `Auth.authError`; from the start on. */
  on(event: string, listener: (data: unknown) => void): () => void;
}

const CLIENT_FUNCTION = 'auth.getAuthenticationToken';

const NOTHING: MessengerState = {
  isReady: false,
  isOpen: false,
  unread: 0,
  signedInAs: null,
  problem: null,
};

function createMessenger(): PageMessenger {
  let state = NOTHING;
  let options: MessengerOptions | null = null;
  let isShown = true;
  const watchers = new Set<() => void>();
  const listeners = new Map<string, Set<(data: unknown) => void>>();
  const waiting: (() => void)[] = [];

  const become = (change: Partial<MessengerState>) => {
    state = { ...state, ...change };
    for (const watcher of watchers) watcher();
  };

  const whenStarted = (run: () => void) => {
    if (options) run();
    else waiting.push(run);
  };

  const command = (name: string, data: unknown = {}): Promise<unknown> =>
    new Promise((resolve, reject) => {
      whenStarted(() => runCommand(name, data).then(resolve, reject));
    });
  const done = async (name: string, data?: unknown): Promise<void> => {
    await command(name, data);
  };

  const on = (event: string, listener: (data: unknown) => void) => {
    const those = listeners.get(event) ?? new Set();
    if (!listeners.has(event))
      whenStarted(() =>
        subscribe(event, ({ data }) => {
          for (const told of [...those]) told(data);
        }),
      );
    listeners.set(event, those.add(listener));
    return () => void those.delete(listener);
  };

  /** The newest functions are the ones that are asked. */
  const provide = ({
    getToken,
    clientFunction = CLIENT_FUNCTION,
    authProvider,
  }: MessengerOptions) => {
    const ask = answerWith(() => options?.getToken);
    if (getToken) provideFunction(clientFunction, ask);
    const plugin = pluginOf(() => options?.authProvider);
    if (authProvider) registerPlugin('AuthProvider', plugin);
  };

  const fail = (problem: string) => {
    console.error(problem);
    become({ problem });
  };

  const begin = (given: MessengerOptions) => {
    options = given;
    loadLoader(given, fail);
    provide(given);
    for (const run of waiting.splice(0)) run();
  };

  const show = (shown: boolean) => {
    isShown = shown;
    // The launcher stands in an element of this name
    for (const host of document.querySelectorAll<HTMLElement>('countersign-chat'))
      host.hidden = !shown;
  };

  on('Messenger.ready', () => {
    show(isShown);
    become({ isReady: true });
  });
  on('Messenger.opened', () => become({ isOpen: true, unread: 0 }));
  on('Messenger.closed', () => become({ isOpen: false }));
  on('Messenger.unread', (data) => become({ unread: numberIn(data, 'count') }));
  on('Auth.person', (data) => become({ signedInAs: textIn(data, 'name') }));

  return {
    get state() {
      return state;
    },
    start(given) {
      if (options === null) begin(given);
      else if (isSamePlace(options, given)) options = given;
      else
        fail(
          'A page has one messenger, and this one was started with another `nodeUrl` or `deploymentId`: load the page anew to change it.',
        );
      show(true);
    },
    stop() {
      if (state.isOpen) void done('Messenger.close');
      show(false);
    },
    subscribe(changed) {
      watchers.add(changed);
      return () => void watchers.delete(changed);
    },
    open: () => done('Messenger.open'),
    close: () => done('Messenger.close'),
    signIn: () => done('Auth.getTokens'),
    signOut: () => done('Auth.logout'),
    setFacts: (facts) => done('Database.set', { messaging: { customAttributes: facts } }),
    command,
    on,
  };
}

export const messenger: PageMessenger = createMessenger();

/** The newest function is called: a component may bring another one with each rendering. */
const answerWith =
  (getToken: () => MessengerOptions['getToken']) =>
  (callback: TokenCallback): void => {
    void Promise.resolve()
      .then(() => getToken()?.() ?? null)
      .catch((cause: unknown) => {
        console.error('The messenger got no token:', cause);
        return null;
      })
      .then(callback);
  };

const pluginOf = (current: () => AuthProvider | undefined) => (plugin: Plugin) => {
  const answers = {
    getAuthCode: () => current()?.getAuthCode(),
    reAuthenticate: () => (current()?.reAuthenticate ?? current()?.getAuthCode)?.(),
    signIn: () => (current()?.signIn ?? current()?.reAuthenticate ?? current()?.getAuthCode)?.(),
  };
  for (const [name, answer] of Object.entries(answers))
    plugin.registerCommand(name, ({ resolve, reject }) => {
      Promise.resolve().then(answer).then(resolve, reject);
    });
  plugin.ready();
};

const isSamePlace = (a: MessengerOptions, b: MessengerOptions): boolean =>
  baseOf(a) === baseOf(b) && a.deploymentId === b.deploymentId;

const valueIn = (data: unknown, name: string): unknown =>
  typeof data === 'object' && data !== null ? Reflect.get(data, name) : undefined;

function numberIn(data: unknown, name: string): number {
  const value = valueIn(data, name);
  return typeof value === 'number' ? value : 0;
}

function textIn(data: unknown, name: string): string | null {
  const value = valueIn(data, name);
  return typeof value === 'string' ? value : null;
}

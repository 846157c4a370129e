/**
 * The page API (Guest API spec §14.2): commands, events, plugins. Small, because every visitor of the
 * site loads it.
 */
export type Resolve = (value?: unknown) => void;
type Command = (event: { data: unknown; resolve: Resolve; reject: Resolve }) => void;
type Listener = (envelope: object) => void;
type Run = (name: string, options?: unknown) => Promise<unknown>;

/** What a plugin's function gets. */
export interface Plugin {
  registerCommand(name: string, command: Command): void;
  command: Run;
  subscribe(event: string, listener: Listener): void;
  unsubscribe(event: string, listener: Listener): void;
  publish(event: string, data?: unknown): void;
  republish(event: string): void;
  data(key: string, value?: unknown): unknown;
  ready(): void;
}

export interface PageApi {
  run(...args: unknown[]): void;
  plugin(name: string): Plugin;
  command: Run;
}

/** `elsewhere` carries out the commands that no plugin of the page has. */
export function createPageApi(elsewhere: Run): PageApi {
  const commands = new Map<string, Command>();
  const listeners = new Map<string, Set<Listener>>();
  /** The last `ready` of each plugin; and, under names without a dot, which plugins there are. */
  const kept = new Map<string, object>();

  const command: Run = (name, data) => {
    const found = commands.get(name);
    if (!found) return elsewhere(name, data);
    return new Promise((resolve, reject) => found({ data, resolve, reject }));
  };

  const deliver = (listener: Listener, envelope: object) =>
    queueMicrotask(() => listener(envelope));

  const subscribe = (name: string, listener: Listener) => {
    listeners.set(name, (listeners.get(name) ?? new Set()).add(listener));
    const before = kept.get(name);
    if (before) deliver(listener, before);
  };

  const plugin = (publisher: string): Plugin => {
    const data: Record<string, unknown> = {};
    const publish = (event: string, value?: unknown) => {
      const eventName = `${publisher}.${event}`;
      // `signedIn` and `signInFailed`: what the site's own sign-in came to
      if (/^AuthProvider.s/.test(eventName)) void elsewhere(eventName, value);
      const envelope = { time: Date.now(), publisher, event, data: value };
      // Told again to whoever subscribes later, without `eventName`
      if (event === 'ready') kept.set(eventName, envelope);
      listeners.get(eventName)?.forEach((listener) => {
        deliver(listener, { ...envelope, eventName });
      });
    };
    return {
      registerCommand: (name, run) => void commands.set(`${publisher}.${name}`, run),
      command,
      subscribe,
      unsubscribe: (event, listener) => void listeners.get(event)?.delete(listener),
      publish,
      republish: publish,
      data(key, value = data[key]) {
        data[key] = value;
        return value;
      },
      ready: () => publish('ready'),
    };
  };

  const api: PageApi = {
    plugin,
    command,
    run(kind, name, first, ...rest) {
      const subject = name as string;
      if (kind === 'subscribe') subscribe(subject, first as Listener);
      else if (kind === 'registerPlugin') {
        if (kept.has(subject)) throw kind;
        kept.set(subject, api);
        (first as (plugin: Plugin) => void)(plugin(subject));
      } else if (kind === 'command') {
        // Options may be left out: then the functions come first
        if (typeof first === 'function') rest.unshift(first);
        const [resolve, reject = () => {}] = rest as Resolve[];
        command(subject, typeof first === 'function' ? undefined : first).then(resolve, reject);
      }
    },
  };
  return api;
}

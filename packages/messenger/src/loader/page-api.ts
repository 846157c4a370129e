/**
 * The page API (Guest API spec §14.2): commands, events, plugins. Small, because every visitor of the
 * site loads it.
 */
export type Resolve = (value?: unknown) => void;
type Command = (event: { data: unknown; resolve: Resolve; reject: Resolve }) => void;
type Listener = (envelope: object) => void;

/** What a plugin's function gets. */
export interface Plugin {
  registerCommand(name: string, command: Command): void;
  command(name: string, options?: unknown): Promise<unknown>;
  subscribe(event: string, listener: Listener): void;
  unsubscribe(event: string, listener: Listener): void;
  publish(event: string, data?: unknown): void;
  republish(event: string): void;
  data(key: string, value?: unknown): unknown;
  ready(): void;
}

export interface PageApi {
  run(args: ArrayLike<unknown>): void;
  plugin(name: string): Plugin;
  command(name: string, options?: unknown): Promise<unknown>;
}

export function createPageApi(): PageApi {
  const commands = new Map<string, Command>();
  const listeners = new Map<string, Set<Listener>>();
  const kept = new Map<string, object>();
  const plugins = new Set<string>();

  const command = (name: string, data?: unknown) =>
    new Promise<unknown>((resolve, reject) => {
      const found = commands.get(name);
      if (found) found({ data, resolve, reject });
      else reject(Error(`There is no command ${name}.`));
    });

  const deliver = (listener: Listener, envelope: object) =>
    queueMicrotask(() => listener(envelope));

  const subscribe = (name: string, listener: Listener) => {
    const set = listeners.get(name) ?? new Set();
    listeners.set(name, set.add(listener));
    const before = kept.get(name);
    if (before) deliver(listener, before);
  };

  const plugin = (publisher: string): Plugin => {
    const data = new Map<string, unknown>();
    const publish = (event: string, value?: unknown) => {
      const name = `${publisher}.${event}`;
      const envelope = { time: Date.now(), publisher, event, data: value };
      // Told again to whoever subscribes later, without `eventName`
      if (/^(ready|started|restor(ing|ed))$/.test(event)) kept.set(name, envelope);
      for (const listener of listeners.get(name) ?? []) {
        deliver(listener, { ...envelope, eventName: name });
      }
    };
    return {
      registerCommand: (name, run) => void commands.set(`${publisher}.${name}`, run),
      command,
      subscribe,
      unsubscribe: (event, listener) => void listeners.get(event)?.delete(listener),
      publish,
      republish: (event) => publish(event),
      data: (key, ...value) =>
        value.length > 0 ? data.set(key, value[0]) && value[0] : data.get(key),
      ready: () => publish('ready'),
    };
  };

  const register = (name: string, install: (plugin: Plugin) => void) => {
    if (plugins.has(name)) throw Error(`The plugin ${name} is registered already.`);
    plugins.add(name);
    install(plugin(name));
  };

  const run = (args: ArrayLike<unknown>) => {
    const [kind, name, ...rest] = Array.from(args);
    if (kind === 'subscribe') subscribe(`${name}`, rest[0] as Listener);
    else if (kind === 'registerPlugin') register(`${name}`, rest[0] as (plugin: Plugin) => void);
    else if (kind === 'command') {
      if (typeof rest[0] === 'function') rest.unshift(undefined);
      const [options, resolve, reject] = rest as [unknown, Resolve?, Resolve?];
      command(`${name}`, options).then(resolve, reject ?? (() => {}));
    }
  };
  return { run, plugin, command };
}

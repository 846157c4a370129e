/** The page API as the snippet leaves it on a site (Guest API spec §14.1), and the loader that takes it over. */
import type { Plugin } from '../loader/page-api.ts';

export interface EventEnvelope {
  data?: unknown;
}

export interface PageApi {
  command(name: string): Promise<unknown>;
  subscribe(event: string, listener: (envelope: EventEnvelope) => void): void;
  registerPlugin(name: string, set: (plugin: Plugin) => void): void;
}

type Call = (...args: unknown[]) => void;

const NAME = 'Countersign';

/** Puts the messenger on this page as a snippet does. */
export function putMessenger(deploymentId: string): PageApi {
  const queue: unknown[][] = [];
  const stub: Call = (...args) => void queue.push(args);
  // Under an address of its own the panel may stand on this page, whatever sites the deployment allows
  Object.assign(stub, { q: queue, t: Date.now(), c: { deploymentId: `${deploymentId}?try` } });
  Object.assign(window, { _countersign: NAME, [NAME]: stub });
  const script = document.createElement('script');
  script.src = '/messenger/loader.js';
  document.head.append(script);
  // The loader puts its own function in place of the stub
  const call: Call = (...args) => {
    const current: unknown = Reflect.get(window, NAME);
    if (typeof current === 'function') current(...args);
  };
  return {
    command: (name) => new Promise((resolve, reject) => call('command', name, {}, resolve, reject)),
    subscribe: (event, listener) => call('subscribe', event, listener),
    registerPlugin: (name, set) => call('registerPlugin', name, set),
  };
}

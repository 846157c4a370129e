/** The global function of the snippet: until the loader takes it over it keeps what it is told. */
import type { MessengerOptions } from './options.ts';

export interface Envelope {
  time: number;
  publisher: string;
  event: string;
  data: unknown;
}

export interface Plugin {
  registerCommand(
    name: string,
    run: (call: {
      data: unknown;
      resolve: (value?: unknown) => void;
      reject: (reason?: unknown) => void;
    }) => void,
  ): void;
  ready(): void;
}

interface PageApi {
  (...call: unknown[]): void;
  q?: unknown[][];
  t?: number;
  c?: { deploymentId: string };
}

declare global {
  interface Window {
    _countersign?: string;
    Countersign?: PageApi;
  }
}

export function runCommand(name: string, options: unknown): Promise<unknown> {
  return new Promise((resolve, reject) => {
    const refused = (reason: unknown) =>
      reject(reason instanceof Error ? reason : new Error(`${name}: ${reason}`));
    window.Countersign?.('command', name, options, resolve, refused);
  });
}

export function subscribe(event: string, listener: (envelope: Envelope) => void): void {
  window.Countersign?.('subscribe', event, listener);
}

export function registerPlugin(name: string, start: (plugin: Plugin) => void): void {
  window.Countersign?.('registerPlugin', name, start);
}

/**
 * What the snippet does; nothing where the page has the snippet. When the loader does not come, `failed` is
 * told why, and every command is refused with the same words.
 */
export function loadLoader(options: MessengerOptions, failed: (problem: string) => void): void {
  if (window.Countersign) return;
  const { deploymentId, integrity, nonce } = options;
  const base = baseOf(options);
  const kept: unknown[][] = [];
  window._countersign = 'Countersign';
  window.Countersign = Object.assign((...call: unknown[]) => void kept.push(call), {
    q: kept,
    t: Date.now(),
    c: { deploymentId },
  });
  const script = document.createElement('script');
  script.async = true;
  script.src = `${base}/messenger/loader.js`;
  script.crossOrigin = 'anonymous';
  if (integrity) script.integrity = integrity;
  if (nonce) script.nonce = nonce;
  script.onerror = () => {
    const problem = `The messenger could not be loaded from ${base}: is the node there, does the page’s policy allow script-src ${base}, and does \`integrity\` belong to this release?`;
    const refuse = (kind?: unknown, ...rest: unknown[]) => {
      const refused = rest.at(-1);
      if (kind === 'command' && typeof refused === 'function') refused(new Error(problem));
    };
    window.Countersign = refuse;
    for (const call of kept) refuse(...call);
    failed(problem);
  };
  document.head.append(script);
}

export const baseOf = ({ nodeUrl }: MessengerOptions): string => nodeUrl.replace(/\/+$/, '');

/** The only file that loads undici: a node that asks nobody does without its memory. */
import { lookup as resolve } from 'node:dns';
import type { LookupFunction } from 'node:net';
import { Agent, buildConnector, type Dispatcher, request } from 'undici';
import { type AllowedHosts, bracketed, checkAddress } from './outbound-guard.ts';

export interface OutboundAgent {
  send(
    url: URL,
    options: Omit<Dispatcher.RequestOptions, 'origin' | 'path'>,
  ): Promise<Dispatcher.ResponseData>;
  close(): Promise<void>;
}

const CONNECTIONS_PER_ORIGIN = 8;

/** Connects as `guardedConnector` says; does not follow redirects. */
export function openAgent(allowed: AllowedHosts, timeoutMs: number): OutboundAgent {
  const dispatcher = new Agent({
    connect: guardedConnector(allowed, timeoutMs),
    connections: CONNECTIONS_PER_ORIGIN,
    allowH2: false,
  });
  return {
    send: (url, options) => request(url, { ...options, dispatcher }),
    close: () => dispatcher.destroy(),
  };
}

/** Connects only where every address behind the name may be used, and to one of those just checked. */
function guardedConnector(allowed: AllowedHosts, timeoutMs: number): buildConnector.connector {
  const open = buildConnector({ timeout: timeoutMs });
  const guarded = buildConnector({ timeout: timeoutMs, lookup: guardedLookup });
  return (options, callback) => {
    const port = options.port || (options.protocol === 'https:' ? '443' : '80');
    const host = options.hostname.includes(':') ? bracketed(options.hostname) : options.hostname;
    const connect = allowed.has(`${host}:${port}`) ? open : guarded;
    connect(options, callback);
  };
}

const guardedLookup: LookupFunction = (hostname, options, callback) => {
  resolve(hostname, { ...options, all: true }, (error, addresses) => {
    if (error) return callback(error, '');
    try {
      for (const { address } of addresses) checkAddress(hostname, address);
    } catch (fault) {
      return callback(fault instanceof Error ? fault : new Error('refused'), '');
    }
    if (options.all) return callback(null, addresses);
    const [first] = addresses;
    if (first === undefined) return callback(new Error('no address'), '');
    callback(null, first.address, first.family);
  });
};

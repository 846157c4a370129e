/** Where the node may send requests: what is checked in the URL, and what on the address behind it. */
import { lookup as resolve } from 'node:dns';
import type { LookupFunction } from 'node:net';
import ipaddr from 'ipaddr.js';
import { buildConnector } from 'undici';
import { Fault } from './fault.ts';
import { isPublicAddress } from './public-address.ts';

/** `host:port` in lower case, IPv6 in brackets, as a parsed URL has them. */
export type AllowedHosts = ReadonlySet<string>;

export function parseHostList(entries: string[]): AllowedHosts {
  return new Set(entries.map((entry) => hostAndPort(new URL(`https://${entry}`))));
}

/**
 * A URL that may be tried: https, or http to an allowed host; no user and password in it; and when its
 * host is an address (in any spelling that URLs know: decimal, hexadecimal, short), one that may be used.
 * Throws `Fault` `outbound_insecure` or `outbound_address`.
 */
export function checkTarget(target: string, allowed: AllowedHosts): URL {
  const url = URL.parse(target);
  if (url === null) throw refused('this', 'is not a URL');
  if (url.protocol !== 'https:' && url.protocol !== 'http:') throw insecure(url);
  if (url.username !== '' || url.password !== '') throw refused(url.host, 'is named with a user');
  if (allowed.has(hostAndPort(url))) return url;
  if (url.protocol === 'http:') throw insecure(url);
  const literal = url.hostname.replace(/^\[|\]$/g, '');
  if (ipaddr.isValid(literal)) checkAddress(url.host, literal);
  return url;
}

/** Connects only where every address behind the name may be used, and to one of those just checked. */
export function guardedConnector(
  allowed: AllowedHosts,
  timeoutMs: number,
): buildConnector.connector {
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

function checkAddress(host: string, address: string): void {
  if (!isPublicAddress(address)) throw refused(host, 'is on a private or reserved address');
}

const hostAndPort = ({ hostname, port, protocol }: URL): string =>
  `${hostname}:${port || (protocol === 'https:' ? '443' : '80')}`;

const bracketed = (host: string): string => (host.startsWith('[') ? host : `[${host}]`);

const refused = (host: string, why: string): Fault =>
  new Fault(
    'outbound_address',
    502,
    `No request is sent: ${host} ${why}. COUNTERSIGN_ALLOW_PRIVATE_HOSTS lists the hosts that may be private.`,
  );

const insecure = (url: URL): Fault =>
  new Fault(
    'outbound_insecure',
    502,
    `No request is sent to ${url.host || 'it'} over ${url.protocol.slice(0, -1)}: https is needed.`,
  );

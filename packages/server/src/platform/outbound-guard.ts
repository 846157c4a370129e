/** Where the node may send requests: what is checked in the URL, and what on the address behind it. */
import ipaddr from 'ipaddr.js';
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

/** Throws `Fault` `outbound_address` when `host` stands for an address that is not to be used. */
export function checkAddress(host: string, address: string): void {
  if (!isPublicAddress(address)) throw refused(host, 'is on a private or reserved address');
}

const hostAndPort = ({ hostname, port, protocol }: URL): string =>
  `${hostname}:${port || (protocol === 'https:' ? '443' : '80')}`;

export const bracketed = (host: string): string => (host.startsWith('[') ? host : `[${host}]`);

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

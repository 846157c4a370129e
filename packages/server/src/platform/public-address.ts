import ipaddr from 'ipaddr.js';

/**
 * Whether an address is one of the public internet: not private, loopback, link-local, shared,
 * reserved, multicast or unspecified (IANA special-purpose registries, RFC 6890). An IPv4 address
 * inside an IPv6 one (mapped, or NAT64 of RFC 6052) is judged as the IPv4 address that it reaches.
 */
export function isPublicAddress(text: string): boolean {
  if (!ipaddr.isValid(text)) return false;
  const address = ipaddr.process(text);
  if (address instanceof ipaddr.IPv6 && address.range() === 'rfc6052') {
    return isPublicAddress(address.toByteArray().slice(12).join('.'));
  }
  return address.range() === 'unicast';
}

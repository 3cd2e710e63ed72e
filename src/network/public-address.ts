import ipaddr from 'ipaddr.js';

const GLOBAL_UNICAST_V6 = ipaddr.IPv6.parseCIDR('2000::/3');

/** Public by its number, yet answered by the machine's own cloud host. */
const CLOUD_HOST_ADDRESSES = new Set(['168.63.129.16']);

/**
 * Whether an address belongs to the public internet: IPv4 global unicast, or IPv6 in 2000::/3 outside every
 * special range. Forms that carry an IPv4 address (mapped, 6to4, Teredo, NAT64) are never public here, since
 * what they reach is decided elsewhere.
 * @param address one IP address in its usual spelling, without brackets; anything else is not public
 * @see https://www.iana.org/assignments/iana-ipv6-special-registry/
 */
export function isPublicAddress(address: string): boolean {
  if (ipaddr.IPv4.isValidFourPartDecimal(address))
    return ipaddr.IPv4.parse(address).range() === 'unicast' && !CLOUD_HOST_ADDRESSES.has(address);
  if (!ipaddr.IPv6.isValid(address) || address.includes('%')) return false;
  const parsed = ipaddr.IPv6.parse(address);
  // ipaddr.js calls everything unlisted «unicast», `::7f00:1` too: hence the positive range first.
  return parsed.match(GLOBAL_UNICAST_V6) && parsed.range() === 'unicast';
}

import ipaddr from 'ipaddr.js';

/**
 * Kinds of addresses that are not public: stand-ins of a fake-ip proxy; a NAT64 prefix of this network alone;
 * this machine; a private network; other special addresses that no host of the web has.
 */
export const REFUSED_KINDS = ['stand_in', 'local_nat64', 'this_machine', 'intranet', 'special'] as const;
/** One kind of address that is not public. */
export type RefusedKind = (typeof REFUSED_KINDS)[number];
/** The kind of an address. */
export type AddressKind = 'public' | RefusedKind;

const GLOBAL_UNICAST_V6 = ipaddr.IPv6.parseCIDR('2000::/3');
/** Holds an IPv4 address in the last 32 bits. @see https://www.rfc-editor.org/rfc/rfc6052#section-2.1 */
const NAT64 = ipaddr.IPv6.parseCIDR('64:ff9b::/96');
/** @see https://www.rfc-editor.org/rfc/rfc8215 */
const LOCAL_NAT64 = ipaddr.IPv6.parseCIDR('64:ff9b:1::/48');
/** Reserved for benchmarks, and used by proxies that answer every name with an address of their own. */
const STAND_INS_V4 = ipaddr.IPv4.parseCIDR('198.18.0.0/15');
/** The half of the private addresses that nobody assigns, used by the same proxies. */
const STAND_INS_V6 = ipaddr.IPv6.parseCIDR('fc00::/18');

const KIND_OF_RANGE: Readonly<Record<string, AddressKind>> = {
  unspecified: 'this_machine',
  loopback: 'this_machine',
  private: 'intranet',
  carrierGradeNat: 'intranet',
  linkLocal: 'intranet',
  uniqueLocal: 'intranet',
};

/** A public number, but answered by the machine's own cloud host. */
const CLOUD_HOST_ADDRESSES = new Set(['168.63.129.16']);

/**
 * Tells the kind of an address. Public are IPv4 global unicast, IPv6 in 2000::/3 outside every special range,
 * and a public IPv4 address behind the well-known prefix of NAT64. An IPv4 address in another form
 * (mapped, 6to4, Teredo) is not public, since its route is decided elsewhere.
 * @param address one IP address in its usual spelling, without brackets; anything else is special
 * @see https://www.iana.org/assignments/iana-ipv6-special-registry/
 */
export function kindOfAddress(address: string): AddressKind {
  if (ipaddr.IPv4.isValidFourPartDecimal(address)) return kindOfV4(ipaddr.IPv4.parse(address));
  if (!ipaddr.IPv6.isValid(address) || address.includes('%')) return 'special';
  return kindOfV6(ipaddr.IPv6.parse(address));
}

/** Whether an address belongs to the public internet, see `kindOfAddress`. */
export function isPublicAddress(address: string): boolean {
  return kindOfAddress(address) === 'public';
}

function kindOfV4(address: ipaddr.IPv4): AddressKind {
  if (address.match(STAND_INS_V4)) return 'stand_in';
  if (CLOUD_HOST_ADDRESSES.has(address.toString())) return 'special';
  return kindOfRange(address.range());
}

function kindOfV6(address: ipaddr.IPv6): AddressKind {
  if (address.match(NAT64)) return kindBehindNat64(address);
  if (address.match(LOCAL_NAT64)) return 'local_nat64';
  if (address.match(STAND_INS_V6)) return 'stand_in';
  const kind = kindOfRange(address.range());
  // ipaddr.js calls everything unlisted "unicast", even `::7f00:1`: hence the positive range.
  return kind === 'public' && !address.match(GLOBAL_UNICAST_V6) ? 'special' : kind;
}

/** A stand-in counts only if the proxy that gave it is reached directly. */
function kindBehindNat64(address: ipaddr.IPv6): AddressKind {
  const kind = kindOfV4(new ipaddr.IPv4(address.toByteArray().slice(-4)));
  return kind === 'stand_in' ? 'special' : kind;
}

function kindOfRange(range: string): AddressKind {
  return range === 'unicast' ? 'public' : (KIND_OF_RANGE[range] ?? 'special');
}

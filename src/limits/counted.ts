import { isIP } from 'node:net';
import ipaddr from 'ipaddr.js';
import { CHANNELS } from '../jobs/channels.js';
import type { Recipient } from '../jobs/job.js';

/** What is counted. */
export const LIMIT_KINDS = [
  'person',
  'workspace',
  'client',
  'address',
  'domain',
  'everybody',
  'refusal',
] as const;
/** One of the counts; each has its own limits. */
export type LimitKind = (typeof LIMIT_KINDS)[number];

/** Somebody or something that may only ask so often. */
export interface Counted {
  readonly kind: LimitKind;
  readonly key: string;
}

const IPV4_BYTES = 4;
const IPV6_PREFIX_BITS = 56;
/** Clients without an address share one count: one of their own for each text would be no limit. */
const UNKNOWN = 'unknown';

/** Counted for every job: each mail address it would tell, its domain, and everybody together. */
export function countedFor(recipients: readonly Recipient[]): Counted[] {
  const limited = recipients.filter(({ channel }) => CHANNELS[channel].isLimitedByAddress);
  const addresses = limited.flatMap(({ address }): Counted[] => [
    { kind: 'address', key: address.toLowerCase() },
    { kind: 'domain', key: address.slice(address.lastIndexOf('@') + 1).toLowerCase() },
  ]);
  return [...addresses, { kind: 'everybody', key: '' }];
}

/**
 * A client by its network address: IPv4 whole, also inside IPv6; IPv6 by its /56, which is what one household or
 * server gets. Whatever is no address is one client.
 */
export function countedClient(address: string): Counted {
  return { kind: 'client', key: networkOf(address) };
}

/** A client that was refused: only the first few refusals are worth a long answer. */
export function countedRefusal(address: string): Counted {
  return { kind: 'refusal', key: networkOf(address) };
}

function networkOf(address: string): string {
  if (isIP(address) === 0) return UNKNOWN;
  const parsed = ipaddr.process(address);
  if (parsed.kind() === 'ipv4') return parsed.toString();
  const bytes = parsed.toByteArray();
  // A NAT64 prefix has the whole IPv4 internet behind it.
  if (parsed.range() === 'rfc6052') return ipaddr.fromByteArray(bytes.slice(-IPV4_BYTES)).toString();
  const network = bytes.map((byte, index) => (index < IPV6_PREFIX_BITS / 8 ? byte : 0));
  return `${ipaddr.fromByteArray(network).toString()}/${IPV6_PREFIX_BITS}`;
}

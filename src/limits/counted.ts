import { isIP } from 'node:net';
import ipaddr from 'ipaddr.js';
import { CHANNELS } from '../jobs/channels.js';
import type { Recipient } from '../jobs/job.js';

/** The kinds of counts. */
export const LIMIT_KINDS = [
  'person',
  'workspace',
  'client',
  'address',
  'domain',
  'everybody',
  'refusal',
] as const;
/** A kind of count; each kind has separate limits. */
export type LimitKind = (typeof LIMIT_KINDS)[number];

/** A person, address or network whose requests are limited. */
export interface Counted {
  readonly kind: LimitKind;
  readonly key: string;
}

const IPV4_BYTES = 4;
const IPV6_PREFIX_BITS = 56;
/** Clients without a valid address share one count; a count per text would be no limit. */
const UNKNOWN = 'unknown';

/** @returns the counts of a job: each mail address it would notify, its domain, and the total of all jobs */
export function countedFor(recipients: readonly Recipient[]): Counted[] {
  const limited = recipients.filter(({ channel }) => CHANNELS[channel].isLimitedByAddress);
  const addresses = limited.flatMap(({ address }): Counted[] => [
    { kind: 'address', key: address.toLowerCase() },
    { kind: 'domain', key: address.slice(address.lastIndexOf('@') + 1).toLowerCase() },
  ]);
  return [...addresses, { kind: 'everybody', key: '' }];
}

/**
 * Identifies a client by its network address: by the whole address for IPv4, also inside IPv6; by the /56 for
 * IPv6, which is the size of a household's or server's network. All invalid addresses count as one client.
 */
export function countedClient(address: string): Counted {
  return { kind: 'client', key: networkOf(address) };
}

/** Counts refusals of a client, because only the first few get a long answer. */
export function countedRefusal(address: string): Counted {
  return { kind: 'refusal', key: networkOf(address) };
}

function networkOf(address: string): string {
  if (isIP(address) === 0) return UNKNOWN;
  const parsed = ipaddr.process(address);
  if (parsed.kind() === 'ipv4') return parsed.toString();
  const bytes = parsed.toByteArray();
  // A NAT64 prefix covers the whole IPv4 internet, so the embedded IPv4 address counts.
  if (parsed.range() === 'rfc6052') return ipaddr.fromByteArray(bytes.slice(-IPV4_BYTES)).toString();
  const network = bytes.map((byte, index) => (index < IPV6_PREFIX_BITS / 8 ? byte : 0));
  return `${ipaddr.fromByteArray(network).toString()}/${IPV6_PREFIX_BITS}`;
}

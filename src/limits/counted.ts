import { isIP } from 'node:net';
import ipaddr from 'ipaddr.js';
import { CHANNELS } from '../jobs/channels.js';
import type { Recipient } from '../jobs/job.js';

/** The kinds of limits. */
export const LIMIT_KINDS = [
  'person',
  'workspace',
  'client',
  'address',
  'domain',
  'everybody',
  'refusal',
] as const;
export type LimitKind = (typeof LIMIT_KINDS)[number];

/** A key that a limit counts. */
export interface Counted {
  readonly kind: LimitKind;
  readonly key: string;
  /** The points that it counts; absent: 1. */
  readonly points?: number;
}

/** Limits on work, which a job of several searches uses up for each of them. */
const COUNTED_BY_SEARCH: readonly LimitKind[] = ['person', 'workspace', 'client'];

const IPV4_BYTES = 4;
const IPV6_PREFIX_BITS = 56;
/** The key that all clients without a valid address share: separate keys would be no limit. */
const UNKNOWN = 'unknown';

/** The same keys for a job of `searches`: one point for each search where work is limited. */
export function countedBySearch(counted: readonly Counted[], searches: number): Counted[] {
  return counted.map((one) => (COUNTED_BY_SEARCH.includes(one.kind) ? { ...one, points: searches } : one));
}

/** Counted for every job: each limited address of its recipients, its domain, and everybody together. */
export function countedFor(recipients: readonly Recipient[]): Counted[] {
  const limited = recipients.filter(({ channel }) => CHANNELS[channel].isLimitedByAddress);
  const addresses = limited.flatMap(({ address }): Counted[] => [
    { kind: 'address', key: address.toLowerCase() },
    { kind: 'domain', key: address.slice(address.lastIndexOf('@') + 1).toLowerCase() },
  ]);
  return [...addresses, { kind: 'everybody', key: '' }];
}

/**
 * A client by its network address: the whole IPv4 address, also inside IPv6; the /56 of an IPv6 address,
 * which is the size that one household or server gets. All invalid addresses are one client.
 */
export function countedClient(address: string): Counted {
  return { kind: 'client', key: networkOf(address) };
}

/** Refusals of a client: only the first few get a long answer. */
export function countedRefusal(address: string): Counted {
  return { kind: 'refusal', key: networkOf(address) };
}

function networkOf(address: string): string {
  if (isIP(address) === 0) return UNKNOWN;
  const parsed = ipaddr.process(address);
  if (parsed.kind() === 'ipv4') return parsed.toString();
  const bytes = parsed.toByteArray();
  // A NAT64 prefix contains the whole IPv4 internet.
  if (parsed.range() === 'rfc6052') return ipaddr.fromByteArray(bytes.slice(-IPV4_BYTES)).toString();
  const network = bytes.map((byte, index) => (index < IPV6_PREFIX_BITS / 8 ? byte : 0));
  return `${ipaddr.fromByteArray(network).toString()}/${IPV6_PREFIX_BITS}`;
}

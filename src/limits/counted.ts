import ipaddr from 'ipaddr.js';
import type { Recipient } from '../jobs/job.js';

/** What is counted. */
export const LIMIT_KINDS = ['person', 'workspace', 'client', 'address', 'domain', 'everybody'] as const;
/** One of the counts; each has its own limit. */
export type LimitKind = (typeof LIMIT_KINDS)[number];

/** Somebody or something that may only ask so often. */
export interface Counted {
  readonly kind: LimitKind;
  readonly key: string;
}

const IPV6_PREFIX_BITS = 56;

/** Counted for every job: each mail address it would tell, its domain, and everybody together. */
export function countedFor(recipients: readonly Recipient[]): Counted[] {
  const addresses = recipients.filter(({ channel }) => channel === 'email').map(({ address }) => address);
  const mails = addresses.flatMap((address): Counted[] => [
    { kind: 'address', key: address.toLowerCase() },
    { kind: 'domain', key: address.slice(address.lastIndexOf('@') + 1).toLowerCase() },
  ]);
  return [...mails, { kind: 'everybody', key: '' }];
}

/** A client by its network address: IPv4 whole, IPv6 by its /56, which is what one household or server gets. */
export function countedClient(address: string): Counted {
  return { kind: 'client', key: networkOf(address) };
}

function networkOf(address: string): string {
  if (!ipaddr.isValid(address)) return address;
  const parsed = ipaddr.process(address);
  if (parsed.kind() === 'ipv4') return parsed.toString();
  const bytes = parsed.toByteArray().map((byte, index) => (index < IPV6_PREFIX_BITS / 8 ? byte : 0));
  return `${ipaddr.fromByteArray(bytes).toString()}/${IPV6_PREFIX_BITS}`;
}

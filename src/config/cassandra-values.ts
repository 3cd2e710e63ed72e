import { isIPv6 } from 'node:net';
import { list, type ValueKind } from './values.js';

/** Number of copies a data centre holds; `datacenter` null means the one of CASSANDRA_DATACENTER. */
export interface Replication {
  readonly datacenter: string | null;
  readonly copies: number;
}

/** Nodes as `host` or `host:port`; an IPv6 address with a port stands in brackets. */
export const contactPoints: ValueKind<readonly string[]> = {
  describe: 'list of host[:port]',
  parse: (raw) => {
    const value = list.parse(raw);
    return value.ok && value.value.length > 0 && value.value.every(isContactPoint)
      ? value
      : { ok: false, problem: 'must be one or more of host or host:port, separated by commas' };
  },
};

function isContactPoint(point: string): boolean {
  if (isIPv6(point)) return true;
  const [, host = '', address, port = '1'] = /^([\w.-]+|\[(.+)\])(?::(\d+))?$/.exec(point) ?? [];
  const isHost = address === undefined ? host !== '' : isIPv6(address);
  return isHost && Number(port) >= 1 && Number(port) <= 65_535;
}

/** Name of a keyspace: letters, digits and underscores, kept in lower case; not one of Cassandra's own. */
export const keyspaceName: ValueKind<string> = {
  describe: 'name of letters, digits and _',
  parse: (raw) => {
    if (!/^[A-Za-z]\w{0,47}$/.test(raw))
      return { ok: false, problem: 'must begin with a letter and have up to 48 letters, digits or _' };
    if (/^system(?:_|$)/i.test(raw)) return { ok: false, problem: 'is one of Cassandra’s own keyspaces' };
    return { ok: true, value: raw.toLowerCase() };
  },
};

/** Copies in the local data centre (`3`), or in each of several (`vienna:3,graz:2`). */
export const replication: ValueKind<readonly Replication[]> = {
  describe: 'number of copies, or datacenter:copies,…',
  parse: (raw) => {
    const parts = raw.split(',').map((part) => /^(?:([\w.-]+):)?([1-9])$/.exec(part.trim()));
    const value = parts.flatMap((match) =>
      match === null ? [] : [{ datacenter: match[1] ?? null, copies: Number(match[2]) }],
    );
    const isFine = value.length === parts.length && (value.length === 1 || value.every(hasName));
    return isFine
      ? { ok: true, value }
      : { ok: false, problem: 'must be a number of copies (1 to 9), or datacenter:copies,datacenter:copies' };
  },
};

function hasName({ datacenter }: Replication): boolean {
  return datacenter !== null;
}

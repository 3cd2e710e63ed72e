import type { ValueKind } from './values.js';

/** How many copies a data centre holds; `datacenter` null means the one of CASSANDRA_DATACENTER. */
export interface Replication {
  readonly datacenter: string | null;
  readonly copies: number;
}

/** Name of a keyspace: letters, digits and underscores, kept in lower case. */
export const keyspaceName: ValueKind<string> = {
  describe: 'name of letters, digits and _',
  parse: (raw) =>
    /^[A-Za-z]\w{0,47}$/.test(raw)
      ? { ok: true, value: raw.toLowerCase() }
      : { ok: false, problem: 'must begin with a letter and have up to 48 letters, digits or _' },
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

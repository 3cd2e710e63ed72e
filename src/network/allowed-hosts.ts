import { canonicalHost } from './canonical-host.js';

interface AllowedHost {
  readonly host: string;
  /** null: every port. */
  readonly port: number | null;
}

/** The hosts an operator allows to be private (`ALLOW_PRIVATE_HOSTS`); matched by the name in the URL. */
export class AllowedHosts {
  private constructor(private readonly entries: readonly AllowedHost[]) {}

  /**
   * @param items `host`, `host:port`, `[v6]` or `[v6]:port`; a port limits the entry to it
   * @throws Error that names the first invalid item
   */
  static parse(items: readonly string[]): AllowedHosts {
    return new AllowedHosts(items.map(parseItem));
  }

  /** @param hostname as `canonicalHost` writes it */
  includes(hostname: string, port: number): boolean {
    return this.entries.some((entry) => entry.host === hostname && (entry.port ?? port) === port);
  }
}

function parseItem(item: string): AllowedHost {
  const isBareV6 = item.split(':').length > 2 && !item.startsWith('[');
  const match = isBareV6 ? [item, item] : /^(\[[^\]]+\]|[^:[\]/*]+)(?::(\d{1,5}))?$/.exec(item);
  const host = canonicalHost(match?.[1] ?? '');
  const port = match?.[2] === undefined ? null : Number(match[2]);
  if (host === null || (port !== null && (port < 1 || port > 65_535)))
    throw new Error(`ALLOW_PRIVATE_HOSTS: "${item}" is not host or host:port`);
  return { host, port };
}

import { isIP, type LookupFunction } from 'node:net';
import { callbackify } from 'node:util';
import { buildConnector } from 'undici';
import type { AddressGuard } from './address-guard.js';
import type { NameResolver } from './name-resolver.port.js';

/** Time before the next address of the same name is tried in parallel. */
const NEXT_ADDRESS_AFTER_MS = 1000;

/** The protocols offered to a host: HTTP/1.1 alone, or HTTP/2 too, which most hosts that know both choose. */
export type HttpVersions = 'http1' | 'http2';

/**
 * Opens connections only if the guard allows them. It resolves names itself, checks every address and
 * connects to a checked one, so a name cannot change its address in between. It checks literal addresses too,
 * since Node never calls `lookup` for them.
 * @param timeoutMs for name, connection and TLS together
 */
export function guardedConnector(
  guard: AddressGuard,
  resolver: NameResolver,
  versions: HttpVersions,
  timeoutMs: number,
): buildConnector.connector {
  const byPort = new Map<number, buildConnector.connector>();

  /** One connector per port, because a lookup is not told the port; the guard allows few ports. */
  function connectorOf(port: number): buildConnector.connector {
    const known = byPort.get(port);
    if (known !== undefined) return known;
    const made = buildConnector({
      allowH2: versions === 'http2',
      timeout: timeoutMs,
      lookup: guardedLookup(guard, resolver, port),
      autoSelectFamily: true,
      autoSelectFamilyAttemptTimeout: NEXT_ADDRESS_AFTER_MS,
    });
    byPort.set(port, made);
    return made;
  }

  return (options, callback) => {
    const port = Number(options.port) || (options.protocol === 'https:' ? 443 : 80);
    try {
      guard.checkHost(options.hostname, port);
    } catch (error) {
      callback(asError(error), null);
      return;
    }
    connectorOf(port)(options, callback);
  };
}

/** A `lookup` for sockets to `port` that returns checked addresses only. */
export function guardedLookup(guard: AddressGuard, resolver: NameResolver, port: number): LookupFunction {
  const resolveChecked = callbackify(async (hostname: string) => {
    const name = hostname.replace(/\.$/, '').toLowerCase();
    const addresses = await resolver.resolve(name);
    guard.checkAddresses(addresses, name, port);
    return addresses;
  });
  return (hostname, options, callback) => {
    resolveChecked(hostname, (error, addresses = []) => {
      const checked = addresses.map((address) => ({ address, family: isIP(address) }));
      if (error !== null || options.all === true) callback(error, checked);
      else callback(null, checked[0]?.address ?? '', checked[0]?.family);
    });
  };
}

function asError(error: unknown): Error {
  return error instanceof Error ? error : new Error(String(error));
}

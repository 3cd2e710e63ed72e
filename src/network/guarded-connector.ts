import { isIP, type LookupFunction } from 'node:net';
import { callbackify } from 'node:util';
import { buildConnector } from 'undici';
import type { AddressGuard } from './address-guard.js';
import type { NameResolver } from './name-resolver.port.js';

/** Time an address gets before the next one of the same name is tried beside it. */
const NEXT_ADDRESS_AFTER_MS = 1000;

/** What is offered to a host: HTTP/1.1 alone, or HTTP/2 too, which a host that knows both mostly takes. */
export type HttpVersions = 'http1' | 'http2';

/**
 * Opens connections only where the guard allows. Names are resolved here, every address is checked, and the
 * connection goes to one of the checked addresses, so a name cannot change its mind in between. Literal
 * addresses are checked too: Node never calls `lookup` for them.
 * @param timeoutMs for name, connection and TLS together
 */
export function guardedConnector(
  guard: AddressGuard,
  resolver: NameResolver,
  versions: HttpVersions,
  timeoutMs: number,
): buildConnector.connector {
  const byPort = new Map<number, buildConnector.connector>();

  /** One for each port, since a lookup is not told the port; there are few, as the guard lets few through. */
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

/** A `lookup` for sockets to `port` that answers checked addresses only. */
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

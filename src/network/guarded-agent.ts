import { Agent, type buildConnector } from 'undici';
import type { AddressGuard } from './address-guard.js';
import { guardedConnector, type HttpVersions } from './guarded-connector.js';
import { mendHeads } from './head-mender.js';
import type { NameResolver } from './name-resolver.port.js';

const CONNECT_TIMEOUT_MS = 10_000;
const KEEP_ALIVE_MS = 4000;
/** There are hosts that send many cookies and policies with every picture; Node's own limit refuses them. */
const MAX_HEADER_BYTES = 65_536;
/**
 * A single connection carries all concurrent requests of a host, and undici's default windows slow down a
 * distant host by a third. Uses the old options, since `h2Options.settings` has no effect.
 */
const WIDE_WINDOWS = { connectionWindowSize: 2 ** 24, initialWindowSize: 2 ** 21 };

const COMMON = {
  keepAliveTimeout: KEEP_ALIVE_MS,
  maxHeaderSize: MAX_HEADER_BYTES,
  // The callers' deadlines limit waiting and are exact; undici's timers are coarse.
  headersTimeout: 0,
  bodyTimeout: 0,
};

/** An agent that keeps connections open between requests and makes none that the guard refuses. */
export function guardedAgent(guard: AddressGuard, resolver: NameResolver, versions: HttpVersions): Agent {
  return new Agent({
    ...COMMON,
    connect: guardedConnector(guard, resolver, versions, CONNECT_TIMEOUT_MS),
    allowH2: versions === 'http2',
    // Without a pipelining option, HTTP/2 requests share a connection up to the host's own limit.
    ...(versions === 'http1' ? { pipelining: 1 } : WIDE_WINDOWS),
  });
}

/** The same for hosts whose heads have to be mended: HTTP/1.1, with a connection for each request. */
export function mendingAgent(guard: AddressGuard, resolver: NameResolver): Agent {
  const connector = guardedConnector(guard, resolver, 'http1', CONNECT_TIMEOUT_MS);
  const connect: buildConnector.connector = (options, callback) =>
    connector(options, (...made) => {
      if (made[1] !== null) mendHeads(made[1], MAX_HEADER_BYTES);
      callback(...made);
    });
  return new Agent({ ...COMMON, connect, allowH2: false, pipelining: 0 });
}

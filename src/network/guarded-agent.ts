import { Agent, type buildConnector } from 'undici';
import type { AddressGuard } from './address-guard.js';
import { guardedConnector, type HttpVersions } from './guarded-connector.js';
import { mendHeads } from './head-mender.js';
import type { NameResolver } from './name-resolver.port.js';

const CONNECT_TIMEOUT_MS = 10_000;
const KEEP_ALIVE_MS = 4000;
/** Some hosts send a heap of cookies and policies with every picture; Node's own limit refuses them. */
const MAX_HEADER_BYTES = 65_536;
/**
 * One connection carries all that is under way at a host: undici's own windows slow down a far one by a third. Said in
 * the old way, since `h2Options.settings` does not get through.
 */
const WIDE_WINDOWS = { connectionWindowSize: 2 ** 24, initialWindowSize: 2 ** 21 };

const COMMON = {
  keepAliveTimeout: KEEP_ALIVE_MS,
  maxHeaderSize: MAX_HEADER_BYTES,
  // Waiting is limited by the callers' deadlines, which are exact; undici's timers are coarse.
  headersTimeout: 0,
  bodyTimeout: 0,
};

/** Keeps connections open between requests, and makes none that the guard refuses. */
export function guardedAgent(guard: AddressGuard, resolver: NameResolver, versions: HttpVersions): Agent {
  return new Agent({
    ...COMMON,
    connect: guardedConnector(guard, resolver, versions, CONNECT_TIMEOUT_MS),
    allowH2: versions === 'http2',
    // Nothing said about pipelining, as many as the host bears share a connection of HTTP/2.
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
